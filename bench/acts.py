"""
What an act at the door costs as the archive grows: `python -m bench.acts [SIZES]`.

Fills a fresh data folder with public articles (10,000, then 100,000, … by
default), then publishes, updates, corrects and kills new ones among them, and
reads the newest of a section. Prints medians of wall and CPU time.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.articles.models import Article

SIZES = [1_000, 10_000, 100_000]
TURNS = 15


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        os.environ["DATELINE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings.base"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        print(f"{'articles':>10} {'act':<22} {'median ms':>10} {'CPU ms':>8} queries")
        made = 0
        for size in sizes:
            fill(made, size)
            made = size
            for name, (wall, cpu, queries) in measure().items():
                times = f"{wall:>10.1f} {cpu:>8.1f}"
                print(f"{size:>10,} {name:<22} {times} {queries:>8}")


def fill(start: int, end: int) -> None:
    """Make public articles in bulk, with the rows that the acts would have written."""
    from django.db import connection

    from dateline.articles.models import Article
    from dateline.publishing import guards

    guards.remove(connection)
    for first in range(start, end, 5_000):
        _fill_batch(range(first, min(first + 5_000, end)))
    Article.objects.filter(publication__isnull=False, live=False).update(live=True)
    guards.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill_batch(numbers: range) -> None:
    from django.db import transaction

    from dateline.articles.models import Article
    from dateline.plumbing import clock
    from dateline.publishing.models import (
        ChainHead,
        Listing,
        LogEntry,
        Publication,
        Version,
    )
    from dateline.publishing.snapshots import snapshot
    from tests.publishing.factories import a_section, an_edition, an_editor, paragraphs

    an_edition()
    editor, now = an_editor(), clock.now()
    head = ChainHead.objects.filter(id=1).first()
    told = head.sequence if head else 0
    sections = [a_section(slug) for slug in ("harbour", "council", "sport", "culture")]
    body = paragraphs(*["The board closed a berth on Monday, its chair said. " * 4] * 8)
    with transaction.atomic():
        articles = [
            Article(
                language="en",
                headline=f"Berth {n} closes",
                lede="A lede.",
                body=body,
                section=sections[n % 4],
                slug=f"berth-{n}",
                created_by=editor,
            )
            for n in numbers
        ]
        Article.objects.bulk_create(articles, batch_size=500)
        content = snapshot(Article.objects.get(pk=articles[0].pk))
        entries = [
            LogEntry(
                sequence=told + n - numbers[0] + 1,
                act="publish",
                recorded_at=now,
                article=article,
                actor=editor,
                payload={},
                previous_hash="",
                hash=uuid4().hex * 2,
                signature="",
            )
            for n, article in zip(numbers, articles, strict=True)
        ]
        LogEntry.objects.bulk_create(entries, batch_size=500)
        versions = [
            Version(
                article=article,
                number=1,
                act="publish",
                entry=entry,
                content=content,
                content_hash="",
                nonce="",
                published_at=now,
            )
            for article, entry in zip(articles, entries, strict=True)
        ]
        Version.objects.bulk_create(versions, batch_size=500)
        publications = [
            Publication(
                article=article,
                uid=article.uid,
                original_uid=article.uid,
                language="en",
                form="article",
                date=(now - timedelta(minutes=20 * n)).date(),
                slug=article.slug,
                version=version,
                entry=entry,
                headline=article.headline,
                genre="report",
                section=article.section,
                updated_at=now,
                published_at=now - timedelta(minutes=20 * n),
            )
            for n, article, version, entry in zip(
                numbers, articles, versions, entries, strict=True
            )
        ]
        Publication.objects.bulk_create(publications, batch_size=500)
        Listing.objects.bulk_create(
            (
                Listing(
                    language="en",
                    kind=kind,
                    key=key,
                    publication=row,
                    published_at=row.published_at,
                )
                for row in publications
                for kind, key in (("latest", ""), ("section", row.section.slug))
            ),
            batch_size=2_000,
        )
        ChainHead.objects.update_or_create(
            id=1, defaults={"sequence": entries[-1].sequence, "hash": entries[-1].hash}
        )


def measure() -> dict[str, tuple[float, float, int]]:
    from dateline.publishing import actions, queries
    from dateline.publishing.vocabulary import ListKind
    from tests.publishing.factories import a_draft, an_editor, redraft
    from tests.publishing.policies import begin_on_paper

    begin_on_paper()
    editor, figures = an_editor(), {}
    drafts = [a_draft(slug=f"bench-{uuid4().hex}") for _ in range(TURNS)]
    figures["save a draft"] = timed(
        drafts, lambda it: redraft(it, lede="Another lede.")
    )
    figures["publish"] = timed(
        drafts, lambda it: actions.publish_article(it, by=editor)
    )
    for it in drafts:
        redraft(it, lede="A newer lede.")
    figures["update"] = timed(drafts, lambda it: actions.update_article(it, by=editor))
    for it in drafts:
        redraft(it, lede="The newest lede.")
    text = "An earlier version had an older lede."
    figures["correct"] = timed(
        drafts, lambda it: actions.correct_article(it, by=editor, text=text)
    )
    figures["newest of a section"] = timed(
        drafts,
        lambda _: queries.newest("en", ListKind.SECTION, "harbour", limit=30),
    )
    figures["kill"] = timed(
        drafts,
        lambda it: actions.kill_article(it, by=editor, desk="Desk", reason=text),
    )
    return figures


def timed(
    drafts: list["Article"], act: "Callable[[Article], object]"
) -> tuple[float, float, int]:
    """Return median wall and CPU milliseconds, and the queries of the last turn."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    wall, cpu = [], []
    for draft in drafts[:-1]:
        began, spent = time.perf_counter(), time.process_time()
        act(draft)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
    with CaptureQueriesContext(connection) as counted:
        act(drafts[-1])
    return statistics.median(wall) * 1000, statistics.median(cpu) * 1000, len(counted)


if __name__ == "__main__":
    main([int(size.replace("_", "")) for size in sys.argv[1:]] or SIZES)
