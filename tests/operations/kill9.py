"""
Kill -9 in the middle of acts: `python -m tests.operations.kill9 ROUNDS`.

Each round a child process publishes, updates, corrects and kills articles in a
real data folder and tells of each act once it has returned; at a random moment
it is killed. Then everything it told of must stand, nothing may stand by half,
and the log must verify. Exits with 1 where something does not hold.
"""

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.operations.newsroom import an_empty_newsroom


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="dateline-kill9-") as folder:
        an_empty_newsroom(Path(folder, "data"))
        os.environ["DATELINE_DATA"] = f"{folder}/data"
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings.base"
        import django

        django.setup()
        bad, told = 0, 0
        for number in range(1, rounds + 1):
            acts = one_round(Path(folder), number)
            told += len(acts)
            if fault := what_is_wrong(acts):
                bad += 1
                sys.stdout.write(f"round {number}: {fault}\n")
        sys.stdout.write(f"kill9: rounds={rounds} acts told={told} bad={bad}\n")
        return 1 if bad or not told else 0


def one_round(folder: Path, number: int) -> list[tuple[str, int, int]]:
    """Let a child act, kill it at a random moment, return what it told of."""
    from django.db import connections

    connections.close_all()
    report = folder / f"told-{number}"
    child = os.fork()
    if child == 0:
        try:
            act_forever(report, number)
        finally:
            os._exit(1)
    deadline = time.monotonic() + 30
    while not report.exists() and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(random.uniform(0, 0.25))  # noqa: S311  (a moment, not a secret)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    lines = report.read_text().splitlines(keepends=True)
    # A line without its end was being written when the blow fell.
    words = [line.split() for line in lines if line.endswith("\n")]
    return [(act, int(article), int(entry)) for act, article, entry in words]


def act_forever(report: Path, number: int) -> None:
    from dateline.plumbing import outbox
    from dateline.publishing import actions
    from tests.publishing.factories import a_draft, an_editor, redraft
    from tests.publishing.policies import begin_on_paper

    begin_on_paper()
    editor = an_editor()
    with report.open("a", buffering=1) as told:
        for turn in range(10_000):
            draft = a_draft(slug=f"round-{number}-{turn}")
            made = actions.publish_article(draft, by=editor)
            told.write(f"publish {draft.pk} {made.entry_id}\n")
            redraft(draft, lede=f"Ferry {turn} is late.")
            made = actions.update_article(draft, by=editor)
            told.write(f"update {draft.pk} {made.entry_id}\n")
            redraft(draft, lede=f"Ferry {turn} is on time.")
            text = "An earlier version said that the ferry was late."
            made = actions.correct_article(draft, by=editor, text=text)
            told.write(f"correct {draft.pk} {made.entry_id}\n")
            stone = actions.kill_article(
                draft, by=editor, desk="Desk", reason="There was no such ferry."
            )
            told.write(f"kill {draft.pk} {stone.entry_id}\n")
            outbox.deliver_due()


def what_is_wrong(acts: list[tuple[str, int, int]]) -> str:
    """Name the first thing that is lost or stands by half."""
    from dateline.articles.models import Article
    from dateline.plumbing.models import Event
    from dateline.publishing.models import Listing, LogEntry, Publication, Version
    from dateline.publishing.verification import verify

    verdict = verify()
    if not verdict.holds:
        return f"the log does not hold: {verdict.broken}"
    for act, article, entry in acts:
        if not LogEntry.objects.filter(pk=entry, act=act, article=article).exists():
            return f"lost: {act} of article {article}, told as entry {entry}"
    public = set(
        Publication.objects.filter(state="public").values_list("article", flat=True)
    )
    live = set(Article.objects.filter(live=True).values_list("pk", flat=True))
    latest = Listing.objects.filter(kind="latest")
    listed = set(latest.values_list("publication__article", flat=True))
    if not public == live == listed:
        return f"by half: public {public}, live {live}, listed {listed}"
    if Event.objects.count() != LogEntry.objects.count():
        return "an entry without its event, or an event without its entry"
    with_version = LogEntry.objects.exclude(act="kill").count()
    if Version.objects.count() != with_version:
        return "an entry without its version, or a version without its entry"
    return ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
