"""
Where a sentence ends, in every script we support.

Marks that only end sentences (。 । ။ ። and their like) end one wherever they stand. A
full stop also shortens words and splits numbers, so that it ends one only before a
space and where neither the word before it nor the letter after it speaks against it.
Thai and Lao are written without stops: there a space ends a sentence, with care.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

#: End a sentence wherever they stand.
_SURE = "。！？｡．।॥။።፧។៕։᠃꘎"
#: End one before a space, unless something speaks against it.
_UNSURE = ".!?…؟۔‽⁇⁈⁉"
_CLOSERS = "\"'”’»›」』】）》〉〞)\\]"
_OPENERS = "\"'“‘«‹„‚「『（(\\[¿¡—–\\-"
#: A low quotation mark closes with what opens a high one; French closes past a space.
_STOP = re.compile(
    rf"[{_SURE}{_UNSURE}]+[{_CLOSERS}]*(?:[ \u00a0\u202f][»›]|[“‘](?=\s|$))?"
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_NEXT = re.compile(f"\\s+[{_OPENERS}\\s]*")
_WORD_BEFORE = re.compile(r"""[^\s"“”«»„(\[]+$""")
_SPEECH = re.compile(r"\s+[“«„\"「]")
_FIRST_WORD = re.compile(r"[\w’'-]+")
_ACRONYM = re.compile(r"(?:\w\.){1,6}\w")
_UNSTOPPED = re.compile("[\u0e01-\u0e5b\u0e81-\u0edf]")
#: A piece of Thai shorter than this is a clause or a name, not a sentence.
_LEAST_UNSTOPPED = 40
#: A place in capitals, with the short name of its province or a date behind.
_DATELINE = re.compile(r"[^\W\d_a-zа-я]{3}[^.!?…]{0,40}")
_DASHES = (" — ", " – ", " -- ", " - ")
#: How far behind a quotation its reporting word may stand.
_TAG_REACH = 40
#: No word that a stop shortens is longer; bounds every look backwards.
_LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence stands in a text, without the space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Habits:
    abbreviations: frozenset[str] = frozenset()
    ending: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    connectives: tuple[str, ...] = ()
    questions: str = ""
    ordinals: bool = False


def cut_sentences(text: str, code: str = "en") -> list[Sentence]:
    """Return the sentences of the text; blank lines always part them."""
    habits = _habits(code)
    found: list[Sentence] = []
    start = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(_cut_paragraph(text, start, end, habits))
        start = gap.end() if gap else end
    return found


def sentence_starters(code: str) -> frozenset[str]:
    """Return words that begin sentences of a language far oftener than names do."""
    return _habits(code).starters


def _cut_paragraph(
    text: str, start: int, end: int, habits: _Habits
) -> Iterator[Sentence]:
    paragraph = text[start:end]
    ends = sorted({*_stops(paragraph, habits), *_spaces(paragraph, habits)})
    begin = 0
    for stop in [*ends, len(paragraph)]:
        piece = paragraph[begin:stop]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            first = start + begin + lead
            yield Sentence(first, first + len(piece.strip()))
        begin = stop


def _stops(paragraph: str, habits: _Habits) -> Iterator[int]:
    for stop in _STOP.finditer(paragraph):
        if _ends_here(paragraph, stop, habits):
            yield stop.end()
    if habits.questions:
        for question in re.finditer(rf"[{habits.questions}](?=\s)", paragraph):
            yield question.end()


def _ends_here(paragraph: str, stop: re.Match[str], habits: _Habits) -> bool:
    mark, after = stop[0], paragraph[stop.end() : stop.end() + 80]
    if not after.strip():
        return True
    closes = mark.rstrip(f"{_CLOSERS}“‘ \u00a0\u202f") != mark
    if mark[0] in _SURE:
        return not (closes and _is_tag(after, habits, spaced=False))
    gap = _NEXT.match(after)
    if gap is None:
        # Some scripts leave no space behind a closed quotation.
        return closes and "\u4e00" <= after[0] <= "\u9fff" and mark[0] in "!?…"
    following = after[gap.end() :]
    goes_on = following[:1].islower() or _is_dateline(paragraph[: stop.start()], after)
    if goes_on or (closes and _asks_on(mark, following, habits)):
        return False
    if mark[0] != "." or mark[:2] == "..":
        return True
    return _full(paragraph, stop, after, habits)


def _is_dateline(before: str, after: str) -> bool:
    """Tell “HOLM, Ark. — A storm …”, where a place and not a sentence ends."""
    return _DATELINE.fullmatch(before) is not None and after.startswith(_DASHES)


def _asks_on(mark: str, following: str, habits: _Habits) -> bool:
    return mark[0] in "!?…؟" and _is_tag(following, habits, spaced=True)


def _is_tag(after: str, habits: _Habits, *, spaced: bool) -> bool:
    """Tell whether a reporting word follows before the next mark."""
    if not habits.tags:
        return False
    clause = re.split(r"[,.;:!?，。；：！？、“「।،]", after[:_TAG_REACH], maxsplit=1)[0]
    if spaced:
        return any(word in habits.tags for word in clause.split()[:6])
    reach = clause[:14]
    return any(reach.endswith(tag) or f"{tag}：" in reach for tag in habits.tags) or (
        any(reach.startswith(tag) for tag in habits.tags)
    )


def _full(paragraph: str, stop: re.Match[str], after: str, habits: _Habits) -> bool:
    """Tell a full stop from the stop of an abbreviation, initial or ordinal."""
    before = paragraph[max(0, stop.start() - _LONGEST_WORD) : stop.start()]
    found = _WORD_BEFORE.search(before)
    word = found[0].strip("'’-") if found else ""
    if word in habits.ending:
        return _starts(after, habits)
    if word in habits.abbreviations:
        return False
    if _ACRONYM.fullmatch(word):
        return _starts(after, habits)
    if word.isdigit():
        return not (habits.ordinals and len(word) <= 2)  # noqa: PLR2004  (a day)
    return not _is_initial(word)


def _starts(after: str, habits: _Habits) -> bool:
    if _SPEECH.match(after):
        return True
    first = _FIRST_WORD.match(after.lstrip(f"{_OPENERS} \n"))
    return first is None or first[0] in habits.starters


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word != "I"


def _spaces(paragraph: str, habits: _Habits) -> Iterator[int]:
    """Return where Thai and Lao part sentences."""
    if not habits.connectives or not _UNSTOPPED.search(paragraph):
        return
    begin = 0
    for space in re.finditer(r"[ \t\n\u00a0]+", paragraph):
        piece = paragraph[begin : space.start()]
        rest = paragraph[space.end() : space.end() + _TAG_REACH]
        if len(piece) >= _LEAST_UNSTOPPED and _parts(piece, rest, habits):
            begin = space.end()
            yield begin


def _parts(piece: str, rest: str, habits: _Habits) -> bool:
    if not _UNSTOPPED.match(rest) or not _UNSTOPPED.match(piece[-1:]):
        return False
    return rest[0] not in "ๆฯ" and not rest.startswith(habits.connectives)


@cache
def _habits(code: str) -> _Habits:
    record = _records().get(code, {})
    words = {
        name: frozenset(record.get(name, "").split())
        for name in ("abbreviations", "ending", "starters", "tags")
    }
    shortened = {*words["abbreviations"], *map(str.capitalize, words["abbreviations"])}
    return _Habits(
        abbreviations=frozenset(shortened),
        ending=words["ending"],
        starters=words["starters"],
        tags=words["tags"],
        connectives=tuple(record.get("connectives", "").split()),
        questions=record.get("questions", ""),
        ordinals=record.get("ordinals", False),
    )


@cache
def _records() -> dict[str, dict[str, Any]]:
    data = files("dateline.languages") / "data" / "sentences.toml"
    return tomllib.loads(data.read_text("utf-8"))
