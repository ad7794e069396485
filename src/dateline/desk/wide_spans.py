"""
Spans over several sentences, of which the source's own text bears out but some.

Readers get one word for all that hangs on a span, and it is the least: where one of its
sentences cites nobody, all are “unverified”. Whoever writes is told for which one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dateline.articles.statements.standing import Judged
from dateline.articles.statements.vocabulary import IN_SPANS, Standing, Statement

_EXCERPT = 40


@dataclass(frozen=True, slots=True)
class Lowered:
    """What a statement shares with others on one span."""

    by: Statement | None = None
    """The one for which readers see this one as unverified, too."""
    others: int = 0
    """How many others are seen as unverified for this one."""

    def __str__(self) -> str:
        if self.by is not None:
            return f"unverified to readers, as “{_excerpt(self.by.text)}” cites nobody"
        told = f"{self.others} more sentence{'' if self.others == 1 else 's'}"
        return f"readers see {told} so for it: choose again for this one alone"


def shared_handles(judged: Iterable[Judged]) -> frozenset[str]:
    """Return the spans that hold sentences both traced and unverified."""
    return frozenset(_shared(judged))


def lowered(
    judged: Sequence[Judged], unverified: Collection[str]
) -> dict[str, Lowered]:
    """
    Return by statement what it shares, of the spans that readers see as unverified.

    `unverified` are those: an editor may have called one otherwise.
    """
    found: dict[str, Lowered] = {}
    for handle, ones in _shared(judged).items():
        if handle not in unverified:
            continue
        traced = [one for one in ones if one.standing is Standing.TRACED]
        single = [one for one in ones if one not in traced]
        for one in single:
            found[one.statement.id] = Lowered(others=len(traced))
        for one in traced:
            found[one.statement.id] = Lowered(by=single[0].statement)
    return found


def _shared(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """Return by span its sentences that cite, where some are traced and some not."""
    found: dict[str, list[Judged]] = {}
    for one in judged:
        is_held = one.statement.part in IN_SPANS
        if is_held and one.standing in (Standing.TRACED, Standing.SINGLE_SOURCE):
            for handle in one.statement.handles[1:]:
                found.setdefault(handle, []).append(one)
    both = {Standing.TRACED, Standing.SINGLE_SOURCE}
    return {
        handle: ones
        for handle, ones in found.items()
        if {one.standing for one in ones} == both
    }


def _excerpt(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _EXCERPT else f"{plain[:_EXCERPT].rstrip()}…"
