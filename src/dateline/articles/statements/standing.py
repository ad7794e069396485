"""What each statement rests on, and the count of it."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from dateline.articles.statements.resting import Ground
from dateline.articles.statements.vocabulary import (
    IN_SPANS,
    Mark,
    Part,
    Standing,
    Statement,
)
from dateline.articles.vocabulary import MarkKind

#: How much of a statement its attributed words must be.
_SHARE = 0.5
#: What sums up or shows what the text says, and so may rest on it.
_SUMMARIES = frozenset({Part.HEADLINE, Part.LEDE, Part.CROSSHEAD, Part.CAPTION})


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that statements can rest on, by the handle that it hangs on."""

    attributed: frozenset[str] = frozenset()
    unverified: frozenset[tuple[str, str]] = frozenset()
    """Statement's id and handle where the wire item's own sentence cites nobody."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    given_captions: frozenset[str] = frozenset()
    """Captions that came with their pictures, and their credit."""
    names: tuple[str, ...] = ()
    """The names of the sources, which a headline may say."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement with what it rests on."""

    statement: Statement
    standing: Standing
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements rest on what: “14 statements, 3 marked …”."""

    statements: int
    by_standing: Mapping[Standing, int]
    by_mark: Mapping[tuple[MarkKind, str], int]

    @property
    def marked(self) -> int:
        return self.by_standing.get(Standing.MARKED, 0)

    @property
    def unsourced(self) -> int:
        return self.by_standing.get(Standing.UNSOURCED, 0)

    def as_record(self) -> dict[str, Any]:
        """Return the count as the log and machines take it."""
        told = {standing.name.lower(): n for standing, n in self.by_standing.items()}
        return {"statements": self.statements} | {k: v for k, v in told.items() if v}


def judge(
    statements: Sequence[Statement], grounds: Grounds, *, code: str = "en"
) -> list[Judged]:
    """Return each statement with what it rests on, in the same order."""
    found = [_alone(statement, grounds) for statement in statements]
    if not any(_may_rest_on_text(one) for one in found):
        return found
    told = [one.statement.text for one in found if one.standing in _BEARING]
    ground = Ground([*told, *grounds.names] if told else [], code)
    return [_with_text(one, ground) for one in found]


def tally(judged: Sequence[Judged]) -> Tally:
    """Count what the statements rest on."""
    marks = Counter((one.mark.kind, one.mark.by) for one in judged if one.mark)
    return Tally(len(judged), Counter(one.standing for one in judged), marks)


_BEARING = frozenset({Standing.TRACED, Standing.SINGLE_SOURCE, Standing.MARKED})


def _alone(statement: Statement, grounds: Grounds) -> Judged:
    attributed = grounds.attributed.intersection(statement.handles)
    unverified = {h for h in attributed if (statement.id, h) in grounds.unverified}
    if holds(statement, attributed - unverified):
        return Judged(statement, Standing.TRACED)
    if holds(statement, attributed):
        return Judged(statement, Standing.SINGLE_SOURCE)
    for handle in statement.handles:
        mark = grounds.marks.get(handle)
        # A name stands for the words it was given for, and for no others.
        if mark and mark.words == statement.words:
            return Judged(statement, Standing.MARKED, mark)
    if statement.part is Part.CAPTION and statement.text in grounds.given_captions:
        return Judged(statement, Standing.TRACED)
    return Judged(statement, Standing.UNSOURCED)


def _may_rest_on_text(one: Judged) -> bool:
    return one.standing is Standing.UNSOURCED and one.statement.part in _SUMMARIES


def _with_text(one: Judged, ground: Ground) -> Judged:
    if _may_rest_on_text(one) and ground.bears(one.statement.text):
        return Judged(one.statement, Standing.RESTS_ON_TEXT)
    return one


def holds(statement: Statement, handles: Set[str]) -> bool:
    """Tell whether these handles hold at least half of the statement's letters."""
    if statement.part in WHOLE and statement.handle in handles:
        return True
    held = bytearray(statement.end - statement.start)
    for use in statement.spans:
        if use.span in handles:
            begin, end = use.start - statement.start, use.end - statement.start
            held[begin:end] = b"\x01" * (end - begin)
    letters = [
        is_held
        for sign, is_held in zip(statement.text, held, strict=True)
        if sign.isalnum()
    ]
    return sum(letters) > 0 and sum(letters) >= _SHARE * len(letters)


WHOLE = frozenset(Part) - IN_SPANS
