"""
Pages on disk with the tags of what they read, in one SQLite file.

Any process of the house may open the store, and each thread has a connection of its
own. The file may be lost or damaged at any time: it is then abandoned for a new one,
and pages are rendered again. What may never be lost is a purge: where one cannot
be applied, the whole file is abandoned instead.

A crash of the machine may lose what was written last. Every start of the machine
therefore begins with an empty store, and nothing here waits for the disk.
"""

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from dateline.pagestore import rows
from dateline.pagestore.shared import Shared
from dateline.pagestore.vocabulary import Found, Outcome, Page, Purged, Totals

log = logging.getLogger(__name__)
Value = TypeVar("Value")
RENDERING = "renders"
# Troubles that pass, by SQLite's result codes; any other means a damaged file.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_NOMEM,
}


class Store:
    """
    The pages of one house.

    `largest_bytes` bounds what :meth:`sweep` leaves: the least used go first.
    """

    def __init__(self, folder: Path, *, largest_bytes: int = 1 << 30) -> None:
        self.folder = folder
        self.largest_bytes = largest_bytes
        self.shared = Shared(folder)
        self._opened = threading.local()
        self._counting = threading.Lock()
        self._counts: tuple[Shared, memoryview[int]] | None = None

    # Counting

    def note_render(self) -> None:
        """Count a page that this process has rendered."""
        with self._counting:
            if self._counts is None or self._counts[0] is not self.shared:
                self._counts = self.shared, self.shared.counters(RENDERING)
            self._counts[1][0] += 1

    def renders(self) -> int:
        """Return how many pages were rendered, by whatever process."""
        return sum(words[0] for words in self.shared.counted(RENDERING))

    # Reading

    @property
    def generation(self) -> int:
        """A number that stays the same, and even, while nothing is purged."""
        return self.shared.generation

    def find(self, key: str) -> Found | None:
        """
        Return the page under a key, stale or not; None if nobody may see one.

        Who keeps it in memory reads :attr:`generation` before this call.
        """
        if not self.shared.is_trusted:
            return None
        return self._reading(lambda db: rows.find(db, key))

    def totals(self) -> Totals:
        """Return how much the store holds."""
        return self._reading(rows.totals) or Totals(0, 0, 0)

    # Keeping

    def begin(self) -> int:
        """Return what :meth:`keep` wants to know: taken before the first read."""
        self.look()
        return self.shared.applied

    def keep(
        self, key: str, page: Page, tags: Collection[str], *, begun: int
    ) -> Outcome:
        """
        Keep a page, unless something that it read has been purged since `begun`.

        A page that nothing overtook is fresh. One that was overtaken is kept as a
        stale one where there is none newer. One that read what was withdrawn must
        not be shown: the caller renders again.
        """
        outcome = self._writing(lambda db: rows.keep(db, key, page, tags, begun))
        return Outcome.NOT_KEPT if outcome is None else outcome

    def without_brotli(self, limit: int) -> list[tuple[str, str, bytes]]:
        """Return key, ETag and gzip form of fresh pages that lack the Brotli form."""
        return self._reading(lambda db: rows.without_brotli(db, limit)) or []

    def add_brotli(self, key: str, etag: str, body: bytes) -> bool:
        """
        Add a further form to a page, if it is still the same.

        Nobody is told: who has the page in memory looks again before long.
        """
        return bool(self._writing(lambda db: rows.add_brotli(db, key, etag, body)))

    def touch(self, keys: Iterable[str]) -> None:
        """Note that these were asked for: what is not goes first."""
        used = [(int(time.time()), key) for key in keys]
        statement = "UPDATE pages SET used_at = ? WHERE key = ?"
        self._writing(lambda db: db.executemany(statement, used).rowcount)

    # Purging

    def applied(self) -> int:
        """Return the number of the last purge that was applied."""
        self.look()
        return self.shared.applied

    def purge(self, number: int, tags: Collection[str], *, hard: bool) -> Purged:
        """
        Make every page that read one of these tags stale, or withdraw it.

        When this returns, no process serves a page that it withdrew, and every
        process knows what is stale. `number` is the purge's place in the order of
        the acts; the same purge may come twice.
        """
        self.look()
        with self.shared.changing():
            try:
                with self._transaction() as db:
                    purged = rows.purge(db, number, tags, hard=hard)
            except (sqlite3.Error, OSError) as error:
                # A page that could not be purged must not be served: begin anew.
                log.exception("page store abandoned", extra={"why": str(error)})
                self.shared.abandon()
                purged = Purged(0, ())
            self.shared.applied = max(number, self.shared.applied)
        return purged

    def start_at(self, number: int) -> None:
        """Begin anew after purges up to `number`: no page is older than those."""
        self.look()
        with self.shared.changing():
            self.shared.applied = number
            self.shared.abandon()

    def prepare(self, epoch: str) -> None:
        """
        Open the house: pages of another epoch go, and none is served yet.

        `epoch` names all that pages are made by (the software, its settings). A stop
        may have left purges over: :meth:`trust` says that they have been applied.
        """
        self.look()
        self.shared.is_trusted = False
        epoch = f"{_boot()} {epoch}"
        if self._reading(rows.epoch) != epoch:
            with self.shared.changing():
                self.shared.abandon()
            self._writing(lambda db: rows.begin_epoch(db, epoch))

    def trust(self) -> None:
        """Allow pages to be served: every purge is applied."""
        self.shared.is_trusted = True

    # Keeping house

    def sweep(self) -> int:
        """Delete what is withdrawn, and what is too much; return how many pages."""
        swept = 0
        while batch := self._writing(lambda db: rows.sweep(db, self.largest_bytes)):
            swept += batch
        current = self._path.name
        for path in self.folder.glob("pages-*.sqlite3*"):
            if not path.name.startswith(current):
                path.unlink(missing_ok=True)
        return swept

    def look(self) -> None:
        """Make sure that the shared numbers are those of the others still."""
        if self.shared.is_lost:
            self.shared = Shared(self.folder)

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._opened, "path", None) is not None:
            self._opened.path = None
            self._opened.db.close()

    # The file

    @property
    def _path(self) -> Path:
        return self.folder / f"pages-{self.shared.incarnation}.sqlite3"

    def _connection(self) -> sqlite3.Connection:
        path = self._path
        if getattr(self._opened, "path", None) != path:
            self.close()
            self._create_if_new(path)
            self._opened.db = rows.connect(path)
            self._opened.path = path
        db: sqlite3.Connection = self._opened.db
        return db

    def _create_if_new(self, path: Path) -> None:
        incarnation = self.shared.incarnation
        if not self.shared.is_created and path == self._path:
            rows.create(path, self.shared.applied)
            # A file that goes from now on was lost: whoever has it open would go on
            # with it, so it is never made again under the same name.
            self.shared.note_created(incarnation)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise

    def _reading(self, read: Callable[[sqlite3.Connection], Value]) -> Value | None:
        incarnation = self.shared.incarnation
        try:
            return read(self._connection())
        except (sqlite3.Error, OSError) as error:
            self._go_on_without(error, incarnation)
            return None

    def _writing(self, write: Callable[[sqlite3.Connection], Value]) -> Value | None:
        self.look()
        incarnation = self.shared.incarnation
        try:
            with self._transaction() as db:
                return write(db)
        except (sqlite3.Error, OSError) as error:
            self._go_on_without(error, incarnation)
            return None

    def _go_on_without(self, error: Exception, incarnation: int) -> None:
        """Leave a file that is busy or full as it is, and abandon a damaged one."""
        log.warning("page store failed", extra={"why": str(error)})
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_FULL)
        if code & 0xFF not in _PASSING:
            self.shared.abandon_damaged(incarnation)


def _boot() -> str:
    """Name this start of the machine; what was written before it may be damaged."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
