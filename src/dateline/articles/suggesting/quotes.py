"""Quoted passages of a paragraph, in the marks of every language we support."""

import re
from dataclasses import dataclass

_PAIRS = {"“": "”“", "«": "»", "»": "«", "„": "“”", "「": "」", "『": "』", "‘": "’"}
_MARKS = re.compile(r"[“”«»„「」『』\"‘’]|(?<![\w])'(?=\w)|(?<=[\w.,!?…])'(?!\w)")


_SENTENCE_ENDS = frozenset(".!?…")
#: Where a paragraph's speech begins that has its mark before the first letter.
_OPENED = 1
#: Words whose beginning, not their speech, is what the mark stands for.
_CLIPPED = ("Tis ", "Twas ", "Em ", "Til ")


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands between two marks; ``is_open`` where the second never came."""

    start: int
    end: int
    is_open: bool = False


def find_quotes(text: str) -> list[Quote]:
    """Return the outermost quotations of one paragraph, without their marks."""
    found: list[Quote] = []
    opened: tuple[str, int] | None = None
    for mark in _MARKS.finditer(text):
        sign, at = mark[0], mark.start()
        if opened is None:
            opened = _opening(text, sign, at)
        elif opened[0] == '"' == sign and _opens_again(text, at):
            found.append(Quote(opened[1], at, is_open=True))
            opened = sign, at + 1
        elif _closes(opened[0], sign, text, at):
            found.append(Quote(opened[1], at))
            opened = None
    if opened and (opened[0] not in "‘'" or opened[1] == _OPENED):
        found.append(Quote(opened[1], len(text), is_open=True))
    return [quote for quote in found if text[quote.start : quote.end].strip()]


def _opens_again(text: str, at: int) -> bool:
    """Tell a second opening mark, where speech of two paragraphs was run together."""
    is_apart = at > 1 and text[at - 1].isspace() and text[at - 2] in _SENTENCE_ENDS
    return is_apart and text[at + 1 : at + 2].isupper()


def _opening(text: str, sign: str, at: int) -> tuple[str, int] | None:
    if sign in "‘'":
        follows_space = at == 0 or not text[at - 1].isalnum()
        # Speech that goes on in the next paragraph is not closed in this one.
        closes = _has_single_close(text, at + 1) or _runs_on(text, at)
        return (sign, at + 1) if follows_space and closes else None
    if sign == '"' or (sign in _PAIRS and sign != "»"):
        return sign, at + 1
    return None


def _runs_on(text: str, at: int) -> bool:
    return at == 0 and text[1:2].isupper() and not text.startswith(_CLIPPED, 1)


def _has_single_close(text: str, start: int) -> bool:
    return (
        re.search(r"[^\s][’'](?=[\s.,;:!?)\]—–]|$)", text[start : start + 600])
        is not None
    )


def _owns(text: str, at: int) -> bool:
    """Tell “the players' court” from the end of what was said in such marks."""
    if text[at - 1 : at] != "s" or not re.match(r"\s[a-z]", text[at + 1 : at + 3]):
        return False
    ahead = text[at + 1 : at + 600]
    closing = re.search(r"[.,!?…][’'](?!\w)", ahead)
    opening = re.search(r"(?<!\w)[‘'](?=\w)", ahead)
    return closing is not None and (
        opening is None or closing.start() < opening.start()
    )


def _closes(opener: str, sign: str, text: str, at: int) -> bool:
    if opener in "‘'":
        after = text[at + 1 : at + 2]
        return sign in "’'" and not after.isalnum() and not _owns(text, at)
    if opener == '"':
        return sign == '"'
    return sign in _PAIRS.get(opener, "")
