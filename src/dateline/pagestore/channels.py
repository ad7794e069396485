"""
Something happened: publish and subscribe between the processes of one machine.

An event is a few bytes on a named channel. Its id is larger than that of any event
before it, on whatever channel, by whatever process, before or after a restart or a
lost file: it is the time in microseconds, or one more than the last where the clock
stands or runs back. Events are kept for a while, so that who was away can ask for
what it missed; one who was away for longer is told to look anew.

They are kept in a small SQLite file of their own. A listener is woken by one byte in
a named pipe (0.1 ms on a machine of two cores, and nothing to do while nothing
happens); if that is lost, it finds the event when it next looks. A process may be
killed at any moment: SQLite takes back what was half written, and the pipe of a dead
listener goes with the next event.

:class:`Channels` is what publishers and listeners rely on; another house may answer
it with a server that several machines share.
"""

import base64
import contextlib
import errno
import fcntl
import hashlib
import hmac
import logging
import os
import re
import secrets
import sqlite3
import stat
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

log = logging.getLogger(__name__)
Result = TypeVar("Result")

LARGEST_EVENT = 8_192
"""Bytes of one event's data."""
KEPT_EVENTS = 10_000
KEPT_SECONDS = 48 * 3600
LARGEST_NAME = 80
PRUNED_EVERY = 64
"""Events between two looks at what is no longer kept."""

_NAME = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LARGEST_NAME - 1}}}")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, data TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS events_of_channel ON events (channel, id);
CREATE TABLE IF NOT EXISTS gone (up_to INTEGER NOT NULL);
"""
# Troubles that pass, by SQLite's result codes; any other means a damaged file.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
}
_SECONDS_FOR_A_LOCK = 5.0


class EventRefused(ValueError):
    """It cannot be published: its channel has no such name, or it is too large."""


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    channel: str
    data: str


@dataclass(frozen=True, slots=True)
class Span:
    """What is kept: everything after `gone`, up to `newest`."""

    gone: int
    newest: int

    def holds_all_since(self, last: int) -> bool:
        """Tell whether who has seen everything up to `last` can be told the rest."""
        return self.gone <= last <= self.newest


class Listener(Protocol):
    """A file descriptor that can be read when there may be something new."""

    def fileno(self) -> int: ...
    def heard(self) -> None:
        """Wait anew: what was published up to now is about to be looked at."""

    def close(self) -> None: ...


class Channels(Protocol):
    """What publishers and listeners rely on."""

    def publish(self, channel: str, data: str) -> int:
        """Return the event's id; every listener is woken."""

    def after(
        self, last: int, channels: Collection[str] | None = None, *, limit: int = 500
    ) -> list[Event]:
        """Return the first events since `last`, of some channels or of all."""

    def span(self) -> Span: ...
    def listen(self) -> Listener: ...
    def address(self, channel: str) -> str:
        """Return the public name of a channel, which nobody else can make up."""

    def find(self, address: str) -> str | None:
        """Return the channel of a public name that :meth:`address` gave."""


def is_name(text: str) -> bool:
    """Tell whether a channel may be called so."""
    return _NAME.fullmatch(text) is not None


class LocalChannels:
    """
    The channels of one machine, below one folder.

    Any thread may publish; one thread reads.
    """

    def __init__(
        self,
        folder: Path,
        *,
        kept_events: int = KEPT_EVENTS,
        pruned_every: int = PRUNED_EVERY,
    ) -> None:
        self.folder = folder
        self._kept_events = kept_events
        self._pruned_every = pruned_every
        self._file = folder / "channels.sqlite3"
        self._pipes = folder / "listeners"
        self._reader: sqlite3.Connection | None = None
        self._reader_of: tuple[int, int] | None = None
        self._published = 0

    # Publishing

    def publish(self, channel: str, data: str) -> int:
        """
        Tell everybody who listens; return the event's id.

        :raises EventRefused: the name is none, or the data too large
        """
        if not is_name(channel):
            raise EventRefused(f"{channel[:LARGEST_NAME]!r} is no name of a channel.")
        if len(data.encode()) > LARGEST_EVENT:
            raise EventRefused(f"An event holds at most {LARGEST_EVENT} bytes.")
        number = self._on_a_sound_file(lambda: self._write(channel, data))
        self._wake()
        return number

    def _write(self, channel: str, data: str) -> int:
        is_pruning = self._published % self._pruned_every == 0
        with contextlib.closing(self._open()) as db:
            db.execute("BEGIN IMMEDIATE")
            newest = _span(db).newest
            number = max(newest + 1, _now())
            statement = "INSERT INTO events (id, channel, data) VALUES (?, ?, ?)"
            db.execute(statement, (number, channel, data))
            if is_pruning:
                _prune(db, self._kept_events)
            db.execute("COMMIT")
        self._published += 1
        return number

    def _wake(self) -> None:
        for pipe in self._listening():
            try:
                end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                # Nobody holds the other end: the listener was killed.
                if error.errno == errno.ENXIO:
                    pipe.unlink(missing_ok=True)
                continue
            # A full pipe is full of calls that nobody has answered yet.
            with contextlib.suppress(BlockingIOError, BrokenPipeError):
                os.write(end, b"!")
            os.close(end)

    def _listening(self) -> list[Path]:
        try:
            return [one for one in self._pipes.iterdir() if one.suffix == ".pipe"]
        except FileNotFoundError:
            return []

    # Reading

    def after(
        self, last: int, channels: Collection[str] | None = None, *, limit: int = 500
    ) -> list[Event]:
        """Return the first events since `last`, of some channels or of all."""
        condition, values = "id > ?", [last]
        if channels is not None:
            marks = ", ".join("?" * len(channels))
            condition = f"channel IN ({marks}) AND id > ?"
        return self._on_a_sound_file(
            lambda: [
                Event(*row)
                for row in self._connection().execute(
                    f"SELECT id, channel, data FROM events WHERE {condition} "  # noqa: S608  (the marks are ours)
                    "ORDER BY id LIMIT ?",
                    (*(channels or ()), *values, limit),
                )
            ]
        )

    def span(self) -> Span:
        """Return what is kept."""
        return self._on_a_sound_file(lambda: _span(self._connection()))

    def listen(self) -> "Pipe":
        """Return what is woken by each event from now on."""
        return Pipe(self._pipes)

    def _connection(self) -> sqlite3.Connection:
        """Return the connection for reading: to the file that is there now."""
        if self._reader is None or self._reader_of != _identity(self._file):
            self._close()
            self._reader = self._open()
            self._reader_of = _identity(self._file)
        return self._reader

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self._reader = self._reader_of = None

    def _open(self) -> sqlite3.Connection:
        if _identity(self._file) is None:
            self._make()
        db = sqlite3.connect(
            self._file,
            timeout=_SECONDS_FOR_A_LOCK,
            isolation_level=None,
            check_same_thread=False,
        )
        # An event that a power cut takes back was published a moment ago; its reader
        # finds the page as it is.
        db.execute("PRAGMA synchronous = OFF")
        return db

    def _make(self) -> None:
        """Make the file under another name: whoever finds one finds it whole."""
        with self._alone():
            if _identity(self._file) is not None:
                return
            draft = self._file.with_suffix(".new")
            draft.unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(draft)) as db:
                db.executescript(_SCHEMA)
                # Whoever has seen an id of the file before has missed what came since.
                db.execute("INSERT INTO gone (up_to) VALUES (?)", (_now(),))
                db.commit()
                db.execute("PRAGMA journal_mode = WAL")
            for end in ("-wal", "-shm"):
                Path(f"{self._file}{end}").unlink(missing_ok=True)
            draft.replace(self._file)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "channels.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _on_a_sound_file(self, work: Callable[[], Result]) -> Result:
        """Do it; if the file turns out damaged, on a new one."""
        found = _identity(self._file)
        try:
            return work()
        except sqlite3.DatabaseError as error:
            if _passes(error):
                raise
            log.exception("channels begun anew")
            self._close()
            with self._alone():
                if _identity(self._file) == found:
                    self._file.unlink(missing_ok=True)
            return work()

    # Public names

    def address(self, channel: str) -> str:
        """Return the public name of a channel, which nobody else can make up."""
        mark = hashlib.blake2s(channel.encode(), key=self._key, digest_size=15)
        return f"{channel}.{base64.b32encode(mark.digest()).decode().lower()}"

    def find(self, address: str) -> str | None:
        """Return the channel of a public name that :meth:`address` gave."""
        channel, _, _ = address.partition(".")
        if not address.isascii() or not is_name(channel):
            return None
        is_ours = hmac.compare_digest(self.address(channel), address)
        return channel if is_ours else None

    @cached_property
    def _key(self) -> bytes:
        file = self.folder / "channels.key"
        with self._alone():
            with contextlib.suppress(FileNotFoundError):
                return file.read_bytes()
            key = secrets.token_bytes(32)
            draft = file.with_suffix(".new")
            draft.touch(mode=0o600)
            draft.write_bytes(key)
            draft.replace(file)
            return key


class Pipe:
    """A listener's end of a named pipe, into which publishers call."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        draft = folder / f"{name}.new"
        os.mkfifo(draft, mode=stat.S_IRUSR | stat.S_IWUSR)
        # Open for writing too: it never ends when a publisher goes away.
        self._end = os.open(draft, os.O_RDWR | os.O_NONBLOCK)
        # Under its name only now: a pipe that nobody holds open is swept away.
        self._path = draft.rename(folder / f"{name}.pipe")

    def fileno(self) -> int:
        return self._end

    def heard(self) -> None:
        """Wait anew: what was published up to now is about to be looked at."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._end, 4096):
                pass

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._end)


def _now() -> int:
    return time.time_ns() // 1000


def _span(db: sqlite3.Connection) -> Span:
    ((gone, newest),) = db.execute(
        "SELECT up_to, (SELECT max(id) FROM events) FROM gone"
    )
    return Span(gone, max(gone, newest or 0))


def _prune(db: sqlite3.Connection, kept_events: int) -> None:
    """Forget what is too old, and what is more than is kept."""
    too_old = _now() - KEPT_SECONDS * 1_000_000
    found = db.execute(
        "SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET ?", (kept_events,)
    ).fetchone()
    up_to = max(too_old, found[0] if found else 0)
    if db.execute("DELETE FROM events WHERE id <= ?", (up_to,)).rowcount:
        db.execute("UPDATE gone SET up_to = ?", (up_to,))


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _passes(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return (code & 0xFF) in _PASSING
