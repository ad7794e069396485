"""
How long "where used" takes: `python -m bench.where_used [ARTICLES] [EACH]`.

Fills a fresh data folder with 200,000 articles of 20 attributions each: one source
has a quarter of everything, forty share another, the others are rare. Prints the
median and the worst of wall time in milliseconds, CPU time, and the queries, for
the reads of the source desk and for its pages through Django's test client. A third
argument keeps and reuses a data folder.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.acts import fill

ARTICLES, EACH = 200_000, 20
TURNS = 15
COMMON, RARE = 40, 2_000
BATCH, NEWEST = 20_000, 500
OK = 200
LETTERS = str.maketrans("0123456789", "abcdefghij")
WORDS = "The board closed a berth on Monday, its chair said. " * 3


def main(number: int, each: int, folder: Path) -> None:
    os.environ["DATELINE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings.base"
    os.environ["DATELINE_LOG_LEVEL"] = "error"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    from dateline.articles.models import Article, Attribution

    if not Attribution.objects.exists():
        fill(0, number)
        _attribute(each)
        _give_words(each)
    print(f"{Article.objects.count():,} articles")
    print(f"{Attribution.objects.count():,} attributions")
    _measure()


def _attribute(each: int) -> None:
    from django.db import connection

    from dateline.articles.models import Article, Attribution
    from dateline.plumbing import clock
    from dateline.sources.models import Source

    names = ["The wire", *(f"Body {n}" for n in range(COMMON + RARE))]
    Source.objects.bulk_create(Source(name=name) for name in names)
    keys = list(Source.objects.order_by("pk").values_list("pk", flat=True))
    chance = random.Random(20261122)
    weights = [1.0, *[1.0 / COMMON] * COMMON, *[2.0 / RARE] * RARE]
    now = clock.now()
    rows: list[Attribution] = []
    for article in Article.objects.order_by("pk").values_list("pk", flat=True):
        chosen = chance.choices(keys, weights, k=each)
        rows += [
            Attribution(
                article_id=article, span=f"s{place}", source_id=key, attributed_at=now
            )
            for place, key in enumerate(chosen)
        ]
        if len(rows) >= BATCH:
            Attribution.objects.bulk_create(rows, batch_size=2_000)
            rows = []
    Attribution.objects.bulk_create(rows, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _give_words(each: int) -> None:
    """Have the newest articles, which the pages show, say what is laid to sources."""
    from dateline.articles.models import Article
    from dateline.publishing.models import Version

    for article in Article.objects.order_by("-pk")[:NEWEST]:
        rows = list(article.attributions.order_by("pk")[:each])
        for row in rows:
            row.span = f"{row.pk:012d}".translate(LETTERS)
            row.save(update_fields=["span"])
        body = [
            {
                "type": "paragraph",
                "value": f'<p><span data-span="{row.span}">{WORDS}</span></p>',
            }
            for row in rows
        ]
        article.body = body
        article.save(update_fields=["body"])
        version = Version.objects.get(article=article)
        version.content |= {
            "body": body,
            "attributions": {
                row.span: {"source": {"id": row.source_id}} for row in rows
            },
        }
        version.save(update_fields=["content"])


def _measure() -> None:
    from django.test import Client

    from dateline.desk import ledger
    from dateline.people.models import User
    from dateline.sources.models import Source

    wire = Source.objects.get(name="The wire")
    body = Source.objects.get(name="Body 3")
    rare = Source.objects.get(name=f"Body {COMMON + RARE - 1}")
    desk = Client(SERVER_NAME="localhost")
    user = User.objects.get(username="editor")
    desk.force_login(user)
    print(f"{'asked':<44} {'median':>8} {'worst':>8} {'CPU':>8} queries")
    for source in (wire, body, rare):
        _time(f"where used, {source}", lambda s=source: ledger.where_used(s))
        _time(
            f"published from, {source}",
            lambda s=source: ledger.where_used(s, is_public=True),
        )
        _time(f"page, {source}", lambda s=source: _opened(desk, f"{s.pk}/"))
    _time(
        "where used, the wire, half way",
        lambda: ledger.where_used(wire, before=ARTICLES // 2),
    )
    _time("list of sources", lambda: _opened(desk, ""))
    _time("list, found", lambda: _opened(desk, "?q=body+3"))
    _time("report, a month", lambda: _opened(desk, "report/"))


def _opened(desk: Any, page: str) -> None:
    assert desk.get(f"/desk/sources/{page}").status_code == OK, page


def _time(name: str, ask: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    # The next request empties what was captured.
    queries = len(asked)
    walls, cpus = [], []
    for _ in range(TURNS):
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    middle, worst = statistics.median(walls), max(walls)
    figures = f"{middle:>8.1f} {worst:>8.1f} {statistics.median(cpus):>8.1f}"
    print(f"{name:<44} {figures} {queries:>7}")


if __name__ == "__main__":
    given = sys.argv[1:]
    numbers = [int(figure) for figure in given[:2]]
    many, each_one = [*numbers, *(ARTICLES, EACH)[len(numbers) :]]
    if kept := given[2:]:
        main(many, each_one, Path(kept[0]))
    else:
        with tempfile.TemporaryDirectory(prefix="dateline-bench-") as made:
            main(many, each_one, Path(made))
