"""
A quotation beside its source: found, found with doubts, or not found.

What is compared, what an ellipsis and a bracket may stand for, and what each verdict
means is told in docs/adr/0016-the-gate.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from dateline.publishing.quotations.denials import denying_words
from dateline.publishing.quotations.nearest import nearest_words
from dateline.publishing.quotations.pieces import Gap, Piece, take_apart
from dateline.publishing.quotations.sources import SourceText
from dateline.publishing.quotations.spelling import UNSPACED

#: How many words an ellipsis or an insertion may stand for without a doubt.
LONGEST_GAP, LONGEST_REPLACED = 60, 12
#: A piece beside an ellipsis that is shorter is picked rather than quoted.
_SHORTEST_PIECE = 2
_MOST_PLACES = 64
_MOST_PIECES = 24
_SENTENCE_END = re.compile(r"[.!?]+")
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
#: How far round a quotation its sentence is looked at.
_REACH = 200


class Fault(Enum):
    """Why a quotation is not its source's, the gravest first."""

    NOT_THERE = "its source does not hold these words"
    ORDER = "its source holds these words in another order"
    TWO_VOICES = "it joins the words of two speakers"
    DENIAL_DROPPED = "it leaves out a word that denies"
    DENIAL_ADDED = "its brackets add a word that denies"
    QUESTION = "its source asks this, and does not say it"
    NOTHING_LEFT = "nothing of its source is left in it"
    TRANSLATED = "it is translated: keep the original beside it, in a quotation block"
    TOO_MANY_PIECES = "it is put together from too many pieces"


class Doubt(Enum):
    """What an editor should look at in a quotation that was found."""

    FAR_APART = "it leaves out more than a passage"
    PICKED = "it keeps single words beside what it leaves out"
    HEDGE_DROPPED = "it leaves out a word that makes it less certain"
    DENIAL_BESIDE = "right before it, its source denies"
    ONE_WORD = "its source does not hold this word"
    MUCH_REPLACED = "its brackets stand for many words"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one comparison; `start` and `end` are places in the source."""

    fault: Fault | None = None
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[str, ...] = ()
    nearest: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_found(self) -> bool:
        return self.fault is None


def compare(quotation: str, source: SourceText) -> Verdict:
    """Tell whether a quotation, without its outer marks, is in its source."""
    parts = take_apart(quotation)
    if not any(isinstance(part, Piece) for part in parts):
        return Verdict(Fault.NOTHING_LEFT)
    if len(parts) > 2 * _MOST_PIECES:
        return Verdict(Fault.TOO_MANY_PIECES)
    verdict = _best(parts, source)
    if verdict.fault is not Fault.NOT_THERE:
        return verdict
    if source.mended is not None:
        verdict = _best(parts, source.mended)
    if verdict.fault is Fault.NOT_THERE:
        verdict = replace(verdict, nearest=nearest_words(parts, source.text))
    return verdict


def compare_with_any(quotation: str, sources: Sequence[SourceText]) -> Verdict:
    """Return the best verdict of a quotation that rests on several sources."""
    found = [compare(quotation, source) for source in sources]
    return min(found, key=_gravity)


def _gravity(verdict: Verdict) -> tuple[int, int]:
    faults = list(Fault)
    weight = len(faults) - faults.index(verdict.fault) if verdict.fault else 0
    return weight, len(verdict.doubts)


def _best(parts: Sequence[Piece | Gap], source: SourceText) -> Verdict:
    pieces = [part for part in parts if isinstance(part, Piece)]
    best: Verdict | None = None
    for places in _placings(pieces, source.text):
        verdict = _judge(parts, places, source)
        if best is None or _gravity(verdict) < _gravity(best):
            best = verdict
        if verdict.is_found and not verdict.doubts:
            break
    return best or Verdict(_why_not(pieces, source.text))


def _placings(pieces: Sequence[Piece], text: str) -> Iterator[list[tuple[int, int]]]:
    """Return where the pieces stand one behind the other: each start, the nearest."""
    for number, first in enumerate(pieces[0].places(text)):
        if number == _MOST_PLACES:
            return
        places = [first]
        for piece in pieces[1:]:
            found = next(piece.places(text, places[-1][1]), None)
            if found is None:
                break
            places.append(found)
        if len(places) < len(pieces):
            return
        yield places


def _why_not(pieces: Sequence[Piece], text: str) -> Fault:
    is_all_there = len(pieces) > 1 and all(next(p.places(text), None) for p in pieces)
    return Fault.ORDER if is_all_there else Fault.NOT_THERE


def _judge(
    parts: Sequence[Piece | Gap], places: list[tuple[int, int]], source: SourceText
) -> Verdict:
    gaps = [source.text[one[1] : other[0]] for one, other in pairwise(places)]
    found = Found(parts, places, gaps, source)
    told = Verdict(
        left_out=tuple(words for gap in gaps if (words := gap.strip(" .,;:!?–"))),
        start=places[0][0],
        end=places[-1][1],
    )
    if fault := next(_faults(found), None):
        return replace(told, fault=fault)
    return replace(told, doubts=tuple(dict.fromkeys(_doubts(found))))


@dataclass(frozen=True, slots=True)
class Found:
    """Where the pieces of a quotation stand in the source, and what lies between."""

    parts: Sequence[Piece | Gap]
    places: list[tuple[int, int]]
    dropped: list[str]
    source: SourceText

    @property
    def pieces(self) -> list[Piece]:
        return [part for part in self.parts if isinstance(part, Piece)]

    @property
    def inserted_between(self) -> list[str]:
        """Return, for each gap between two pieces, the editor's words in it."""
        told: list[str] = []
        for part in self.parts:
            if isinstance(part, Piece):
                told.append("")
            elif told:
                told[-1] += part.inserted
        return told[:-1]

    @property
    def inserted(self) -> list[str]:
        return [part.inserted for part in self.parts if isinstance(part, Gap)]


def _faults(found: Found) -> Iterator[Fault]:
    if _joins_voices(found):
        yield Fault.TWO_VOICES
    words = denying_words(found.source.code)
    if any(words.denial_in(cut) for gap in found.dropped for cut in _cut_in(gap)):
        yield Fault.DENIAL_DROPPED
    added = [*found.inserted, *(_last_word(p) for p in found.pieces if p.ending)]
    if any(words.denial_in(text) for text in added):
        yield Fault.DENIAL_ADDED
    if _asks_otherwise(found):
        yield Fault.QUESTION


def _joins_voices(found: Found) -> bool:
    every: set[int] = set()
    for piece, (start, end) in zip(found.pieces, found.places, strict=True):
        voices = found.source.voices_in(start, end)
        if len(voices) > 1 and piece.marks:
            continue  # It shows by marks of its own where another speaks.
        every |= voices
    return not found.source.is_one_speaker(every)


def _cut_in(gap: str) -> list[str]:
    """Return what a gap takes from the sentences on its two sides."""
    pieces = _SENTENCE_END.split(gap)
    return [pieces[0], pieces[-1]]


def _last_word(piece: Piece) -> str:
    return piece.text.split()[-1] + piece.ending


def _asks_otherwise(found: Found) -> bool:
    text, (start, end) = found.source.text, (found.places[0][0], found.places[-1][1])
    is_asked = text[end : end + 1] == "?"
    asks = "?" in found.pieces[-1].tail
    if asks:
        return not is_asked
    before = text[max(0, start - _REACH) : start].rstrip(" –-¿¡")
    opens = not before or before[-1] in ".!?:"
    return is_asked and (opens or _begins_voice(found.source, start))


def _begins_voice(source: SourceText, start: int) -> bool:
    return any(voice.start <= start <= voice.start + 1 for voice in source.voices)


def _doubts(found: Found) -> Iterator[Doubt]:
    words = denying_words(found.source.code)
    for gap, inserted in zip(found.dropped, found.inserted_between, strict=True):
        longest = LONGEST_REPLACED if inserted else LONGEST_GAP
        if _count(gap) > longest:
            yield Doubt.MUCH_REPLACED if inserted else Doubt.FAR_APART
        if any(words.hedge_in(cut) for cut in _cut_in(gap)):
            yield Doubt.HEDGE_DROPPED
    if _picks(found):
        yield Doubt.PICKED
    if any(words.denial_in(rest) for rest in _rest_of_sentence(found)):
        yield Doubt.DENIAL_BESIDE


def _picks(found: Found) -> bool:
    """Tell whether a single word stands beside an ellipsis that dropped others."""
    beside = [
        piece
        for number, inserted in enumerate(found.inserted_between)
        if not inserted and _count(found.dropped[number])
        for piece in found.pieces[number : number + 2]
    ]
    return any(_count(piece.text) < _SHORTEST_PIECE for piece in beside)


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _rest_of_sentence(found: Found) -> list[str]:
    """Return what its sentence says before the quotation begins and behind its end."""
    text, (start, end) = found.source.text, (found.places[0][0], found.places[-1][1])
    for voice in found.source.voices:
        if voice.start <= start < voice.end:
            text = text[: voice.end]
            before = _SENTENCE_END.split(text[max(voice.start, start - _REACH) : start])
            break
    else:
        before = _SENTENCE_END.split(text[max(0, start - _REACH) : start])
    return [before[-1], _SENTENCE_END.split(text[end : end + _REACH])[0]]
