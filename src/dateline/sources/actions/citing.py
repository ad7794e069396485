"""Saying where a source said something, and what is known of a source."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dateline.pagestore.actions import purge
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.sources import rules, tags
from dateline.sources.models import (
    Citation,
    KeptCopy,
    Source,
    SourceCorrection,
    SourceNote,
    WireItem,
)
from dateline.sources.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class CitedFrom:
    """Where it was said: in a wire item, a kept copy, or to somebody's face."""

    wire_item: WireItem | None = None
    kept_copy: KeptCopy | None = None
    #: The page, paragraph, minute or line.
    place: str = ""
    said_on: date | None = None


NOWHERE = CitedFrom()


@transaction.atomic
def cite(
    source: Source | None,
    *,
    by: User | None,
    described_as: str = "",
    found_in: CitedFrom = NOWHERE,
    rests_on: Citation | None = None,
) -> Citation:
    """
    Record what a source is cited from, and on whom it rests in turn.

    Without a source the step is one that the citing source describes and does not
    name: ``described_as="people it does not name"``.

    :raises LedgerRefused: the chain grows too long, names one source twice, or the
        source was merged into another
    """
    if source is not None and source.merged_into_id:
        raise rules.LedgerRefused(f"“{source}” was merged into another source.")
    if (source is None) == (not described_as.strip()):
        raise rules.LedgerRefused("Name a source, or describe one that is not named.")
    _refuse_repetition(source, rests_on)
    return Citation.objects.create(
        source=source,
        described_as=described_as.strip(),
        wire_item=found_in.wire_item,
        kept_copy=found_in.kept_copy,
        place=found_in.place,
        said_on=found_in.said_on,
        rests_on=rests_on,
        depth=rules.depth_above(rests_on.depth) if rests_on else 1,
        cited_by=by,
        cited_at=clock.now(),
    )


def _refuse_repetition(source: Source | None, below: Citation | None) -> None:
    while below is not None:
        if source is not None and below.source_id == source.pk:
            raise rules.LedgerRefused(
                f"“{source}” would rest on itself. Leave out one of the two steps."
            )
        below = below.rests_on


@transaction.atomic
def note_reliability(
    source: Source, text: str, *, by: User, is_public: bool = False
) -> SourceNote:
    """
    Write down what was found out about a source, for the house or for readers too.

    :raises IdentityAtRisk: the source is not named, and the note could tell who it is
    """
    _refuse_identity(source, text)
    if is_public:
        purge([tags.noted(source.pk)], cause=f"source.noted {source.pk}")
    return SourceNote.objects.create(
        source=source,
        text=text.strip(),
        is_public=is_public,
        noted_by=by,
        noted_at=clock.now(),
    )


@transaction.atomic
def note_correction(
    source: Source,
    text: str,
    *,
    by: User,
    on: date,
    address: str = "",
    is_public: bool = False,
) -> SourceCorrection:
    """
    Write down that a source corrected itself, for the house or for readers too.

    :raises IdentityAtRisk: the source is not named, and the text could tell who it is
    """
    _refuse_identity(source, text)
    if is_public:
        purge([tags.noted(source.pk)], cause=f"source.corrected {source.pk}")
    return SourceCorrection.objects.create(
        source=source,
        text=text.strip(),
        address=address,
        corrected_on=on,
        is_public=is_public,
        noted_by=by,
        noted_at=clock.now(),
    )


def _refuse_identity(source: Source, text: str) -> None:
    if source.kind == SourceKind.UNNAMED:
        rules.refuse_contact_details(text)
