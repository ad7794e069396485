"""The store's file: its tables, and what is read and written in one transaction."""

import contextlib
import hashlib
import json
import sqlite3
import struct
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from dateline.pagestore.vocabulary import Found, Outcome, Page, Purged, Totals

LARGEST_PAGE = 2_000_000
MOST_TAGS = 5_000
MOST_ODD_ANSWERS = 1_000
"""Answers other than 200 (404, redirects) that are kept: addresses without end lead
to them."""
RECENT_PURGES = 5_000
"""A render that more purges than this overtook is not kept."""
KEYS_TOLD = 1_000
FILLED_AFTER_SWEEP = 0.9
BATCH = 500
HEADERS_SHARED = 500
WAIT_SECONDS = 5.0
_OK = 200

_SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, status INTEGER NOT NULL,
    headers TEXT NOT NULL, etag TEXT NOT NULL, expires_at REAL, begun INTEGER NOT NULL,
    size INTEGER NOT NULL, used_at INTEGER NOT NULL, tags BLOB NOT NULL,
    is_pressed INTEGER NOT NULL
);
CREATE INDEX pages_used ON pages (used_at);
CREATE INDEX pages_unpressed ON pages (used_at) WHERE NOT is_pressed;
CREATE INDEX pages_odd ON pages (used_at) WHERE status <> 200;
-- Apart from the rows above, so that those stay small and quick to walk.
CREATE TABLE bodies (page INTEGER PRIMARY KEY, plain BLOB, gzip BLOB, brotli BLOB);
CREATE TABLE page_tags (tag INTEGER, page INTEGER, PRIMARY KEY (tag, page))
    WITHOUT ROWID;
CREATE TABLE stale (page INTEGER PRIMARY KEY, purged_at REAL NOT NULL,
    is_hard INTEGER NOT NULL);
CREATE TABLE recent (tag INTEGER, number INTEGER, is_hard INTEGER NOT NULL,
    purged_at REAL NOT NULL, PRIMARY KEY (tag, number)) WITHOUT ROWID;
CREATE INDEX recent_number ON recent (number);
INSERT INTO state VALUES ('epoch', ''), ('floor', 0), ('bytes', 0), ('pages', 0);
"""
_PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE struck (page INTEGER PRIMARY KEY);
"""
# What a page may be deleted by: its number, its bytes, its tags.
Doomed = tuple[int, int, bytes]


def create(path: Path, applied: int) -> None:
    """Make an empty file, unless another process has just made it."""
    draft = path.with_name(f"{path.name}.{threading.get_native_id()}.new")
    draft.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(draft)) as db:
        db.executescript(f"PRAGMA synchronous = OFF; BEGIN; {_SCHEMA}")
        # What began to render before this file was there may be out of date.
        db.execute("UPDATE state SET value = ? WHERE name = 'floor'", (applied,))
        db.commit()
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def connect(path: Path) -> sqlite3.Connection:
    """
    Open the file, which must be there.

    :raises sqlite3.Error: it is not, or it is damaged
    """
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    db.executescript(_PRAGMAS)
    return db


def tag_id(tag: str) -> int:
    """Return the number a tag is kept under; two that meet are purged together."""
    digest = hashlib.blake2b(tag.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


# Reading


def find(db: sqlite3.Connection, key: str) -> Found | None:
    row = db.execute(
        "SELECT status, headers, etag, plain, gzip, brotli, expires_at, purged_at,"
        " is_hard FROM pages JOIN bodies ON bodies.page = pages.id"
        " LEFT JOIN stale ON stale.page = pages.id WHERE key = ?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    status, headers, etag, plain, gzip, brotli, expires_at, purged_at, is_hard = row
    if is_hard:
        return None
    page = Page(
        status=status,
        headers=_headers_of(headers),
        etag=etag,
        plain=plain,
        gzip=gzip,
        brotli=brotli,
        expires_at=expires_at,
    )
    if purged_at is None and expires_at is not None and expires_at <= time.time():
        purged_at = expires_at
    return Found(page, purged_at)


@lru_cache(HEADERS_SHARED)
def _headers_of(told: str) -> tuple[tuple[str, str], ...]:
    # Pages by the thousand have the same headers: in memory they share them.
    return tuple((name, value) for name, value in json.loads(told))


def totals(db: sqlite3.Connection) -> Totals:
    row = db.execute(
        "SELECT (SELECT value FROM state WHERE name = 'pages'),"
        " (SELECT value FROM state WHERE name = 'bytes'),"
        " (SELECT count(*) FROM stale)"
    ).fetchone()
    return Totals(*row)


def epoch(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM state WHERE name = 'epoch'").fetchone()
    return str(row[0])


def begin_epoch(db: sqlite3.Connection, name: str) -> None:
    db.execute("UPDATE state SET value = ? WHERE name = 'epoch'", (name,))


def without_brotli(db: sqlite3.Connection, limit: int) -> list[tuple[str, str, bytes]]:
    return db.execute(
        "SELECT key, etag, gzip FROM pages JOIN bodies ON page = id"
        " WHERE NOT is_pressed AND id NOT IN (SELECT page FROM stale)"
        " ORDER BY used_at DESC LIMIT ?",
        (limit,),
    ).fetchall()


# Keeping


def keep(
    db: sqlite3.Connection, key: str, page: Page, tags: Collection[str], begun: int
) -> Outcome:
    tag_ids = sorted({tag_id(tag) for tag in tags})
    outcome, purged_at = _overtaken(db, tag_ids, begun)
    if outcome is Outcome.WITHDRAWN:
        return outcome
    if page.size > LARGEST_PAGE or len(tags) > MOST_TAGS:
        return Outcome.NOT_KEPT
    old = db.execute(
        "SELECT id, begun, size, tags FROM pages WHERE key = ?", (key,)
    ).fetchone()
    if old and old[1] > begun:
        return outcome
    if old is None and page.status != _OK:
        _make_room_for_odd(db)
    number = _write_row(db, key, page, begun, old and old[0])
    _write_tags(db, number, tag_ids, _unpacked(old[3]) if old else ())
    _write_state(db, number, page, purged_at)
    _count(db, pages=int(old is None), size=page.size - (old[2] if old else 0))
    return outcome


def _overtaken(
    db: sqlite3.Connection, tags: list[int], begun: int
) -> tuple[Outcome, float | None]:
    floor = db.execute("SELECT value FROM state WHERE name = 'floor'").fetchone()[0]
    if begun < floor:
        # What was purged meanwhile is not known any more: it may have been withdrawn.
        return Outcome.WITHDRAWN, None
    newest = db.execute("SELECT max(number) FROM recent").fetchone()[0]
    if newest is None or newest <= begun:
        return Outcome.KEPT, None
    is_hard, purged_at = db.execute(
        "SELECT max(is_hard), min(purged_at) FROM recent WHERE number > ?"
        " AND tag IN (SELECT value FROM json_each(?))",
        (begun, _listed(tags)),
    ).fetchone()
    if is_hard:
        return Outcome.WITHDRAWN, None
    return (Outcome.OUTDATED if purged_at else Outcome.KEPT), purged_at


def _write_row(
    db: sqlite3.Connection, key: str, page: Page, begun: int, old: int | None
) -> int:
    values = (
        page.status,
        json.dumps(page.headers),
        page.etag,
        page.expires_at,
        begun,
        page.size,
        int(time.time()),
        page.gzip is None or page.brotli is not None or page.status != _OK,
    )
    if old is not None:
        db.execute(
            "UPDATE pages SET status = ?, headers = ?, etag = ?, expires_at = ?,"
            " begun = ?, size = ?, used_at = ?, is_pressed = ? WHERE id = ?",
            (*values, old),
        )
        return old
    row = db.execute(
        "INSERT INTO pages (key, status, headers, etag, expires_at, begun, size,"
        " used_at, is_pressed, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')"
        " RETURNING id",
        (key, *values),
    ).fetchone()
    return int(row[0])


def _write_tags(
    db: sqlite3.Connection, number: int, tags: list[int], before: Sequence[int]
) -> None:
    if tuple(tags) == tuple(before):
        return
    packed = struct.pack(f"={len(tags)}q", *tags)
    db.execute("UPDATE pages SET tags = ? WHERE id = ?", (packed, number))
    db.executemany(
        "DELETE FROM page_tags WHERE tag = ? AND page = ?",
        [(tag, number) for tag in set(before) - set(tags)],
    )
    db.executemany(
        "INSERT INTO page_tags VALUES (?, ?)",
        [(tag, number) for tag in sorted(set(tags) - set(before))],
    )


def _write_state(
    db: sqlite3.Connection, number: int, page: Page, purged_at: float | None
) -> None:
    db.execute(
        "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)",
        (number, page.plain, page.gzip, page.brotli),
    )
    if purged_at is None:
        db.execute("DELETE FROM stale WHERE page = ?", (number,))
    else:
        db.execute("INSERT OR REPLACE INTO stale VALUES (?, ?, 0)", (number, purged_at))


def add_brotli(db: sqlite3.Connection, key: str, etag: str, body: bytes) -> bool:
    row = db.execute(
        "UPDATE pages SET size = size + ?, is_pressed = 1"
        " WHERE key = ? AND etag = ? AND NOT is_pressed RETURNING id",
        (len(body), key, etag),
    ).fetchone()
    if row is None:
        return False
    db.execute("UPDATE bodies SET brotli = ? WHERE page = ?", (body, row[0]))
    _count(db, pages=0, size=len(body))
    return True


# Purging


def purge(
    db: sqlite3.Connection, number: int, tags: Collection[str], *, hard: bool
) -> Purged:
    tag_ids = sorted({tag_id(tag) for tag in tags})
    db.execute("DELETE FROM struck")
    db.execute(
        "INSERT OR IGNORE INTO struck SELECT page FROM page_tags"
        " WHERE tag IN (SELECT value FROM json_each(?)) ORDER BY page",
        (_listed(tag_ids),),
    )
    now = time.time()
    db.execute(
        "INSERT INTO stale SELECT page, ?, ? FROM struck WHERE true"
        " ON CONFLICT (page) DO UPDATE SET is_hard = is_hard OR excluded.is_hard",
        (now, hard),
    )
    db.executemany(
        "INSERT OR REPLACE INTO recent VALUES (?, ?, ?, ?)",
        [(tag, number, hard, now) for tag in tag_ids],
    )
    if number % BATCH == 0:
        _forget_purges(db, number - RECENT_PURGES)
    pages = db.execute("SELECT count(*) FROM struck").fetchone()[0]
    keys = db.execute(
        "SELECT key FROM struck CROSS JOIN pages ON id = page LIMIT ?", (KEYS_TOLD,)
    ).fetchall()
    return Purged(pages, tuple(key for (key,) in keys))


def _forget_purges(db: sqlite3.Connection, number: int) -> None:
    db.execute("DELETE FROM recent WHERE number <= ?", (number,))
    db.execute("UPDATE state SET value = max(value, ?) WHERE name = 'floor'", (number,))


# Keeping house


def sweep(db: sqlite3.Connection, largest_bytes: int) -> int:
    """Delete some of what is withdrawn or too much; return how many pages."""
    doomed: list[Doomed] = db.execute(
        "SELECT id, size, tags FROM stale JOIN pages ON id = page"
        " WHERE is_hard LIMIT ?",
        (BATCH,),
    ).fetchall()
    if not doomed:
        doomed = _least_used(db, largest_bytes)
    _delete(db, doomed)
    return len(doomed)


def _least_used(db: sqlite3.Connection, largest_bytes: int) -> list[Doomed]:
    kept = totals(db).bytes
    if kept <= largest_bytes:
        return []
    excess = kept - largest_bytes * FILLED_AFTER_SWEEP
    doomed: list[Doomed] = []
    for row in db.execute(
        "SELECT id, size, tags FROM pages ORDER BY used_at LIMIT ?", (BATCH,)
    ):
        if excess <= 0:
            break
        doomed.append(row)
        excess -= row[1]
    return doomed


def _make_room_for_odd(db: sqlite3.Connection) -> None:
    count = db.execute("SELECT count(*) FROM pages WHERE status <> 200").fetchone()[0]
    if count >= MOST_ODD_ANSWERS:
        doomed = db.execute(
            "SELECT id, size, tags FROM pages WHERE status <> 200 ORDER BY used_at"
            " LIMIT ?",
            (count - MOST_ODD_ANSWERS + 1,),
        ).fetchall()
        _delete(db, doomed)


def _delete(db: sqlite3.Connection, doomed: list[Doomed]) -> None:
    numbers = [(number,) for number, _, _ in doomed]
    db.executemany("DELETE FROM bodies WHERE page = ?", numbers)
    db.executemany("DELETE FROM stale WHERE page = ?", numbers)
    db.executemany("DELETE FROM pages WHERE id = ?", numbers)
    db.executemany(
        "DELETE FROM page_tags WHERE tag = ? AND page = ?",
        [(tag, number) for number, _, packed in doomed for tag in _unpacked(packed)],
    )
    _count(db, pages=-len(doomed), size=-sum(size for _, size, _ in doomed))


def _count(db: sqlite3.Connection, *, pages: int, size: int) -> None:
    db.executemany(
        "UPDATE state SET value = value + ? WHERE name = ?",
        [(pages, "pages"), (size, "bytes")],
    )


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"={len(packed) // 8}q", packed)


def _listed(numbers: Iterable[int]) -> str:
    return json.dumps(list(numbers))
