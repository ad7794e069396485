"""Reads across the ledger."""

from dateline.sources.models import WireItem

_COMPARED = ("headline", "blocks", "standfirst")


def get_latest_version(uri: str) -> WireItem | None:
    """Return the version of the item that none supersedes."""
    return (
        WireItem.objects.filter(uri=uri[:500], superseded_by=None)
        .order_by("-received_at", "-id")
        .first()
    )


def get_same_item(item: WireItem) -> WireItem | None:
    """
    Return the stored item that says the same, if there is one.

    Pages change around their text at each visit, so what was read is compared, not
    only the bytes. A kill may come under the version it kills, so the status counts.
    """
    versions = WireItem.objects.filter(
        uri=item.uri, version=item.version, pubstatus=item.pubstatus
    ).order_by("-received_at", "-id")
    return next((known for known in versions if _is_same(known, item)), None)


def _is_same(known: WireItem, item: WireItem) -> bool:
    return known.original_hash == item.original_hash or all(
        known.content.get(name) == item.content.get(name) for name in _COMPARED
    )
