"""What crawlers find."""

from datetime import UTC, datetime

import pytest
import time_machine
from defusedxml import ElementTree

from dateline.editions.actions import link_translation
from dateline.publishing.models import Publication
from dateline.website.machines import sitemaps
from tests.publishing.factories import a_draft, an_edition
from tests.website.machines.newsroom import ARABIC, killed, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 18, 9, 0, 1, tzinfo=UTC)
DAY = "/sitemaps/2026/11/16.xml"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def urls(client, path):
    """Return each address of a sitemap with its language links."""
    response = client.get(path)
    assert response.status_code == 200, path
    root = ElementTree.fromstring(response.content)
    return {
        entry.findtext(f"{MAP}loc").removeprefix(SITE): {
            link.get("hreflang"): link.get("href").removeprefix(SITE)
            for link in entry.iter(LINK)
        }
        for entry in root
    }


def test_the_index_leads_to_each_day_and_each_editions_news(client):
    published()
    published(**ARABIC)
    with time_machine.travel(LATER, tick=False):
        published(headline="A piece of Wednesday")
    assert list(urls(client, "/sitemap.xml")) == [
        "/sitemaps/standing.xml",
        "/sitemaps/news/ar.xml",
        "/sitemaps/news/en.xml",
        "/sitemaps/2026/11/18.xml",
        DAY,
    ]


def test_a_day_holds_the_articles_of_every_edition(client):
    one, other = published(), published(**ARABIC)
    found = urls(client, DAY)
    assert set(found) == {one.path, other.path}
    # They are not translations of each other: no links.
    assert set(map(len, found.values())) == {0}


def test_translations_name_each_other_themselves_and_the_original(client):
    original = a_draft()
    copies = [
        published_translation(original, code) for code in ("iw", "zh-CN", "no", "tl")
    ]
    draft = a_draft(language="fr", headline="Deux des cinq postes ferment")
    link_translation(original, draft)
    english = publish(original)
    found = urls(client, DAY)
    expected = {
        "en": english.path,
        "x-default": english.path,
        "he": copies[0].path,
        "zh-Hans": copies[1].path,
        "nb": copies[2].path,
        "fil": copies[3].path,
    }
    assert set(found) == {english.path, *(copy.path for copy in copies)}
    assert all(links == expected for links in found.values())


def publish(draft) -> Publication:
    from dateline.publishing.actions import publish_article
    from tests.publishing.factories import an_editor

    return publish_article(draft, by=an_editor())


def published_translation(original, code) -> Publication:
    draft = a_draft(language=code)
    link_translation(original, draft)
    return publish(draft)


def test_a_killed_article_leaves_the_sitemaps_and_its_translations(client):
    original = a_draft()
    arabic = published_translation(original, "ar")
    english = publish(original)
    assert len(urls(client, DAY)[english.path]) == 3
    killed(arabic)
    assert urls(client, DAY) == {english.path: {}}
    killed(english)
    assert client.get(DAY).status_code == 404
    assert DAY not in urls(client, "/sitemap.xml")


def test_what_stands_in_a_closed_edition_is_not_offered(client):
    original = a_draft()
    published_translation(original, "ar")
    english = publish(original)
    edition = an_edition("ar")
    edition.is_live = False
    edition.save()
    assert urls(client, DAY) == {english.path: {}}


def test_a_day_of_many_articles_fills_several_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "ADDRESSES", 2)
    paths = {published(headline=f"Piece number {n}").path for n in range(5)}
    files = [path for path in urls(client, "/sitemap.xml") if "/2026/" in path]
    assert files == [DAY, "/sitemaps/2026/11/16-2.xml", "/sitemaps/2026/11/16-3.xml"]
    found = [path for file in files for path in urls(client, file)]
    assert sorted(found) == sorted(paths)
    assert client.get("/sitemaps/2026/11/16-4.xml").status_code == 404


def test_an_embargoed_or_drafted_article_is_nowhere(client):
    a_draft()
    published(headline="Something else")
    assert len(urls(client, DAY)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/sitemaps/2026/13/01.xml",
        "/sitemaps/2026/11/17.xml",
        "/sitemaps/0000/01/01.xml",
        "/sitemaps/2026/11/16-1.xml",
        "/sitemaps/2026/11/16-99999.xml",
        "/sitemaps/news/xx.xml",
    ],
)
def test_there_is_no_sitemap_of_nothing(client, path):
    published()
    assert client.get(path).status_code == 404


def test_standing_addresses_link_their_languages(client):
    published()
    published(**ARABIC)
    about = published(
        form="standing", purpose="about", headline="About us", section=None, bylines=()
    )
    found = urls(client, "/sitemaps/standing.xml")
    assert found["/en/"] == {"en": "/en/", "ar": "/ar/"}
    assert found["/ar/sections/harbour/"] == {
        "en": "/en/sections/harbour/",
        "ar": "/ar/sections/harbour/",
    }
    assert found[about.path] == {}


def test_a_door_that_asks_the_browser_is_the_default_of_fronts(client):
    an_edition("ar")
    edition = an_edition("en")
    edition.is_default = True
    edition.save()
    assert urls(client, "/sitemaps/standing.xml")["/ar/"]["x-default"] == "/"


def test_news_are_those_of_two_days(client, monday):
    published(headline="Old <news> & quays")
    published(**(ARABIC | {"language": "zh-CN", "headline": "港口"}))
    root = ElementTree.fromstring(client.get("/sitemaps/news/en.xml").content)
    (entry,) = root
    news = entry.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "Old <news> & quays"
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "The Paper (en)"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    chinese = ElementTree.fromstring(client.get("/sitemaps/news/zh-CN.xml").content)
    assert chinese[0].findtext(f"{NEWS}news/{NEWS}publication/{NEWS}language") == (
        "zh-cn"
    )
    monday.move_to(LATER)
    assert urls(client, "/sitemaps/news/en.xml") == {}


def test_a_kept_news_sitemap_says_when_it_is_out_of_date(client):
    published()
    response = client.get("/sitemaps/news/en.xml")
    assert response.page_stale_at == datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def test_as_few_questions_for_many_articles_as_for_one(
    client, django_assert_max_num_queries
):
    published()
    asked = {}
    for path in ("/sitemap.xml", DAY, "/sitemaps/news/en.xml"):
        with django_assert_max_num_queries(5) as one:
            client.get(path)
        asked[path] = len(one.captured_queries)
    for number in range(8):
        published(headline=f"Piece number {number}")
    for path, few in asked.items():
        with django_assert_max_num_queries(few):
            client.get(path)


def test_a_kill_makes_the_files_stale_that_showed_the_article(client):
    from dateline.plumbing.models import Event

    gone = published()
    read = client.get(DAY).page_tags | client.get("/sitemap.xml").page_tags
    killed(gone)
    purged = set(Event.objects.filter(name="article.killed").get().payload["tags"])
    assert purged & client.get("/sitemap.xml").page_tags
    assert purged & read >= {"days", "day:2026-11-16"}
