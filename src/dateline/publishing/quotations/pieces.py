"""A quotation taken apart: what its source must hold, and what may stand for more."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.publishing.quotations.marks import quoted_passages
from dateline.publishing.quotations.spelling import (
    MARK,
    UNSPACED,
    spell,
    without_marks,
)

LONGEST_QUOTATION = 8_000
_GAP = re.compile(
    r"[\[［]([^\[\]［］]{0,200})[\]］]|\(\s*(?:…|(?:\.\s?){3,})\s*\)"
    r"|[…⋯]+|(?:\.\s?){2,}\."
)
_ONLY_DOTS = re.compile(r"[\s.…⋯]*")
_EDGES = " .,;:!?–-¿¡'"


def _marks_of_letters() -> str:
    """Return every mark that belongs to the letter before it, as a class of ranges."""
    found = [
        code
        for code in range(0x300, min(sys.maxunicode, 0x1FFFF))
        if unicodedata.category(chr(code)) in {"Mn", "Mc"}
    ]
    ranges: list[list[int]] = []
    for code in found:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_LETTER_MARKS = _marks_of_letters()
_SPACED_WORD = rf"[^\W{UNSPACED}]"
_NO_WORD_BEFORE = (
    rf"(?<!{_SPACED_WORD})(?<!{_SPACED_WORD}-)(?<!\w\w\w')(?<![{_LETTER_MARKS}])"
)
#: Arabic and Hebrew write “and” as the first letter of the word behind it.
_AND_BEFORE = r"(?<=\b[وفו])"
_NO_WORD_AFTER = rf"(?!{_SPACED_WORD})(?!['-]\w)"
_NO_NUMBER_BEFORE = r"(?<!\d[.,:/])(?<!-)(?<![$€£¥₴₹])"
_NO_NUMBER_AFTER = r"(?![.,:/]\d)(?!\s?[%‰°])"
#: How much of a word's ending an attached insertion may stand for.
_LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """An ellipsis, or an editor's words in brackets where `inserted` is not empty."""

    inserted: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the source must hold; `tail` is the punctuation behind them."""

    text: str
    tail: str
    marks: tuple[int, ...] = ()
    ending: str = ""

    def places(self, text: str, start: int = 0) -> Iterator[tuple[int, int]]:
        """Yield where the piece stands in a text, from `start` on."""
        first, last = self.text[0], self.text[-1]
        opens = _opening(is_spaced=_is_spaced(first), is_digit=first.isdigit())
        closes = _closing(
            has_ending=bool(self.ending),
            is_spaced=_is_spaced(last),
            is_digit=last.isdigit(),
        )
        at = self._next(text, start)
        while at >= 0:
            end = closes.match(text, at + len(self.text))
            if end is not None and opens.match(text, at):
                yield at, end.end()
                at = self._next(text, end.end())
            else:
                at = self._next(text, at + 1)

    def _next(self, text: str, start: int) -> int:
        """Return where the words stand next, the first letter large or small."""
        first, rest = self.text[0], self.text[1:]
        cases = {first, first.lower()[:1], first.upper()[:1]}
        if not rest:
            found = (text.find(case, start) for case in cases)
            return min((at for at in found if at >= 0), default=-1)
        at = text.find(rest, start + 1)
        while at >= 0 and text[at - 1] not in cases:
            at = text.find(rest, at + 1)
        return at - 1 if at >= 0 else -1


def take_apart(quotation: str) -> list[Piece | Gap]:
    """Return the pieces of a quotation and the gaps between them, in order."""
    text = quotation[:LONGEST_QUOTATION]
    parts: list[Piece | Gap] = []
    before, begin = "", 0
    for gap in [*_GAP.finditer(text), None]:
        literal = before + text[begin : gap.start() if gap else len(text)]
        inserted = _inserted(gap) if gap else ""
        ending = _ending(literal, inserted, text, gap)
        parts += _piece(literal, ending)
        if gap is None:
            break
        before, begin = _first_letter(literal, inserted, text, gap), gap.end()
        if not before:
            parts.append(Gap(inserted))
    return parts


def _inserted(gap: re.Match[str]) -> str:
    told = gap[1] or ""
    return "" if _ONLY_DOTS.fullmatch(told) else spell(told)


def _first_letter(literal: str, inserted: str, text: str, gap: re.Match[str]) -> str:
    """Return the letter of “[W]e”: another capital, and no insertion."""
    opens_word = (
        not literal[-1:].isalnum() and text[gap.end() : gap.end() + 1].isalpha()
    )
    return inserted if opens_word and len(inserted) == 1 and inserted.isalpha() else ""


def _ending(literal: str, inserted: str, text: str, gap: re.Match[str] | None) -> str:
    """Return the ending of “want[s]”, where the source may have another."""
    if gap is None or not inserted or not _is_spaced_letter(literal[-1:]):
        return ""
    closes_word = not text[gap.end() : gap.end() + 1].isalnum()
    return inserted if closes_word and len(inserted) <= _LONGEST_ENDING else ""


def _is_spaced_letter(letter: str) -> bool:
    return letter.isalpha() and _is_spaced(letter)


def _piece(literal: str, ending: str) -> Iterator[Piece]:
    marked = literal
    for passage in reversed(quoted_passages(literal)):
        marked = (
            f"{marked[: passage.start]}{MARK}{marked[passage.start : passage.end]}"
            f"{MARK}{marked[passage.end :]}"
        )
    spelled, marks = without_marks(spell(marked))
    text = spelled.strip(_EDGES)
    if not any(letter.isalnum() for letter in text):
        return
    lead = spelled.index(text)
    yield Piece(
        text,
        spelled[lead + len(text) :],
        tuple(mark - lead for mark in marks),
        ending,
    )


@cache
def _opening(*, is_spaced: bool, is_digit: bool) -> re.Pattern[str]:
    """Return what must not, or must, stand before the words."""
    before = f"(?:{_NO_WORD_BEFORE}|{_AND_BEFORE})" if is_spaced else ""
    return re.compile(before + (_NO_NUMBER_BEFORE if is_digit else ""))


@cache
def _closing(*, has_ending: bool, is_spaced: bool, is_digit: bool) -> re.Pattern[str]:
    """Return what must not stand behind the words, or the ending that may."""
    after = f"(?![{_LETTER_MARKS}])" + (_NO_WORD_AFTER if is_spaced else "")
    if has_ending:
        after = rf"\w{{0,{_LONGEST_ENDING}}}(?!\w)"
    return re.compile(after + (_NO_NUMBER_AFTER if is_digit else ""))


@cache
def _is_spaced(letter: str) -> bool:
    return re.match(_SPACED_WORD, letter) is not None
