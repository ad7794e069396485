"""I16: the word for how well a statement is known, and who may say another. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.articles.vocabulary import Status
from dateline.sources.vocabulary import SourceKind

_RECORDS = frozenset({SourceKind.DOCUMENT, SourceKind.DATA_SET})
_FROM_THE_LEAST = (
    Status.UNVERIFIED,
    Status.CLAIMED,
    Status.REPORTED,
    Status.CONFIRMED,
)


class StatusRefused(ValueError):
    """A statement may not be called so, and the message says why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an editor would call a statement, and on what ground."""

    status: Status
    rules: Status
    """What it is by the rules."""
    reason: str = ""
    second: int | None = None
    """A further source that says the same."""
    may_raise: bool = False


def status_of(
    kind: str, steps: Sequence[Mapping[str, Any]], *, is_unverified: bool = False
) -> Status:
    """Return how well what a source of this kind says is known, by its steps."""
    if is_unverified:
        return Status.UNVERIFIED
    if kind == SourceKind.PUBLICATION:
        return Status.REPORTED
    if kind in _RECORDS and steps and steps[0].get("kept"):
        return Status.CONFIRMED
    return Status.CLAIMED


def told_status(attribution: Mapping[str, Any]) -> Status:
    """Return the word of a snapshot; of an older one it follows from the steps."""
    told = attribution.get("status")
    if told:
        return Status(told)
    return status_of(attribution["source"]["kind"], attribution.get("steps", ()))


def refuse_setting(
    wanted: Wanted, handle: str, attributions: Mapping[str, Mapping[str, Any]]
) -> None:
    """
    Let a statement be called less than the rules say, and more only on a ground.

    :raises StatusRefused: it would be more, without a reason or a source of its own
    """
    if wanted.second is not None:
        _refuse_second(wanted, handle, attributions)
    if _rank(wanted.status) <= _rank(wanted.rules):
        return
    if not wanted.may_raise:
        raise StatusRefused("Only somebody who may publish calls it better known.")
    if not wanted.reason and wanted.second is None:
        raise StatusRefused(
            "Name a second source that says so, or say why. Readers see it."
        )


def _refuse_second(
    wanted: Wanted, handle: str, attributions: Mapping[str, Mapping[str, Any]]
) -> None:
    if wanted.status is not Status.CONFIRMED:
        raise StatusRefused("A second source confirms: choose Confirmed, or name none.")
    first = attributions[handle]
    if wanted.second in _sources(first):
        raise StatusRefused("It rests on that source already: that is no second one.")
    for other in attributions.values():
        is_second = other["source"]["id"] == wanted.second
        if is_second and first["source"]["id"] in _sources(other):
            name = other["source"]["name"]
            raise StatusRefused(
                f"“{name}” rests on the same source here: that is no second one."
            )


def _sources(attribution: Mapping[str, Any]) -> set[int | None]:
    steps = attribution.get("steps", ())
    return {attribution["source"]["id"], *(step["source"] for step in steps)} - {None}


def _rank(status: Status) -> int:
    return _FROM_THE_LEAST.index(status)
