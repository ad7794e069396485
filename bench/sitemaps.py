"""
What sitemaps cost as the archive grows: `python -m bench.sitemaps [SIZES]`.

Fills a fresh data folder with rows of public articles, 300 a day in twelve languages,
three of each in a group of translations (SQLite; rows only, no texts), and asks for the
index, one day and the news.
"""

import os
import statistics
import sys
import tempfile
import time

SIZES = [10_000, 100_000, 1_000_000]
TURNS = 5
OK = 200
CODES = ("en", "uk", "ar", "zh-CN", "hi", "fr", "es", "de", "it", "pl", "pt", "sw")
A_DAY = 300
COLUMNS = (
    "id, article_id, uid, original_uid, language, form, purpose, date, slug, state, "
    "version_id, entry_id, headline, lede, byline, genre, urgency, published_at, "
    "updated_at"
)
ROWS = f"""
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
INSERT INTO publishing_publication ({COLUMNS})
SELECT i, i, printf('%032x', i), printf('%032x', i - i % 3),
       json_extract(:codes, '$[' || (i % 12) || ']'), 'article', '',
       date('2026-11-22', '-' || (i / {A_DAY}) || ' days'), 'piece-' || i, 'public',
       i, i, 'A headline of the usual length, number ' || i, 'A lede.', '[]', 'report',
       5, datetime('2026-11-22', '-' || (i / {A_DAY}) || ' days'),
       datetime('2026-11-22', '-' || (i / {A_DAY}) || ' days')
FROM n
"""


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        os.environ["DATELINE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings.base"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        made = 0
        for size in sizes:
            fill(made + 1, size)
            made = size
            for path in ("/sitemap.xml", "/sitemaps/2026/11/20.xml"):
                print(f"{size:>10,} {path:<28} {measure(path):>8.1f} ms")


def fill(first: int, last: int) -> None:
    import json

    from django.db import connection

    from dateline.publishing import guards
    from tests.publishing.factories import an_edition

    for code in CODES:
        an_edition(code)
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        told = {"first": first, "last": last, "codes": json.dumps(CODES)}
        # Past Django, which takes every % for a place to put something.
        cursor.connection.execute(ROWS, told)
        cursor.execute("ANALYZE")


def measure(path: str) -> float:
    """Return the median of a few requests, in milliseconds."""
    from django.test import Client

    client, times = Client(SERVER_NAME="localhost"), []
    for _ in range(TURNS):
        started = time.perf_counter()
        if client.get(path).status_code != OK:
            sys.exit(f"{path} did not answer")
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
