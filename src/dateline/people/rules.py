"""How often somebody may fail to sign in. Decides, and looks nothing up."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum


class Tried(StrEnum):
    """What somebody tries who wants to come in, each counted by itself."""

    ACCOUNT = "account"
    ADDRESS = "address"
    CODE = "code"
    CONFIRMATION = "confirmation"
    PASSKEY = "passkey"
    RESET = "reset"


WINDOW = timedelta(minutes=15)
LIMITS = {
    Tried.ACCOUNT: 5,
    Tried.ADDRESS: 20,
    Tried.CODE: 5,
    Tried.CONFIRMATION: 5,
    Tried.PASSKEY: 60,
    Tried.RESET: 5,
}


class TooManyTries(Exception):
    """Somebody has to wait before the next try."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Too many tries that failed. {_advice(seconds)}")


def _advice(seconds: int) -> str:
    minutes = -(-seconds // 60)
    span = "in a minute" if minutes <= 1 else f"in {minutes} minutes"
    return f"Try again {span}."


def recent(tries: Sequence[int], *, now: int) -> list[int]:
    """Return the tries that still count, of moments in seconds."""
    began = now - int(WINDOW.total_seconds())
    # A clock that was set back must not keep anybody out for longer.
    return [moment for moment in tries if began < moment <= now]


def seconds_to_wait(tries: Sequence[int], *, limit: int, now: int) -> int:
    """Return after how many seconds the next try is allowed: 0 is at once."""
    counted = sorted(recent(tries, now=now))
    if len(counted) < limit:
        return 0
    return counted[-limit] + int(WINDOW.total_seconds()) - now
