"""What readers will ask for in the first second is made before they do."""

from datetime import datetime, timedelta
from typing import Any

from dateline.plumbing import clock
from dateline.plumbing.outbox import subscribe
from dateline.publishing.models import Publication
from dateline.sources.tasks import make_renditions
from dateline.website.machines.blocks_html import picture_ids

EVENTS = ("article.published", "article.updated", "article.corrected")
STILL_NEWS = timedelta(minutes=15)


def prepare_pictures(event: dict[str, Any]) -> None:
    """
    Have the renditions of an article's pictures made.

    They would be made when first asked for, but then by the server's own threads
    and while readers wait. An old event (an archive loaded, a worker that was
    away) is left to that: nobody waits for hundreds of pictures at once.
    """
    if clock.now() - datetime.fromisoformat(event["at"]) > STILL_NEWS:
        return
    found = Publication.objects.select_related("version").filter(
        article_id=event["article"]
    )
    for publication in found:
        for picture_id in sorted(set(picture_ids(publication.version.content))):
            make_renditions.enqueue(picture_id)


def subscribe_all() -> None:
    for name in EVENTS:
        subscribe(name, prepare_pictures)
