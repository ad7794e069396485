"""Where quotations stand in a text, in the marks of every language we support."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.languages.punctuation import quotation_marks

#: What closes each opening mark. Press and keyboards mix them, so more than one does.
_PAIRS = {
    "“": '”“"',
    "«": "»",
    "»": "«»",
    "„": '“”"',
    "‟": '”"',
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "〝": "〞〟",
    "＂": "＂",
    "‹": "›",
    "›": "‹",
    "‚": "‘’",
    '"': '"”',
    "”": '”"“',
}
_SINGLE = "‘’'"
_MARKS = re.compile("[“”«»„‟「」『』﹁﹂﹃﹄〝〞〟＂‹›‚\"‘’']")
_SINGLE_END = re.compile(r"[^\s][’'](?=[\s.,;:!?)\]—–]|$)")
#: Speech that a dash opens, and the dashes round its reporting words.
_SPOKEN = re.compile(r"[—–]\s+(?=\S)")
_TAG = re.compile(r"[,.!?…]\s*[—–]\s|\s[—–]\s(?=\w)")
#: No quotation in single marks runs on for longer.
_SINGLE_REACH = 600
LONGEST_PARAGRAPH = 50_000


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands between two marks, without them; `is_open` if none closed it."""

    start: int
    end: int
    is_open: bool = False


def quoted_passages(text: str, code: str = "en") -> list[Passage]:
    """
    Return the outermost quotations of a text, paragraph by paragraph.

    A quotation that no mark closes runs to the end of its paragraph.
    """
    found: list[Passage] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        for begin in range(paragraph.start(), paragraph.end(), LONGEST_PARAGRAPH):
            end = min(begin + LONGEST_PARAGRAPH, paragraph.end())
            found += _of_paragraph(text[begin:end], begin, code)
    return found


def _of_paragraph(text: str, offset: int, code: str) -> Iterator[Passage]:
    found = [*_between_marks(text, code)] or [*_after_dash(text)]
    for passage in found:
        if any(letter.isalnum() for letter in text[passage.start : passage.end]):
            yield Passage(passage.start + offset, passage.end + offset, passage.is_open)


def _between_marks(text: str, code: str) -> Iterator[Passage]:
    opening = quotation_marks(code).opening.strip()
    opened: tuple[str, int] | None = None
    for mark in _MARKS.finditer(text):
        sign, at = mark[0], mark.start()
        if opened is None:
            if _opens(text, sign, at, opening):
                opened = sign, at + 1
        elif _closes(text, opened[0], sign, at):
            yield Passage(opened[1], at)
            opened = None
    if opened and opened[0] not in _SINGLE:
        yield Passage(opened[1], len(text), is_open=True)


def _opens(text: str, sign: str, at: int, opening: str) -> bool:
    if sign in _SINGLE:
        return _single_opens(text, sign, at)
    if sign not in _PAIRS:
        return False
    if sign == "”":
        # Swedish, Finnish and Hebrew open with what closes elsewhere.
        return opening == "”" and not _within_word(text, at)
    return sign != '"' or not _within_word(text, at)


def _single_opens(text: str, sign: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign == "’" or before.isalnum() or not after.strip():
        return False
    ahead = text[at + 1 : at + 1 + _SINGLE_REACH]
    return _SINGLE_END.search(ahead) is not None


def _closes(text: str, opener: str, sign: str, at: int) -> bool:
    if opener in _SINGLE:
        return sign in "’'" and not text[at + 1 : at + 2].isalnum()
    if sign not in _PAIRS[opener]:
        return False
    if sign in '"”' and opener in '"”':
        return not _within_word(text, at)
    return True


def _within_word(text: str, at: int) -> bool:
    """Tell the mark inside a Hebrew abbreviation from a quotation mark."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return "\u05d0" <= before <= "\u05ea" and "\u05d0" <= after <= "\u05ea"


def _after_dash(text: str) -> Iterator[Passage]:
    """Return speech that a dash opens, as in Ukrainian, Spanish and French papers."""
    opener = _SPOKEN.match(text)
    if opener is None:
        return
    begin, is_speech = opener.end(), True
    for tag in [*_TAG.finditer(text, begin), None]:
        end = tag.start() + 1 if tag else len(text)
        if is_speech:
            yield Passage(begin, end)
        begin, is_speech = (tag.end() if tag else end), not is_speech
