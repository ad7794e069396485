"""Purging: a purge is part of the act that makes pages stale."""

import time
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import connection, transaction

from dateline.pagestore.models import Purge, PurgeCount
from dateline.pagestore.opened import page_store
from dateline.pagestore.store import Store
from dateline.pagestore.telling import tell_withdrawn
from dateline.plumbing import clock
from dateline.plumbing.durability import without_waiting_for_disk

REMEMBERED = timedelta(days=30)
MOST_LEFT_OVER = 1_000
"""With more purges than this to catch up with, rendering anew is quicker."""
_BATCH = 100
_NEXT = (
    "UPDATE pagestore_purgecount SET number = number + 1 WHERE id = 1 RETURNING number"
)


def purge(tags: Iterable[str], *, hard: bool = False, cause: str = "") -> None:
    """
    Make the pages that read any of these tags stale when the transaction commits.

    A hard purge withdraws them: nobody sees one again, not even while a new one is
    made. Both are done before the call that commits returns.

    :raises RuntimeError: outside a transaction a purge could be lost
    """
    if not transaction.get_connection().in_atomic_block:
        msg = "Pages were purged outside a transaction."
        raise RuntimeError(msg)
    row = Purge.objects.create(
        number=_next_number(),
        tags=sorted(set(tags)),
        is_hard=hard,
        cause=cause[:200],
        recorded_at=clock.now(),
    )
    # The act is done by then: whatever fails here is applied by the worker.
    transaction.on_commit(partial(_apply_own, row), robust=True)
    if hard:
        transaction.on_commit(tell_withdrawn, robust=True)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        return int(cursor.fetchone()[0])


def _apply_own(row: Purge) -> None:
    """Apply a purge that was just committed; where others wait before it, those too."""
    store = page_store()
    if store is not None and store.applied() + 1 == row.number:
        _apply(store, row)
    else:
        apply_due()


def apply_due() -> int:
    """
    Apply to this machine's store every purge that it has not; return how many.

    Where some are not known any more, or the database is older than the store, the
    store begins anew. Any number of processes may do this at once.
    """
    store = page_store()
    if store is None:
        return 0
    count = 0
    is_more = True
    while is_more:
        due = _due(store)
        for row in due:
            _apply(store, row)
        count += len(due)
        # Whoever purged since applies it.
        is_more = len(due) == _BATCH
    store.trust()
    return count


def _due(store: Store) -> list[Purge]:
    since = store.applied()
    rows = list(Purge.objects.filter(number__gt=since).order_by("number")[:_BATCH])
    follow = bool(rows) and rows[0].number == since + 1
    if follow and len(rows) < _BATCH:
        return rows
    newest = PurgeCount.objects.values_list("number", flat=True).get(pk=1)
    if since == newest or (follow and newest - since <= MOST_LEFT_OVER):
        return rows
    store.start_at(newest)
    return []


def _apply(store: Store, row: Purge) -> None:
    began = time.perf_counter()
    purged = store.purge(row.number, row.tags, hard=row.is_hard)
    with without_waiting_for_disk():
        Purge.objects.filter(pk=row.pk).update(
            applied_at=clock.now(),
            milliseconds=(time.perf_counter() - began) * 1000,
            pages=purged.pages,
            keys=purged.keys,
        )


def forget_old() -> int:
    """Delete purges of more than a month ago; return how many."""
    count, _ = Purge.objects.filter(recorded_at__lt=clock.now() - REMEMBERED).delete()
    return count
