"""A commit that nobody waits for, and that the next one waits for again."""

import pytest
from django.db import connection

from dateline.plumbing.durability import without_waiting_for_disk


def how_it_waits() -> int | None:
    """Return SQLite's level: 2 is FULL, 1 is NORMAL, 0 (tests) is OFF."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA synchronous").fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_commit_inside_is_not_waited_for_and_one_after_is_as_before():
    before = how_it_waits()
    with without_waiting_for_disk():
        assert how_it_waits() == (None if before is None else 1)
    assert how_it_waits() == before


@pytest.mark.django_db
def test_inside_a_transaction_it_changes_nothing():
    before = how_it_waits()
    with without_waiting_for_disk():
        assert how_it_waits() == before
