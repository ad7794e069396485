"""What an act itself must have: someone who may, a reason, a minute to come."""

from collections.abc import Iterator
from datetime import datetime

from dateline.publishing.rules.refusals import (
    DueInThePast,
    NewerDraft,
    NotAllowed,
    ReasonMissing,
    Refusal,
)

SHORTEST_REASON, LONGEST_REASON = 10, 2000


def refuse_actor(*, may_use_door: bool) -> Iterator[Refusal]:
    if not may_use_door:
        yield NotAllowed("Only an editor may do this.")


def refuse_unseen_draft(seen: int | None, latest: int | None) -> Iterator[Refusal]:
    """Nobody publishes words that they have not seen."""
    if seen is not None and seen != latest:
        yield NewerDraft(
            "Someone saved a newer draft since you opened this one: look at it first."
        )


def refuse_missing_reason(reason: str, *, what: str) -> Iterator[Refusal]:
    text = reason.strip()
    if len(text) < SHORTEST_REASON:
        yield ReasonMissing(f"Say {what}, in a full sentence.", place="reason")
    if len(text) > LONGEST_REASON:
        yield ReasonMissing(
            f"{len(text)} characters are too many: {LONGEST_REASON} at most.",
            place="reason",
        )


def refuse_past(due_at: datetime, *, now: datetime) -> Iterator[Refusal]:
    if due_at <= now:
        yield DueInThePast(
            "That minute has passed: publish it now instead.", place="due_at"
        )
