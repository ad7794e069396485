"""I16: the word for how well a statement is known, by what it rests on. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from dateline.sources.vocabulary import SourceKind

_RECORDS = frozenset({SourceKind.DOCUMENT, SourceKind.DATA_SET})


class Status(StrEnum):
    """
    How well a statement is known.

    It follows from the kind of the source and from what is kept, and nobody can raise
    it by hand.
    """

    CONFIRMED = "confirmed"
    """A document or a data set says so, and we keep a copy of it."""
    REPORTED = "reported"
    """Another newsroom says so, whomever it cites."""
    CLAIMED = "claimed"
    """Somebody says so: a person, an office, a source that is not named."""


def status_of(kind: str, steps: Sequence[Mapping[str, Any]]) -> Status:
    """Return how well what a source of this kind says is known, by its steps."""
    if kind == SourceKind.PUBLICATION:
        return Status.REPORTED
    if kind in _RECORDS and steps and steps[0].get("kept"):
        return Status.CONFIRMED
    return Status.CLAIMED
