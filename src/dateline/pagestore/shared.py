"""
A few numbers in memory that every process of a house sees at once.

A file of one page, mapped by each process. Reading a number costs some 50 ns, so the
front can ask at every hit whether anything was purged since it last looked.
"""

import contextlib
import fcntl
import mmap
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path

NAME = "shared"
_MAGIC = int.from_bytes(b"pages\x00\x00\x03", "big")
_WORDS = 4096
_BYTES = _WORDS * 8
# Each number has a place in the file; places from `_SLOTS` on count for processes.
_MAGIC_AT, _GENERATION, _INCARNATION, _CREATED, _APPLIED, _TRUSTED = range(6)
_SLOTS = 64
_SLOT_WORDS = 64
_MOST_SLOTS = (_WORDS - _SLOTS) // _SLOT_WORDS
_BEAT_AT = -1


class Shared:
    """
    The numbers of one house.

    `generation` changes with each change of the store and is odd while one is under
    way: who kept something in memory under an even generation that is still the
    same may serve it. `incarnation` names the store's file. `applied` is the number
    of the last purge that the store has applied. `is_trusted` tells whether the
    purges that a stop may have left over were applied since.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / NAME
        with self._alone():
            if not _is_whole(self._path):
                _make(self._path)
            self._map()

    def _map(self) -> None:
        with self._path.open("r+b") as file:
            self._inode = os.fstat(file.fileno()).st_ino
            self._memory = mmap.mmap(file.fileno(), _BYTES)
        self.words: memoryview[int] = memoryview(self._memory).cast("Q")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._path.parent / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @property
    def is_lost(self) -> bool:
        """Whether the file was taken away or replaced since it was mapped."""
        try:
            return self._path.stat().st_ino != self._inode
        except OSError:
            return True

    @property
    def generation(self) -> int:
        return self.words[_GENERATION]

    @property
    def incarnation(self) -> int:
        return self.words[_INCARNATION]

    @property
    def is_created(self) -> bool:
        """Whether this incarnation has had its file: if it lacks one, that is lost."""
        return self.words[_CREATED] == self.words[_INCARNATION]

    def note_created(self, incarnation: int) -> None:
        self.words[_CREATED] = incarnation

    @property
    def applied(self) -> int:
        return self.words[_APPLIED]

    @applied.setter
    def applied(self, number: int) -> None:
        self.words[_APPLIED] = number

    @property
    def is_trusted(self) -> bool:
        return self.words[_TRUSTED] != 0

    @is_trusted.setter
    def is_trusted(self, truth: bool) -> None:
        self.words[_TRUSTED] = truth

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """
        Hold the right to change the store; the generation is odd meanwhile.

        A process that is killed inside leaves it odd, and everybody looks into the
        store at each request, until the next change has ended.
        """
        with self._alone():
            self.words[_GENERATION] |= 1
            yield
            self.words[_GENERATION] += 1

    def abandon(self) -> None:
        """Have everybody leave the store's file. Call it inside :meth:`changing`."""
        self.words[_INCARNATION] += 1

    def abandon_damaged(self, incarnation: int) -> None:
        """Have everybody leave a damaged file, unless they have done so already."""
        with self.changing():
            if self.incarnation == incarnation:
                self.abandon()

    def counters(self, process: str) -> "memoryview[int]":
        """
        Return numbers that this process alone may write, for everybody to read.

        A process of the same name that is gone leaves its place and its counts to
        its successor, so that what is counted never runs backwards. Several of one
        name may run at once. The last number is for :meth:`beat`.
        """
        name = _number(process)
        with self._alone():
            for place in self._places():
                if self.words[place] in {0, name} and not _runs(self.words[place + 1]):
                    self.words[place] = name
                    self.words[place + 1] = os.getpid()
                    self.words[place + _SLOT_WORDS + _BEAT_AT] = 0
                    return self.words[place + 2 : place + _SLOT_WORDS]
        msg = f"More than {_MOST_SLOTS} processes count for one house."
        raise RuntimeError(msg)

    def counted(self, process: str) -> "Iterator[memoryview[int]]":
        """Yield the numbers of every process of a name, gone or not."""
        name = _number(process)
        for place in self._places():
            if self.words[place] == name:
                yield self.words[place + 2 : place + _SLOT_WORDS]

    def last_beat(self, pid: int) -> float | None:
        """Return when (`time.monotonic`) a process last said that it lives."""
        for place in self._places():
            if self.words[place] and self.words[place + 1] == pid:
                return beaten_at(self.words[place + 2 : place + _SLOT_WORDS])
        return None

    @staticmethod
    def _places() -> Iterator[int]:
        return (_SLOTS + _SLOT_WORDS * place for place in range(_MOST_SLOTS))


def beat(words: "memoryview[int]") -> None:
    """Say in a process's own numbers that it lives."""
    words[_BEAT_AT] = int(time.monotonic() * 1000)


def beaten_at(words: "memoryview[int]") -> float | None:
    """Return when the process of these numbers last said so, if it ever did."""
    return words[_BEAT_AT] / 1000 or None


def _number(process: str) -> int:
    return int.from_bytes(process.encode()[:8].ljust(8, b"\0"), "big")


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            words = struct.unpack(f"={_WORDS}Q", file.read(_BYTES))
    except (OSError, struct.error):
        return False
    return bool(words[_MAGIC_AT] == _MAGIC)


def _make(path: Path) -> None:
    # Numbers that no earlier file can have given: somebody may hold its pages still.
    now = time.time_ns() >> 10
    words = [0] * _WORDS
    words[_GENERATION] = now & ~1
    words[_INCARNATION] = now
    words[_MAGIC_AT] = _MAGIC
    draft = path.with_name(f"{NAME}.new")
    draft.write_bytes(struct.pack(f"={_WORDS}Q", *words))
    draft.replace(path)


def _runs(process: int) -> bool:
    if not process:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
