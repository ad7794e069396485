"""
Where the processes of a newsroom meet.

Django listens on a socket in the data folder that nobody else can open.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dateline.config.settings.options import Options

PAGES = "pages"
"""The folder of the page store and of what all processes share."""
MEDIA = "media"
"""The folder of pictures and files, as `MEDIA_ROOT` has it."""
TROUBLES = "troubles"
"""Below it, the pages for when Django does not answer."""
ALIVE = "/alive"
"""Answered by the server without Django: whether a thread is free to answer at all."""
RUN = "run"
NAME = "django.sock"
# A socket's path has room for 108 bytes on Linux, 104 on a Mac, with a closing zero.
LONGEST_PATH = 100

CORES_OF_A_FRONT = 4
"""Two fronts on two cores serve no more, and whoever waits longest waits longer."""


def fronts_of(chosen: Options) -> int:
    """Return how many fronts share the port: one where the kernel does not spread."""
    if sys.platform != "linux":
        return 1
    return chosen.fronts or max(1, (os.cpu_count() or 1) // CORES_OF_A_FRONT)


def places_of_each_front(chosen: Options) -> int:
    """Return how many requests a front may have at Django at once."""
    return max(1, chosen.threads // fronts_of(chosen))


@contextlib.contextmanager
def socket_path(data: Path) -> Iterator[Path]:
    """
    Yield the path for Django's socket, in a folder that is ours alone.

    Where the data folder's own path is too long for one, it lies in a folder made
    for this newsroom, which goes with it.
    """
    path = data / RUN / NAME
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.parent.chmod(0o700)
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        yield Path(folder, NAME)
