"""
How quick the desk's list of articles is: `python -m bench.desk_listing [NUMBER]`.

Fills a fresh data folder with 100,000 articles (97 of 100 public, a tenth of them
in Ukrainian, drafts in every state) and asks for the list through Django's test
client, plain, searched and by each filter. Prints the median of wall and CPU time
in milliseconds, and the number of queries. A second argument keeps and reuses a
data folder.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.acts import fill

NUMBER = 100_000
TURNS = 7
FEW, RARE = 3, 4
ASKED = {
    "plain": "",
    "page 3": "?p=3",
    "search, found at once": "?q=closes",
    "search, one article": "?q=berth+4711+closes",
    "search, none": "?q=unheard+of",
    "search, Cyrillic, none": "?q=невідоме",
    "search, Cyrillic, other case": "?q=ПРИЧАЛ+4711",
    "standing pages": "?form=standing",
    "section": "?section=1",
    "language": "?language=uk",
    "byline of 25,000": "?byline=city",
    "byline of 3": "?byline=rare",
    "section, language and search": "?section=2&language=uk&q=закрито",
    **{
        f"state {name}": f"?standing={name}"
        for name in (
            "draft",
            "in-review",
            "returned",
            "scheduled",
            "published",
            "changed",
            "killed",
            "spiked",
        )
    },
}


def main(number: int, folder: Path) -> None:
    os.environ["DATELINE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings.base"
    os.environ["DATELINE_LOG_LEVEL"] = "error"
    import django
    from django.core.management import call_command

    django.setup()
    from dateline.articles.models import Article

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not Article.objects.exists():
        fill(0, number)
        diversify()
    measure()


def diversify() -> None:
    """Give the articles bylines, times, languages and states."""
    from django.db import connection

    from dateline.articles.models import Article, ArticleByline
    from dateline.people.models import Contributor
    from tests.publishing.factories import an_edition

    an_edition("uk")
    desks = [
        Contributor.objects.create(slug=slug, name=name, kind="desk")
        for slug, name in (
            ("city", "City desk"),
            ("sea", "Sea desk"),
            ("night", "Night desk"),
            ("press", "Press desk"),
            ("rare", "Rare desk"),
        )
    ]
    ArticleByline.objects.bulk_create(
        (
            ArticleByline(
                article_id=pk, contributor=desks[RARE if pk <= FEW else pk % RARE]
            )
            for pk in Article.objects.values_list("pk", flat=True)
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET "
            "updated_at = "
            "datetime('2026-11-01', '-' || (id * 17 % 400000) || ' minutes')"
        )
        cursor.execute(
            "UPDATE articles_article SET language = 'uk', "
            "headline = 'Причал ' || id || ' закрито' WHERE id % 10 = 1"
        )
        cursor.execute(
            "UPDATE articles_article SET has_unpublished_changes = 1 "
            "WHERE id % 5000 = 7"
        )
    add_drafts()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def add_drafts() -> None:
    """Add drafts, spiked ones, reviews and schedules: three articles in a hundred."""
    from dateline.articles.models import Article
    from dateline.plumbing import clock
    from dateline.publishing.models import LogEntry, Publication, Schedule
    from tests.publishing.factories import an_editor

    editor, now = an_editor(), clock.now()
    drafts = [
        Article(
            language="en",
            headline=f"Draft {n}",
            slug=f"draft-{n}",
            created_by=editor,
            spiked_at=now if n % 10 == 0 else None,
        )
        for n in range(3_000)
    ]
    Article.objects.bulk_create(drafts, batch_size=500)
    for draft in drafts[1:200:2]:
        draft.save_revision(user=editor)
        state = draft.get_workflow().start(draft, editor)
        if draft.pk % 4 == 0:
            state.current_task_state.specific.reject(user=editor)
    last = LogEntry.objects.order_by("-sequence").first()
    for n, draft in enumerate(drafts[2:40:2], start=1):
        revision = draft.save_revision(user=editor)
        entry = LogEntry.objects.create(
            sequence=last.sequence + n,
            act="schedule",
            recorded_at=now,
            article=draft,
            actor=editor,
            payload={},
            previous_hash="",
            hash=f"{n:064d}",
            signature="",
        )
        Schedule.objects.create(
            article=draft,
            revision=revision,
            due_at=now,
            approved_by=editor,
            entry=entry,
        )
    killed = Publication.objects.filter(pk__lte=100)
    killed.update(state="killed")
    Article.objects.filter(publication__in=killed).update(live=False)


def measure() -> None:
    from django.db import connection
    from django.test import Client

    from dateline.articles.models import Article
    from tests.publishing.factories import an_editor

    client = Client(SERVER_NAME="localhost")
    client.force_login(an_editor())
    client.get("/desk/articles/")
    print(f"{Article.objects.count():,} articles")
    print(f"{'asked':<32} {'median':>8} {'worst':>8} {'CPU':>8} {'queries':>8}")
    for name, query in ASKED.items():
        asked: list[str] = []
        with connection.execute_wrapper(noting(asked)):
            answer = client.get(f"/desk/articles/{query}")
        assert answer.context is not None, answer.status_code
        print(f"{name:<32} {timed(client, query)} {len(asked):>8}")


def noting(asked: list[str]) -> Any:
    def note(execute: Any, statement: str, *rest: Any) -> Any:
        asked.append(statement)
        return execute(statement, *rest)

    return note


def timed(client: Any, query: str) -> str:
    walls, processor = [], []
    for _ in range(TURNS):
        wall, cpu = time.perf_counter(), time.process_time()
        client.get(f"/desk/articles/{query}")
        walls.append((time.perf_counter() - wall) * 1000)
        processor.append((time.process_time() - cpu) * 1000)
    middle = statistics.median(walls)
    return f"{middle:>8.0f} {max(walls):>8.0f} {statistics.median(processor):>8.0f}"


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    if kept := sys.argv[2:]:
        main(asked, Path(kept[0]))
    else:
        with tempfile.TemporaryDirectory(prefix="dateline-bench-") as made:
            main(asked, Path(made))
