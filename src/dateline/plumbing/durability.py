"""What need not be on the disk before somebody gets an answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_waiting_for_disk() -> Iterator[None]:
    """
    Have what is written inside reach the disk with the next commit after it.

    For figures that are told and not vouched for: if the power goes in between, they
    are missing. Inside a transaction, which is waited for as a whole, this does
    nothing, and so on PostgreSQL.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA synchronous").fetchone()[0]
        cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={int(before)}")
