"""When a schedule that broke at its minute is tried again. Pure."""

from datetime import datetime, timedelta

LONGEST_WAIT = 60
"""In minutes; the first try waits one, and each further one twice as long."""


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries."""
    doublings = min(max(tries - 1, 0), LONGEST_WAIT.bit_length())
    return timedelta(minutes=min(1 << doublings, LONGEST_WAIT))


def is_ready(tries: int, tried_at: datetime | None, *, now: datetime) -> bool:
    """
    Tell whether to try again.

    A clock that went back further than the wait cannot make it longer.
    """
    if not tries or tried_at is None:
        return True
    wait = wait_after(tries)
    return not tried_at - wait <= now < tried_at + wait
