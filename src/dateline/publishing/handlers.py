"""What publishing itself does once an act is done."""

from pathlib import Path
from typing import Any

from django.conf import settings

from dateline.plumbing.outbox import subscribe

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


def subscribe_all() -> None:
    for name in EVENTS:
        subscribe(name, witness_head)
