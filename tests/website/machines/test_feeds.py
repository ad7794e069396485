"""What feed readers get."""

import json
from datetime import UTC, datetime

import feedparser
import pytest
import time_machine
from defusedxml import ElementTree

from dateline.publishing import verification
from dateline.publishing.models import LogEntry
from dateline.publishing.signing import is_signed
from tests.publishing.factories import a_section, an_edition, paragraphs
from tests.website.machines.newsroom import (
    ARABIC,
    amended,
    corrected,
    killed,
    published,
    updated,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
OWN = "{urn:x-dateline:feed:1}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
FORMATS = ("rss", "atom", "json")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


def parsed(client, path):
    response = client.get(path)
    assert response.status_code == 200
    told = {name.lower(): value for name, value in response.items()}
    feed = feedparser.parse(response.content, response_headers=told)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_a_feed_holds_the_whole_text_and_who_wrote_it(client, extension):
    publication = published(lede="The board fears <for> the old quay & more.")
    feed = parsed(client, f"/en/feed.{extension}")
    assert feed.feed.title == "The Paper (en)"
    assert feed.feed.language == "en"
    (entry,) = feed.entries
    assert entry.id == f"urn:uuid:{publication.uid}"
    assert entry.link == f"http://127.0.0.1:8000{publication.path}"
    assert entry.title == publication.headline
    assert entry.summary.startswith("The board fears")
    assert "closed two of its five berths" in entry.content[0].value
    assert [author.name for author in entry.authors] == ["reporter"]
    assert entry.tags[0].term == "Harbour"


def test_the_json_feed_says_who_where_and_in_which_language(client):
    publication = published()
    response = client.get("/en/feed.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://127.0.0.1:8000/en/feed.json"
    (item,) = feed["items"]
    assert item["language"] == "en"
    assert item["authors"] == [
        {"name": "reporter", "url": "http://127.0.0.1:8000/en/by/reporter/"}
    ]
    assert item["_dateline"]["versions_url"] == item["url"] + "versions/"
    assert item["id"] == f"urn:uuid:{publication.uid}"


@pytest.fixture(scope="class")
def a_correction(class_db):
    corrected(
        published(),
        "It was two berths of six.",
        body=paragraphs("Two of six berths closed, said Ina Brook."),
    )


@pytest.mark.usefixtures("a_correction")
class TestFeedsOfLists:
    @pytest.mark.parametrize("extension", FORMATS)
    @pytest.mark.parametrize(
        "path",
        [
            "/en/",
            "/en/latest/",
            "/en/sections/harbour/",
            "/en/by/reporter/",
            "/en/corrections/",
        ],
    )
    def test_every_list_has_its_feed(self, client, path, extension):
        response = client.get(f"{path}feed.{extension}")
        assert response.status_code == 200
        assert "Two of five berths close at the harbour" in response.content.decode()

    @pytest.mark.parametrize(
        "path",
        [
            "/en/sections/no-such/feed.rss",
            "/en/feed.doc",
            "/xx/feed.rss",
            "/fr/feed.rss",
            "/en/nowhere/harbour/feed.rss",
        ],
    )
    def test_there_is_no_feed_where_there_is_no_list(self, client, path):
        assert client.get(path).status_code == 404


def test_a_list_shows_its_own_articles_alone(client):
    published()
    published(headline="A chess club moves", section=a_section("culture"))
    feed = parsed(client, "/en/sections/culture/feed.rss")
    assert [entry.title for entry in feed.entries] == ["A chess club moves"]
    assert feed.feed.title == "The Paper (en) · Culture"


def test_another_name_of_a_language_leads_to_the_papers_own(client):
    an_edition("iw")
    response = client.get("/he/sections/world/feed.atom")
    assert response.status_code == 301
    assert response["Location"] == "/iw/sections/world/feed.atom"


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_a_correction_stands_before_the_text(client, extension):
    with time_machine.travel(MONDAY, tick=False):
        publication = published()
    with time_machine.travel(TUESDAY, tick=False):
        corrected(
            publication,
            "It was two of six berths <not five>.",
            body=paragraphs("Two of six berths closed, said Ina Brook."),
        )
    text = parsed(client, f"/en/feed.{extension}").entries[0].content[0].value
    said = "<b>Correction, November 17, 2026:</b> It was two of six berths &lt;not five"
    assert text.index(said) < text.index("Two of six berths closed")


def test_the_corrections_feed_says_each_and_leads_to_the_article(client):
    publication = corrected(
        published(), "It was six.", body=paragraphs("Two of six, said Ina Brook.")
    )
    (item,) = json.loads(client.get("/en/corrections/feed.json").content)["items"]
    assert item["title"] == f"Correction: {publication.headline}"
    assert "It was six." in item["content_html"]
    assert item["url"].endswith(publication.path)
    assert item["id"] != f"urn:uuid:{publication.uid}"


def test_updated_moves_on_new_facts_and_not_on_spelling(client):
    with time_machine.travel(MONDAY, tick=False):
        publication = published(
            body=paragraphs("The berths wil close, said Ina Brook.")
        )
    with time_machine.travel(TUESDAY, tick=False):
        amended(publication, body=paragraphs("The berths will close, said Ina Brook."))
    assert _updated(client) == (MONDAY, MONDAY)
    with time_machine.travel(WEDNESDAY, tick=False):
        updated(publication, body=paragraphs("Three berths close, said Ina Brook."))
    assert _updated(client) == (WEDNESDAY, WEDNESDAY)
    with time_machine.travel(THURSDAY, tick=False):
        amended(publication, body=paragraphs("Three berths close, says Ina Brook."))
    assert _updated(client) == (WEDNESDAY, WEDNESDAY)
    page = client.get(publication.path).content.decode()
    assert '"dateModified":"2026-11-18T09:00:00Z"' in page


def _updated(client):
    root = ElementTree.fromstring(client.get("/en/feed.atom").content)
    return tuple(
        datetime.fromisoformat(root.findtext(path))
        for path in (f"{ATOM}updated", f"{ATOM}entry/{ATOM}updated")
    )


def test_a_killed_article_leaves_every_feed_and_readers_are_told(client):
    gone = published(headline="What was not so")
    published()
    killed(gone, reason="The letter was forged.")
    for extension in FORMATS:
        body = client.get(f"/en/feed.{extension}").content.decode()
        assert "What was not so" not in body
    root = ElementTree.fromstring(client.get("/en/feed.atom").content)
    deleted = root.find("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert deleted.get("ref") == f"urn:uuid:{gone.uid}"
    (withdrawn,) = json.loads(client.get("/en/feed.json").content)["_dateline"][
        "withdrawn"
    ]
    assert withdrawn["reason"] == "The letter was forged."


def test_the_head_in_a_feed_is_signed_and_holds_against_the_log(client):
    published()
    published(headline="A second piece of the day")
    entry = LogEntry.objects.order_by("-sequence").first()
    told = json.loads(client.get("/en/feed.json").content)["_dateline"]["head"]
    assert told["sequence"] == entry.sequence
    assert is_signed(told["hash"].encode(), told["signature"])
    seen = f"{told['sequence']}:{told['hash']}"
    assert verification.verify(against=seen).holds
    for extension, path in (("rss", "channel/"), ("atom", "")):
        root = ElementTree.fromstring(client.get(f"/en/feed.{extension}").content)
        head = root.find(f"{path}{OWN}head")
        assert (int(head.get("sequence")), head.get("hash")) == (
            entry.sequence,
            entry.hash,
        )


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_arabic_runs_from_the_right_and_markup_in_it_is_text(client, extension):
    publication = published(**ARABIC)
    feed = parsed(client, f"/ar/feed.{extension}")
    assert feed.feed.language == "ar"
    (entry,) = feed.entries
    # A mark of direction stands first: the headline begins with Latin letters.
    title = entry.title.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert title == "\u200f" + publication.headline
    assert "أغلقت هيئة الميناء" in entry.content[0].value
    assert '<div dir="rtl" lang="ar">' in entry.content[0].value


def test_what_xml_cannot_hold_is_left_out(client):
    published(headline="Two\x0b of\ufffe five]]> berths\x1f & <quays> 🚢 ဆိပ်ကမ်း")
    for extension in ("rss", "atom"):
        root = ElementTree.fromstring(client.get(f"/en/feed.{extension}").content)
        titles = [node.text for node in root.iter() if node.tag.endswith("title")]
        assert "Two of five]]> berths & <quays> 🚢 ဆိပ်ကမ်း" in titles


def test_links_in_the_text_lead_to_the_paper_from_anywhere(client):
    published(
        body=paragraphs('Ina Brook said <a href="/en/about/">more</a> and six berths.')
    )
    root = ElementTree.fromstring(client.get("/en/feed.rss").content)
    text = root.findtext(f".//{CONTENT}encoded")
    assert '<a href="http://127.0.0.1:8000/en/about/">more</a>' in text
    assert "data-" not in text


def test_a_feed_of_thirty_asks_as_few_questions_as_one_of_two(
    client, django_assert_max_num_queries
):
    for number in range(2):
        published(headline=f"Piece number {number}")
    client.get("/en/feed.rss")
    with django_assert_max_num_queries(11) as few:
        client.get("/en/feed.rss")
    for number in range(2, 32):
        published(headline=f"Piece number {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        feed = parsed(client, "/en/feed.rss")
    assert len(feed.entries) == 30


def test_an_empty_feed_is_still_a_feed(client):
    an_edition("en")
    for extension in ("rss", "atom"):
        assert parsed(client, f"/en/feed.{extension}").entries == []
