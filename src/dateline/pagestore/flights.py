"""One render of a page at a time, across every process of the house."""

import contextlib
import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

FOLDER = "flights"
_STRIPES = 256
_LOOK_SECONDS = 0.004
LONGEST_WAIT_SECONDS = 10.0


@contextlib.contextmanager
def flight(folder: Path, key: str) -> Iterator[bool]:
    """
    Wait until nobody renders the page under this key, then keep others waiting.

    Yields whether somebody else was waited for: the page may be there by now. Who has
    waited for ten seconds goes on alone: two renders are better than no page. The
    kernel ends the flight of a process that is killed.
    """
    stripe = zlib.crc32(key.encode()) % _STRIPES
    path = folder / FOLDER / f"{stripe:02x}"
    handle = _open(path)
    try:
        yield _take_turn(handle)
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take_turn(handle: int) -> bool:
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    waited = False
    while time.monotonic() < until:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = True
            time.sleep(_LOOK_SECONDS)
        else:
            break
    return waited
