"""The one place that asks what time it is, so that tests can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)  # noqa: TID251  (the clock's one address)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """
    Have the clock stand at `moment` within this block, in this thread alone.

    For the demonstration paper, whose history is older than its newsroom. Nothing
    that readers or staff can reach calls it: tests/plumbing/test_clock.py looks.
    """
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
