"""
What it costs to render each kind of page: `python -m bench.misses [SIZE]`.

Asks the WSGI application itself, without a server, for pages that nobody has asked for
before, and prints medians of CPU time and of queries. `--profile KIND` shows where
the time of one kind goes.
"""

import cProfile
import io
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from bench.newsroom import newsroom
from bench.results import Figure, at_most, write

SIZE = 100_000
TURNS, UNCOUNTED = 45, 5
MOST_MS, MOST_QUERIES = 15, 12
LANGUAGES = ("en", "uk", "ar", "zh-CN", "hi", "fr", "es")


def measure_all(size: int = SIZE) -> None:
    application = open_application(newsroom(size))
    print(f"{'page':<14} {'CPU ms':>8} {'least':>8} {'worst':>8} queries {'bytes':>9}")
    figures = []
    for kind, paths in pages().items():
        rows = measure(application, list(islice(paths, TURNS)))
        cpu, queries, size = (statistics.median(row) for row in zip(*rows, strict=True))
        least, worst = min(rows)[0], max(rows)[0]
        times = f"{cpu:>8.1f} {least:>8.1f} {worst:>8.1f}"
        print(f"{kind:<14} {times} {queries:>7.0f} {size:>9,.0f}")
        figures += told(kind, cpu, max(row[1] for row in rows))
    write("miss", figures)


def told(kind: str, cpu: float, queries: int) -> list[Figure]:
    if kind == "article":
        return [
            at_most(
                f"a miss of an article, {SIZE:,} articles, CPU", cpu, MOST_MS, "ms"
            ),
            at_most("a miss of an article, most queries", queries, MOST_QUERIES),
        ]
    return [Figure(what=f"{kind}", measured=f"{cpu:.1f} ms CPU, {queries} queries")]


def show_profile(kind: str) -> None:
    application = open_application(newsroom(SIZE))
    paths = list(islice(pages()[kind], TURNS))
    measure(application, paths)
    with cProfile.Profile() as seen:
        for path in paths:
            fetch(application, path)
    stats = pstats.Stats(seen)
    stats.sort_stats("cumulative").print_stats(70)
    stats.sort_stats("tottime").print_stats(40)


def open_application(folder: Path) -> Callable[..., Any]:
    os.environ["DATELINE_DATA"] = str(folder)
    os.environ["DATELINE_LOG_LEVEL"] = "error"
    from dateline.config.wsgi import application
    from dateline.pagestore.opened import page_store

    if store := page_store():
        # An open newsroom may have left pages: none of them is served from here on.
        store.prepare(epoch="misses")
    return application


def pages() -> dict[str, Iterator[str]]:
    """Return the addresses of each kind of page."""
    from dateline.publishing.models import Listing, Publication

    newest = Publication.objects.filter(form="article", state="public")
    articles = (row.path for row in newest.order_by("-id")[5:1005])
    days = newest.order_by("-date").values_list("date", flat=True).distinct()

    def listed(kind: str, folder: str) -> list[str]:
        rows = Listing.objects.filter(kind=kind).order_by("-id")[:3000]
        found = dict.fromkeys((row.language, row.key) for row in rows)
        return [
            f"/{code}/{folder}/{key.removeprefix('medtop:')}/" for code, key in found
        ]

    fronts = [f"/{code}/" for code in LANGUAGES]
    return {
        "article": articles,
        "front": again(fronts),
        "section": again(listed("section", "sections")),
        "topic": again(listed("topic", "topics")),
        "contributor": again(listed("contributor", "by")),
        "feed": again([f"{front}feed.rss" for front in fronts]),
        "atom": again([f"{front}feed.atom" for front in fronts]),
        "json feed": again([f"{front}feed.json" for front in fronts]),
        "sitemap": again(["/sitemap.xml"]),
        "sitemap of day": again([f"/sitemaps/{d:%Y/%m/%d}.xml" for d in days[1:40]]),
        "news sitemap": again([f"/sitemaps/news/{code}.xml" for code in LANGUAGES]),
        "missing": (f"/en/2026/11/20/no-such-{n}/" for n in range(1000)),
    }


def again(paths: list[str]) -> Iterator[str]:
    while True:
        yield from paths


def measure(
    application: Callable[..., Any], paths: list[str]
) -> list[tuple[float, int, int]]:
    """Return CPU milliseconds, queries and bytes of each, past the first few."""
    return [ask(application, path) for path in paths][UNCOUNTED:]


def ask(application: Callable[..., Any], path: str) -> tuple[float, int, int]:
    from django.db import connection

    asked = []

    def note(execute: Any, statement: str, *rest: Any) -> Any:
        asked.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(note):
        began = time.process_time()
        size = fetch(application, path)
        spent = (time.process_time() - began) * 1000
    return spent, len(asked), size


def fetch(application: Callable[..., Any], path: str) -> int:
    from wsgiref.util import setup_testing_defaults

    environ: dict[str, Any] = {"PATH_INFO": path, "HTTP_HOST": "localhost"}
    environ |= {"HTTP_ACCEPT_ENCODING": "gzip", "wsgi.input": io.BytesIO()}
    setup_testing_defaults(environ)
    told: list[str] = []
    answer = application(environ, lambda status, _headers: told.append(status))
    with closing(answer):
        size = sum(map(len, answer))
    if not told[0].startswith(("200", "404")):
        sys.exit(f"{path} answered {told[0]}")
    return size


if __name__ == "__main__":
    if "--profile" in sys.argv:
        show_profile(sys.argv[-1])
    else:
        measure_all(int(sys.argv[1]) if sys.argv[1:] else SIZE)
