"""
Drafts that may be published, and a session to publish them with, as JSON.

    DATELINE_DATA=FOLDER python -m bench.drafting COUNT

A process of its own, since one process has one newsroom. Prints the cookie, and of each
draft what the desk's form asks for and where readers will find it.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

LANGUAGE = "en"
PARAGRAPHS = 12
SENTENCES = (
    "The inner basin was dredged again in the week before the spring tides",
    "Nobody at the harbour office would say how long the second berth stays closed",
    "Two of the three cranes on the east quay are older than the men who drive them",
    "The council meets on Thursday and has put the matter fourth on its list",
    "What the repair will cost is not known, and no one was asked to count it",
    "The ferry to the islands goes from the fish quay until the work is done",
)


@dataclass(frozen=True)
class Drafts:
    """What the acts are done with."""

    cookie: str
    zone: str
    pages: list[str]
    """Front, section, topic, contributor, feed and sitemap of each of the drafts."""
    drafts: list[dict[str, Any]]


def drafts_in(folder: Path, count: int) -> Drafts:
    """Make so many drafts in a newsroom."""
    command = [sys.executable, "-m", "bench.drafting", str(count)]
    environ = os.environ | {"DATELINE_DATA": str(folder)}
    made = subprocess.run(
        command, env=environ, stdout=subprocess.PIPE, text=True, check=True
    )
    return Drafts(**json.loads(made.stdout))


def main(count: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings.base"
    os.environ["DATELINE_LOG_LEVEL"] = "error"
    import django

    django.setup()
    from dateline.articles.models import Section, Topic
    from dateline.editions.models import Newsroom
    from dateline.publishing.models import Listing
    from tests.publishing.factories import a_contributor, a_reporter
    from tests.publishing.policies import begin_on_paper

    begin_on_paper()
    listed = Listing.objects.filter(language=LANGUAGE).order_by("-id")
    section = listed.filter(kind="section").values_list("key", flat=True).first()
    topic = listed.filter(kind="topic").values_list("key", flat=True).first()
    who = a_contributor(a_reporter())
    row = Section.objects.get(slug=section), Topic.objects.get(code=topic)
    drafts = [draft(*row) for _ in range(count)]
    front = f"/{LANGUAGE}/"
    pages = [
        front,
        f"{front}sections/{section}/",
        f"{front}topics/{topic.removeprefix('medtop:')}/",
        f"{front}by/{who.slug}/",
        f"{front}feed.rss",
        "/sitemap.xml",
    ]
    zone = Newsroom.load().timezone
    told = {"cookie": cookie(), "zone": zone, "pages": pages, "drafts": drafts}
    json.dump(told, sys.stdout)


def draft(section: Any, topic: Any) -> dict[str, Any]:
    from dateline.articles.models import ArticleTopic
    from dateline.plumbing import clock
    from tests.publishing.factories import a_draft, paragraphs, redraft

    number = uuid4().hex[:12]
    texts = (
        ". ".join(SENTENCES[(n + k) % len(SENTENCES)] for k in range(4)) + "."
        for n in range(PARAGRAPHS)
    )
    article = a_draft(
        language=LANGUAGE,
        headline=f"The inner basin opens again ({number})",
        slug=f"inner-basin-opens-{number}",
        urgency=1,
        section=section,
        body=paragraphs(*texts),
    )
    article.topic_links.add(ArticleTopic(topic=topic))
    article.save()
    fresh = redraft(article, updated_at=clock.now())
    return {"id": fresh.pk, "slug": fresh.slug, "revision": fresh.latest_revision_id}


def cookie() -> str:
    from django.conf import settings
    from django.test import Client

    from tests.publishing.factories import an_editor

    client = Client(SERVER_NAME="localhost")
    client.force_login(an_editor())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
