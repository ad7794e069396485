"""
Two sources that are one.

The twin stays as a row that leads to the other, since public versions and old drafts
name it by number. Whatever points at it follows: foreign keys are found, not listed,
so that a table which is added above the ledger needs no word here.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from dateline.pagestore.actions import purge
from dateline.people.models import User
from dateline.plumbing import clock, outbox
from dateline.sources import tags
from dateline.sources.models import Source, SourceMerge
from dateline.sources.rules import LedgerRefused
from dateline.sources.vocabulary import SourceKind

_CHUNK = 500


@transaction.atomic
def merge_sources(twin: Source, *, into: Source, by: User, reason: str) -> SourceMerge:
    """
    Have everything that rests on `twin` rest on `into`.

    :raises LedgerRefused: they are one already, or one of them is not named and the
        other is, or no reason is given
    """
    twin, into = _locked(twin, into)
    _refuse_merge(twin, into, reason)
    moved = dict(_move_all(twin, into))
    Source.objects.filter(pk=twin.pk).update(merged_into=into)
    merge = SourceMerge.objects.create(
        twin=twin,
        into=into,
        reason=reason.strip(),
        moved=moved,
        merged_by=by,
        merged_at=clock.now(),
    )
    outbox.record("source.merged", {"twin": twin.pk, "into": into.pk})
    _purge(twin, into)
    return merge


@transaction.atomic
def undo_merge(merge: SourceMerge, *, by: User) -> SourceMerge:
    """
    Give the twin back what followed it, where it still rests on the other.

    What was attributed since then stays where it is.

    :raises LedgerRefused: it is undone already, or the other was merged on
    """
    merge = SourceMerge.objects.select_for_update().get(pk=merge.pk)
    _locked(merge.twin, merge.into)
    if merge.undone_at:
        raise LedgerRefused("This merging is undone already.")
    if Source.objects.filter(pk=merge.into_id, merged_into__isnull=False).exists():
        raise LedgerRefused("Undo the later merging first.")
    for label, keys in merge.moved.items():
        model, field = _found(label)
        for rows in _chunks(model, keys):
            rows.filter(**{field: merge.into_id}).update(**{field: merge.twin_id})
    Source.objects.filter(pk=merge.twin_id).update(merged_into=None)
    merge.undone_by, merge.undone_at = by, clock.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    outbox.record("source.merge_undone", {"twin": merge.twin_id, "into": merge.into_id})
    _purge(merge.twin, merge.into)
    return merge


def _purge(*sources: Source) -> None:
    """Have the public pages of both say which of them leads where."""
    told = [tag for one in sources for tag in (tags.source(one.pk), tags.noted(one.pk))]
    purge(told, cause=f"sources merged {sources[0].pk}")


def _locked(*sources: Source) -> tuple[Source, Source]:
    keys = [source.pk for source in sources]
    rows = Source.objects.select_for_update().order_by("pk").in_bulk(keys)
    return rows[keys[0]], rows[keys[-1]]


def _refuse_merge(twin: Source, into: Source, reason: str) -> None:
    if twin.pk == into.pk:
        raise LedgerRefused("Choose another source: this is the same one.")
    for source in (twin, into):
        if source.merged_into_id:
            raise LedgerRefused(f"“{source}” was merged into another source already.")
    if SourceKind.UNNAMED in (twin.kind, into.kind):
        raise LedgerRefused(
            "Sources that are not named are never merged: that two of them are one "
            "person would be written down here."
        )
    if not reason.strip():
        raise LedgerRefused("Say why the two are one.")


def _move_all(twin: Source, into: Source) -> Iterator[tuple[str, list[Any]]]:
    for model, field in _pointing_here():
        rows = model._base_manager.filter(**{field: twin.pk})
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        for chunk in _chunks(model, keys):
            chunk.update(**{field: into.pk})
        if keys:
            yield f"{model._meta.label}.{field}", keys


def _chunks(model: type[models.Model], keys: list[Any]) -> Iterator[Any]:
    for start in range(0, len(keys), _CHUNK):
        yield model._base_manager.filter(pk__in=keys[start : start + _CHUNK])


def _pointing_here() -> list[tuple[type[models.Model], str]]:
    """Return every foreign key to a source but those that tell of merging itself."""
    found = [
        (relation.related_model, relation.field.name)
        for relation in Source._meta.related_objects
        if relation.related_model not in (Source, SourceMerge)
    ]
    return sorted(found, key=lambda one: (one[0]._meta.label, one[1]))


def _found(label: str) -> tuple[type[models.Model], str]:
    model, _, field = label.rpartition(".")
    return apps.get_model(model), field
