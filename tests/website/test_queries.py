"""A page asks the database a few questions, however much it shows."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.articles.models import ArticleTopic, Topic
from dateline.publishing import actions
from dateline.publishing.models import Publication
from dateline.sources.pictures import receive_picture
from tests.publishing.factories import a_draft, a_section, an_edition, an_editor
from tests.sources.picture_files import jpeg
from tests.website.machines.newsroom import published

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 9
MOST = {
    "/en/": 9,
    "/en/latest/": 8,
    "/en/sections/harbour/": 8,
    "/en/topics/20000001/": 8,
    "/en/by/reporter/": 9,
    "/en/feed.rss": 13,
    "/en/sections/harbour/feed.atom": 13,
    "/en/by/reporter/feed.json": 13,
    "/sitemap.xml": 2,
    "/sitemaps/standing.xml": 12,
    "/sitemaps/news/en.xml": 5,
}


def publish(numbers: range) -> None:
    topic = Topic.objects.get_or_create(
        code="medtop:20000001", defaults={"names": {"en": "Shipping"}}
    )[0]
    for number in numbers:
        section = a_section(("harbour", "council", "sport")[number % 3])
        draft = a_draft(slug=f"ferry-{number}", section=section)
        draft.topic_links.add(ArticleTopic(topic=topic))
        draft.save()
        draft.save_revision()
        actions.publish_article(draft, by=an_editor())


def asked(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_no_page_asks_more_than_its_share_and_none_asks_more_for_more(client):
    an_edition("uk")
    publish(range(FEW))
    few = {path: asked(client, path) for path in MOST}
    publish(range(FEW, MANY))
    many = {path: asked(client, path) for path in MOST}
    assert {path: n for path, n in many.items() if n > MOST[path]} == {}
    # A section, a day or a language that was empty before may need a question more.
    assert {path: n for path, n in many.items() if n > few[path] + 1} == {}


def test_an_article_takes_at_most_twelve_queries(client):
    publish(range(MANY))
    for publication in Publication.objects.all():
        assert asked(client, publication.path) <= 12


def test_the_pictures_of_a_page_are_read_at_once(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    told = {"credit": "Quay", "rights": "© Quay", "alt_text": "Two cranes"}
    seen = []
    for width in (700, 710, 720):
        content = io.BytesIO(jpeg(width=width, height=400))
        picture = receive_picture(content, title="Cranes", by=an_editor(), **told)
        published(slug=f"cranes-{width}", lead_picture=picture)
        asked(client, "/en/latest/")
        seen.append(asked(client, "/en/latest/"))
    assert seen == [seen[0]] * 3
