"""The nouns of the front."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from pathlib import Path

from dateline.pagestore.keys import Keys


class Unanswered(Exception):
    """Django gave no answer; nothing of one has gone to the reader."""


class Down(Unanswered):
    """Nobody listens."""


class Broken(Unanswered):
    """The connection ended before the answer did."""


class Silent(Unanswered):
    """The request was taken, and nothing came in time."""


class Busy(Unanswered):
    """Every place is taken, and so are the seats in the line, or the wait was long."""


class Lane(Enum):
    """Who waits for Django: some places are for those who sign in alone."""

    READERS = auto()
    STAFF = auto()


class Verdict(Enum):
    """What to do with a request for a page."""

    SERVE = auto()
    SERVE_AND_RENEW = auto()
    """Serve the stale page, and have a new one rendered meanwhile."""
    RENEW_FIRST = auto()
    """Wait for a new page; if none comes in time, serve the stale one."""
    RENDER = auto()
    """There is none to serve."""


class Count(IntEnum):
    """What the front counts, at its place among the shared numbers."""

    HITS = 0
    """Answers from what is kept and fresh, but for the quick ones."""
    STALE = auto()
    MISSES = auto()
    PASSED = auto()
    TURNED_AWAY = auto()
    UNANSWERED = auto()
    ANSWERS_1XX = auto()
    ANSWERS_2XX = auto()
    ANSWERS_3XX = auto()
    ANSWERS_4XX = auto()
    ANSWERS_5XX = auto()
    QUICK_2XX = auto()
    """Hits from memory by their status: one number to raise, and no more."""
    QUICK_3XX = auto()
    QUICK_4XX = auto()
    STREAM_SENT = auto()
    STREAM_STUCK = auto()
    STREAM_REFUSED = auto()


class Gauge(IntEnum):
    """What is so now at a front; at its place behind what it counts."""

    WORKING = 0
    WAITING = auto()
    MEMORY_PAGES = auto()
    MEMORY_BYTES = auto()
    STREAM_CLIENTS = auto()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a front serves one house."""

    socket: Path
    """Where Django listens."""
    files: Path
    """The folder, by its real path, whose files Django may hand over."""
    keys: Keys
    is_ours: Callable[[str], bool]
    """Tells whether a Host header names the house."""
    is_https: bool = False
    staff_path: str = "/desk/"
    alive_path: str = "/healthz"
    """What costs Django next to nothing to answer."""
    metrics_token: str = ""
    memory_bytes: int = 128_000_000
    places: int = 8
    """How many requests Django works on at once."""
    places_for_staff: int = 2
    """How many of them readers never take."""
    seats: int = 200
    """How many may wait for a place."""
    longest_wait: float = 10.0
    """Seconds that anyone waits for a place."""
    longest_silence: float = 30.0
    """Seconds in which Django begins its answer to a reader."""
    longest_staff_silence: float = 120.0
    longest_renewal: float = 5.0
    """Seconds that a reader waits for a new page when there is a stale one."""
    largest_body: int = 100_000_000
