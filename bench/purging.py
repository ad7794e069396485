"""
How long a purge takes among a million kept pages: `python -m bench.purging`.

A store with a million pages of a dozen tags each, made in bulk with the store's own
tables, is asked to purge tags that 25,000 pages carry, other ones each time: the call
that an act waits for. The bodies are short, since a purge touches none.
"""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import statistics
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.newsroom import STATE
from bench.results import Figure, at_most, write
from dateline.pagestore import rows
from dateline.pagestore.store import Store

PAGES = 1_000_000
PURGED = 25_000
TURNS = 15
OWN_TAGS = 9
BODY = 200
BATCH = 50_000
MOST_MS = 50


def main() -> None:
    folder = made()
    work = STATE / "purging"
    shutil.rmtree(work, ignore_errors=True)
    # The copy's pages are in memory afterwards, as those of an open newsroom are.
    shutil.copytree(folder, work)
    store = Store(work)
    store.prepare(epoch="")
    store.trust()
    if store.totals().pages != PAGES:
        raise SystemExit("the store did not keep its pages")
    soft = measured(store, 1, hard=False)
    hard = measured(store, 1 + TURNS, hard=True)
    store.close()
    shutil.rmtree(work)
    of = f"{PURGED:,} pages among {PAGES:,}"
    middle, worst = statistics.median(soft), max(soft)
    print(f"soft: median {middle:.1f} ms, longest {worst:.1f} ms")
    write(
        "purge",
        [
            at_most(f"purge of {of}", middle, MOST_MS, "ms"),
            Figure(what="longest of fifteen", measured=f"{worst:.1f} ms"),
            at_most(f"withdrawal of {of}", statistics.median(hard), MOST_MS, "ms"),
        ],
    )


def measured(store: Store, first: int, *, hard: bool) -> list[float]:
    times = []
    for number in range(first, first + TURNS):
        tags = [f"list:{number}", "log:head", f"article:{number}"]
        began = time.perf_counter()
        purged = store.purge(number, tags, hard=hard)
        times.append((time.perf_counter() - began) * 1000)
        if not PURGED <= purged.pages <= PURGED + 2:
            raise SystemExit(f"purged {purged.pages} pages")
    return times


def made() -> Path:
    """Return a store's folder with a million pages; make it if it is missing."""
    layout = hashlib.sha256(rows._SCHEMA.encode()).hexdigest()[:10]
    folder = STATE / f"store-{PAGES}-{layout}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        store = Store(folder)
        store.prepare(epoch="")
        store.close()
        file = next(folder.glob("pages-*.sqlite3"))
        with closing(sqlite3.connect(file)) as db:
            fill(db)
        (folder / "made").touch()
    return folder


def fill(db: sqlite3.Connection) -> None:
    began = time.monotonic()
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA cache_size = -400000")
    tagged: dict[int, list[int]] = {}
    for first in range(1, PAGES + 1, BATCH):
        numbers = range(first, first + BATCH)
        db.executemany(
            "INSERT INTO pages (id, key, status, headers, etag, begun, size, used_at, "
            "is_pressed, tags) VALUES (?, ?, 200, ?, ?, 0, ?, ?, 1, ?)",
            _pages(numbers, tagged),
        )
        bodies = ((number, os.urandom(BODY)) for number in numbers)
        db.executemany("INSERT INTO bodies (page, gzip) VALUES (?, ?)", bodies)
    pairs = ((tag, page) for tag in sorted(tagged) for page in tagged[tag])
    db.executemany("INSERT INTO page_tags VALUES (?, ?)", pairs)
    totals = [(PAGES, "pages"), (PAGES * BODY, "bytes")]
    db.executemany("UPDATE state SET value = ? WHERE name = ?", totals)
    db.commit()
    db.execute("PRAGMA journal_mode = WAL")
    print(f"made a store of {PAGES:,} pages in {time.monotonic() - began:.0f} s")


def _pages(
    numbers: range, tagged: dict[int, list[int]]
) -> Iterator[tuple[object, ...]]:
    headers = json.dumps([("content-type", "text/html; charset=utf-8")])
    for number in numbers:
        tags = sorted(rows.tag_id(tag) for tag in _tags(number))
        for tag in tags:
            tagged.setdefault(tag, []).append(number)
        key = f"/en/2026/11/22/page-{number}/"
        packed = struct.pack(f"={len(tags)}q", *tags)
        yield number, key, headers, f"{number:032x}", BODY, number, packed


def _tags(number: int) -> set[str]:
    """Return a page's tags; each `list:` is carried by 25,000 pages far apart."""
    chance = random.Random(number)
    near = {f"article:{chance.randrange(PAGES) + 10_000}" for _ in range(OWN_TAGS)}
    lists = PAGES // PURGED
    return {*near, f"list:{number % lists + 1}", "newsroom", "editions"}


if __name__ == "__main__":
    main()
