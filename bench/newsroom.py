"""
Newsrooms of any size to measure against, kept under `.state/bench` for the next run.

Each begins as the demonstration paper and is multiplied: its published articles, in
seven languages, are mixed anew paragraph by paragraph, with their pictures, sources,
bylines, topics, places and stories. The rows are those that the acts would have
written, except that the log is neither chained nor signed. The newest hundred thousand
have their whole text, older ones two paragraphs: no page that is measured shows them.

    python -m bench.newsroom 10_000 100_000 1_000_000
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

STATE = Path(__file__).resolve().parents[1] / ".state" / "bench"
# A newer generator makes newer newsrooms.
EDITION = 3
A_DAY = 300
WHOLE = 100_000
BLOCKS, FEW_BLOCKS = 12, 2
BATCH = 5_000
TABLES = (
    "articles_article",
    "articles_articlebyline",
    "articles_articletopic",
    "publishing_logentry",
    "publishing_version",
    "publishing_publication",
    "publishing_listing",
)
#: What of a snapshot goes with its blocks, which each article has of several others.
MIXED = {"body", "attributions", "contradictions"}
Row = dict[str, Any]


def newsroom(size: int) -> Path:
    """Return a data folder with so many public articles; make it if it is missing."""
    folder = STATE / f"newsroom-{size}-{EDITION}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        began = time.monotonic()
        shutil.copytree(demonstration(), folder)
        (folder / "made").unlink()
        multiply(folder / "dateline.sqlite3", size)
        (folder / "made").touch()
        seconds = time.monotonic() - began
        print(f"made a newsroom of {size:,} articles in {seconds:.0f} s", flush=True)
    _prepare(folder)
    return folder


def demonstration() -> Path:
    """Return a data folder with the demonstration, set up as the first start does."""
    folder = STATE / f"demonstration-{EDITION}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _prepare(folder, "--demo")
        (folder / "made").touch()
    _prepare(folder)
    return folder


def _prepare(folder: Path, *options: str) -> None:
    """Set the folder up, or bring it up to date, where the software has changed."""
    os.environ["DATELINE_DATA"] = str(folder)
    from dateline.config.serving import folder as folders
    from dateline.config.serving.fingerprint import fingerprint
    from dateline.config.settings import options as settings

    taken = folders.take(folder)
    due = fingerprint(settings.read())
    if taken.stamp.get("prepared_for") != due:
        if taken.is_new:
            taken.mark()
        command = [sys.executable, "-m", "dateline.config.serving.preparation"]
        command += [str(os.getpid()), *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.finish({"prepared_for": due})
    os.close(taken.lock)


def multiply(database: Path, size: int) -> None:
    """Add public articles until there are so many."""
    with closing(sqlite3.connect(database, isolation_level=None)) as rows:
        rows.row_factory = sqlite3.Row
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-600000"):
            rows.execute(f"PRAGMA {pragma}")
        with_them = _without_guards_and_indexes(rows)
        rows.execute("BEGIN")
        press = Press(rows, size)
        for first in range(0, press.missing, BATCH):
            press.print_batch(range(first, min(first + BATCH, press.missing)))
        press.close_books()
        rows.execute("COMMIT")
        for statement in with_them:
            rows.execute(statement)
        rows.execute("ANALYZE")
        rows.execute("PRAGMA journal_mode=WAL")


def _without_guards_and_indexes(rows: sqlite3.Connection) -> list[str]:
    """Drop what makes filling slow; return what makes it again."""
    found = rows.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND "
        f"(type = 'trigger' OR type = 'index' AND tbl_name IN {TABLES})"
    ).fetchall()
    for row in found:
        rows.execute(f'DROP {row["type"]} "{row["name"]}"')
    return [row["sql"] for row in found]


@dataclass(frozen=True)
class Base:
    """A published article of the demonstration that others are made from."""

    article: Row
    entry: Row
    version: Row
    publication: Row
    head: str
    """The snapshot's JSON up to its body, with marks for what differs."""
    lists: tuple[tuple[str, str, int], ...]
    bylines: tuple[int, ...]
    topics: tuple[int, ...]


class Press:
    """Prints articles by mixing those that the demonstration has."""

    def __init__(self, rows: sqlite3.Connection, size: int) -> None:
        self.rows = rows
        self.now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  (a bench has no clock to stop)
        self.bases = [self._base(row) for row in self._published()]
        self.missing = size - len(self.bases)
        self.first_id = {table: self._last(table) + 1 for table in TABLES}

    def _published(self) -> list[sqlite3.Row]:
        return self.rows.execute(
            "SELECT * FROM publishing_publication "
            "WHERE form = 'article' AND state = 'public' ORDER BY id"
        ).fetchall()

    def _last(self, table: str) -> int:
        key = "sequence" if table == "publishing_logentry" else "id"
        found = self.rows.execute(f"SELECT max({key}) FROM {table}").fetchone()[0]
        return int(found or 0)

    def _one(self, table: str, key: str, value: int) -> Row:
        asked = f"SELECT * FROM {table} WHERE {key} = ?"
        return dict(self.rows.execute(asked, [value]).fetchone())

    def _all(self, column: str, table: str, key: str, value: int) -> tuple[Any, ...]:
        asked = f"SELECT {column} FROM {table} WHERE {key} = ? ORDER BY id"
        return tuple(row[0] for row in self.rows.execute(asked, [value]))

    def _base(self, row: sqlite3.Row) -> Base:
        publication, article = dict(row), row["article_id"]
        version = self._one("publishing_version", "id", row["version_id"])
        content = json.loads(version["content"])
        marked = content | {"uid": "@uid", "slug": "@slug", "headline": "@headline"}
        head = {name: told for name, told in marked.items() if name not in MIXED}
        lists = self.rows.execute(
            "SELECT kind, key, weight FROM publishing_listing WHERE publication_id = ?",
            [row["id"]],
        )
        return Base(
            article=self._one("articles_article", "id", article),
            entry=self._one("publishing_logentry", "sequence", row["entry_id"]),
            version=version,
            publication=publication,
            head=_json(head)[:-1],
            lists=tuple(map(tuple, lists)),
            bylines=self._all(
                "contributor_id", "articles_articlebyline", "article_id", article
            ),
            topics=self._all(
                "topic_id", "articles_articletopic", "article_id", article
            ),
        )

    @cached_property
    def blocks(self) -> dict[str, list[tuple[str, str]]]:
        """Each language's blocks as JSON, with the attributions of their spans."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for base in self.bases:
            content = json.loads(base.version["content"])
            for block in content["body"]:
                text = _json(block)
                spans = (
                    f"{_json(span)}:{_json(told)}"
                    for span, told in content["attributions"].items()
                    if span in text
                )
                found[content["language"]].append((text, ",".join(spans)))
        return found

    def print_batch(self, numbers: range) -> None:
        made: dict[str, list[Row]] = defaultdict(list)
        for number in numbers:
            for table, row in self.printed(number):
                made[table].append(row)
        for table, rows in made.items():
            names = ", ".join(f'"{name}"' for name in rows[0])
            marks = ", ".join("?" * len(rows[0]))
            self.rows.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",
                [tuple(row.values()) for row in rows],
            )

    def printed(self, number: int) -> Iterator[tuple[str, Row]]:
        """Yield every row of one article; the last number is the newest."""
        chance = Random(number)
        base = chance.choice(self.bases)
        ago = timedelta(days=(self.missing - number) / A_DAY)
        at = _moment(self.now - ago)
        ids = {table: first + number for table, first in self.first_id.items()}
        uid, slug, headline = _named(base, number)
        article = {"id": ids["articles_article"], "uid": uid.hex, "slug": slug}
        article |= {"headline": headline, "updated_at": at, "created_at": at}
        article |= {"body": "[]", "latest_revision_id": None, "live_revision_id": None}
        yield "articles_article", base.article | article
        entry = {"sequence": ids["publishing_logentry"], "hash": f"{number:064x}"}
        entry |= {"article_id": article["id"], "recorded_at": at}
        yield "publishing_logentry", base.entry | entry
        blocks = BLOCKS if self.missing - number <= WHOLE else FEW_BLOCKS
        content = self._content(base, chance, blocks, (str(uid), slug, headline))
        version = {"id": ids["publishing_version"], "article_id": article["id"]}
        version |= {"number": 1, "act": "publish", "entry_id": entry["sequence"]}
        version |= {"content": content, "published_at": at, "redacted_by_id": None}
        yield "publishing_version", base.version | version | {"note": ""}
        publication = article | {"id": ids["publishing_publication"], "date": at[:10]}
        publication |= {"article_id": article["id"], "version_id": version["id"]}
        publication |= {"entry_id": entry["sequence"], "original_uid": uid.hex}
        publication |= {"published_at": at, "updated_at": at, "corrected_at": None}
        known = {k: v for k, v in publication.items() if k in base.publication}
        yield "publishing_publication", base.publication | known
        yield from _places(base, article["id"], publication["id"], at)

    def _content(
        self, base: Base, chance: Random, count: int, named: tuple[str, str, str]
    ) -> str:
        chosen = chance.choices(self.blocks[base.publication["language"]], k=count)
        head = base.head
        for mark, value in zip(("@uid", "@slug", "@headline"), named, strict=True):
            head = head.replace(f'"{mark}"', _json(value))
        body = ",".join(text for text, _ in chosen)
        told = ",".join({told for _, told in chosen if told})
        return f'{head},"body":[{body}],"attributions":{{{told}}}}}'

    def close_books(self) -> None:
        """Write what acts keep beside the rows: the log's head, days and sources."""
        last = self._last("publishing_logentry")
        self.rows.execute(
            "UPDATE publishing_chainhead SET sequence = ?1, "
            "hash = (SELECT hash FROM publishing_logentry WHERE sequence = ?1)",
            [last],
        )
        self.rows.execute("DELETE FROM publishing_publicday")
        self.rows.execute(
            "INSERT INTO publishing_publicday (date, articles, updated_at) "
            "SELECT date, count(*), max(updated_at) FROM publishing_publication "
            "WHERE form = 'article' AND state = 'public' GROUP BY date"
        )
        self.rows.execute("DELETE FROM publishing_publicsource")
        self.rows.execute(
            "INSERT INTO publishing_publicsource (language, key, articles, statements) "
            "SELECT language, key, count(*), sum(weight) FROM publishing_listing "
            "WHERE kind = 'source' GROUP BY language, key"
        )


def _named(base: Base, number: int) -> tuple[UUID, str, str]:
    uid = UUID(int=Random(f"uid {number}").getrandbits(128), version=4)
    slug = f"{base.publication['slug'][:70]}-{number}"
    return uid, slug, f"{base.publication['headline'][:250]} ({number})"


def _places(
    base: Base, article: int, publication: int, at: str
) -> Iterator[tuple[str, Row]]:
    """Yield where an article stands: its lists, its bylines, its topics."""
    place = {"language": base.publication["language"], "published_at": at}
    for kind, key, weight in base.lists:
        listed = {"kind": kind, "key": key, "weight": weight}
        yield "publishing_listing", place | listed | {"publication_id": publication}
    for order, who in enumerate(base.bylines):
        byline = {"sort_order": order, "article_id": article, "contributor_id": who}
        yield "articles_articlebyline", byline
    for order, topic in enumerate(base.topics):
        link = {"sort_order": order, "article_id": article, "topic_id": topic}
        yield "articles_articletopic", link


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        print(newsroom(int(asked)))
