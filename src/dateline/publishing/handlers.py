"""What publishing itself does once an act is done."""

from pathlib import Path
from typing import Any

from django.conf import settings

from dateline.pagestore.actions import apply_due
from dateline.pagestore.renewing import renew
from dateline.plumbing.outbox import subscribe
from dateline.publishing import live
from dateline.publishing.actions.merged import follow_merge, follow_undoing
from dateline.publishing.models import LogEntry, Publication

EVENTS = (
    "article.published",
    "article.updated",
    "article.amended",
    "article.corrected",
    "article.redacted",
    "article.killed",
)


def witness_path() -> Path:
    return Path(settings.DATELINE_DATA) / "heads.log"


def witness_head(event: dict[str, Any]) -> None:
    """
    Note the log's head in a file beside the database.

    Whoever rewrites the database and signs it anew has this file against them:
    ``dateline verify --against`` takes any line of it. A head noted twice is
    noted twice and does no harm.
    """
    line = f"{event['head']} {event['at']}\n"
    with witness_path().open("a", encoding="utf-8") as heads:
        heads.write(line)


def tell_readers(event: dict[str, Any]) -> None:
    """
    Tell who has the article open that there is a newer version.

    Whoever follows the link gets the new page: the old one is purged by then, even
    where the act's own process has still to do it, and the new one is rendered.
    """
    apply_due()
    renew(Publication.objects.get(article=event["article"]).path)
    entry = LogEntry.objects.only("act").get(pk=event["sequence"])
    live.tell_readers(event["uid"], act=entry.act, entry=entry.pk)


def subscribe_all() -> None:
    subscribe("source.merged", follow_merge)
    subscribe("source.merge_undone", follow_undoing)
    for name in EVENTS:
        subscribe(name, witness_head)
        # Nobody has a page open that was not there.
        if name != "article.published":
            subscribe(name, tell_readers)
