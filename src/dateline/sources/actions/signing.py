"""Keeping the few numbers by which an item is found that a text is near."""

from django.db import transaction
from django.db.models import Count

from dateline.sources.likeness import SCHEME, shingles, signature, words_of
from dateline.sources.models import Citation, WireItem, WireSignature
from dateline.sources.queries import text_of

#: A number that so many items have stands for what an agency puts below each of them.
MOST_ALIKE = 50


def sign_item(item: WireItem) -> None:
    """
    Keep the signature of an item.

    One by an older scheme stays, and agrees with nothing: the migration that comes
    with a new scheme empties the table.
    """
    text = text_of(Citation(wire_item=item))
    values = signature(shingles(words_of(text)))
    held = WireSignature.objects.filter(value__in=values).values_list("value")
    counts = dict(held.annotate(items=Count("id")))
    WireSignature.objects.bulk_create(
        (
            WireSignature(value=value, item=item)
            for value in values
            if counts.get(value, 0) < MOST_ALIKE
        ),
        ignore_conflicts=True,
    )
    WireItem.objects.filter(pk=item.pk).update(signed_as=SCHEME)
    item.signed_as = SCHEME


def sign_unsigned(limit: int) -> int:
    """Sign the oldest items that have no signature of this scheme; return how many."""
    rows = WireItem.objects.filter(signed_as__lt=SCHEME).order_by("signed_as", "pk")
    items = list(rows[:limit])
    for item in items:
        with transaction.atomic():
            sign_item(item)
    return len(items)
