"""I15: sources that differ on one claim stand side by side, or are settled. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.articles.statements.vocabulary import Part, Statement
from dateline.publishing.claims import (
    Claim,
    Difference,
    differ,
    differ_beside,
    may_differ,
    read_claim,
)
from dateline.publishing.rules.refusals import Finding

#: A text with more statements is looked at this far.
_MOST_COMPARED = 200
#: More pairs than that are a list of figures, and nobody reads so many warnings.
_MOST_PAIRS = 50
#: How many statements on an answer may stand: “The Board counts 61.”
_BESIDE = 2
_SHOWN = 120
#: A headline and the like sum up what the text says: the text itself is compared. A
#: table's figures stand under heads that no rule here reads.
_COMPARED = frozenset({Part.SENTENCE, Part.LIST_ITEM, Part.QUOTATION, Part.FACT_BOX})


@dataclass(frozen=True, slots=True)
class Attributed:
    """One statement with the sources that it is laid to, by handle."""

    statement: Statement
    sources: tuple[tuple[str, int], ...]
    name: str = ""
    """The name of the first source, which tells nothing of what is claimed."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement with what it claims."""

    attributed: Attributed
    sources: frozenset[int]
    claim: Claim
    place: int


@dataclass(frozen=True, slots=True)
class SettledSide:
    """One side of what somebody has settled: where it stands, and its answer."""

    handle: str
    source: int
    says: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of different sources that number the same thing differently."""

    statements: tuple[Statement, Statement]
    handles: tuple[str, str]
    sources: tuple[int, int]
    says: tuple[str, str]
    values: tuple[float, float]

    @property
    def first(self) -> Statement:
        return self.statements[0]

    @property
    def second(self) -> Statement:
        return self.statements[1]

    @property
    def key(self) -> str:
        return f"{self.first.id}:{self.second.id}"


def find_pairs(attributed: Iterable[Attributed], code: str) -> list[Pair]:
    """Return the pairs of an article, in the order of its text, up to so many."""
    compared = (one for one in attributed if one.statement.part in _COMPARED)
    read = [
        _Read(
            one,
            frozenset(source for _, source in one.sources),
            read_claim(one.statement.text, code, one.name),
            place,
        )
        for place, one in enumerate(islice(compared, _MOST_COMPARED))
    ]
    found = (
        _pair(first.attributed, second.attributed, difference)
        for at, second in enumerate(read)
        for first in read[:at]
        if (difference := _difference(first, second))
    )
    return list(islice(found, _MOST_PAIRS))


def _difference(first: _Read, second: _Read) -> Difference | None:
    if not first.sources.isdisjoint(second.sources):
        return None
    is_near = second.place - first.place <= _BESIDE
    is_like = may_differ(first.claim, second.claim)
    found = differ(first.claim, second.claim) if is_like else None
    if found is None and is_near:
        found = differ_beside(first.claim, second.claim)
    return found


def unsettled(
    pairs: Iterable[Pair], settled: Sequence[Sequence[SettledSide]], code: str
) -> list[Pair]:
    """Return the pairs that nobody put side by side, resolved or dismissed."""
    return [
        pair
        for pair in pairs
        if not any(_settles(sides, pair, code) for sides in settled)
    ]


def pair_findings(
    pairs: Iterable[Pair], asked: frozenset[str] | None
) -> Iterator[Finding]:
    """Yield each pair for the gate, if either statement is new to readers."""
    for pair in pairs:
        if asked is None or asked & {pair.first.id, pair.second.id}:
            told = f" says {pair.says[0]}" if pair.says[0] else ""
            says = f"“{_short(pair.first.text)}”{told}"
            text = _short(pair.second.text)
            yield Finding(pair.key, pair.second.handle, text, says)


def _pair(one: Attributed, other: Attributed, found: Difference) -> Pair:
    return Pair(
        statements=(one.statement, other.statement),
        handles=(one.sources[0][0], other.sources[0][0]),
        sources=(one.sources[0][1], other.sources[0][1]),
        says=found.says,
        values=found.values,
    )


def _settles(sides: Sequence[SettledSide], pair: Pair, code: str) -> bool:
    return all(
        any(
            side.handle == handle
            or (side.source == source and value in _values(side.says, code))
            for side in sides
        )
        for handle, source, value in zip(
            pair.handles, pair.sources, pair.values, strict=True
        )
    )


def _values(says: str, code: str) -> set[float]:
    return {quantity.value for quantity in read_claim(says, code).quantities}


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"
