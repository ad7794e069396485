"""Receiving at the desk, and drafting from what came."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dateline.articles.actions import WireItemWithdrawn, draft_from_wire_item
from dateline.articles.models import Article
from dateline.articles.spans import span_ids
from dateline.publishing import actions
from dateline.publishing.models import Publication
from dateline.sources.models import Source, WireItem
from dateline.sources.vocabulary import PubStatus, SourceKind
from tests.publishing.factories import a_section, an_edition

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>Berths close</title>
<meta property="article:published_time" content="2026-03-04T06:30:00+00:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Two berths close at Eastquay</h1>
<p>The harbour board closed two of its five berths on Monday morning after divers
found cracks in the old timber below the water line, its chair said in a statement.</p>
<p>Ships will be sent to Northhaven until the timber has been replaced, which may
take until the end of May, according to the engineer who leads the inspection.</p>
</article><footer>All rights reserved</footer></body></html>"""


@pytest.fixture
def item(reporters_desk):
    an_edition("en")
    reporters_desk.post("/desk/receive/", {"text": PAGE})
    return WireItem.objects.get()


def draft(desk, item, **told):
    form = {"language": "en", "new_source": "The Eastquay Echo"} | told
    return desk.post(f"/desk/wire/{item.pk}/", form)


def test_a_pasted_page_becomes_an_item(reporters_desk, item):
    page = reporters_desk.get(f"/desk/wire/{item.pk}/").content.decode()

    assert item.headline == "Two berths close at Eastquay"
    assert "found cracks in the old timber" in page
    assert "All rights reserved" not in page
    assert "It does not say." in page


def test_the_same_page_again_is_recognized(reporters_desk, item):
    answer = reporters_desk.post("/desk/receive/", {"text": PAGE}, follow=True)

    assert "is known already" in answer.content.decode()
    assert WireItem.objects.count() == 1


def test_a_file_is_received(reporters_desk):
    file = SimpleUploadedFile("page.html", PAGE.encode(), "text/html")

    answer = reporters_desk.post("/desk/receive/", {"file": file})

    assert answer.headers["Location"] == f"/desk/wire/{WireItem.objects.get().pk}/"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "Give an address, a text or a file."),
        ({"text": PAGE, "address": "https://example.org/"}, "Give one of the three"),
        ({"text": "  \n "}, "There is nothing in it."),
        ({"address": "http://127.0.0.1/"}, "network"),
        ({"file": SimpleUploadedFile("a", b"\x00\x01\x02" * 900)}, "It is not text"),
        ({"file": SimpleUploadedFile("a", b"")}, "There is nothing in it."),
        ({"file": SimpleUploadedFile("a", b"a" * 5_000_001)}, "larger than a wire"),
    ],
    ids=["nothing", "two", "blank", "inside", "binary", "empty", "large"],
)
def test_what_cannot_be_received_is_refused_in_words(reporters_desk, told, says):
    answer = reporters_desk.post("/desk/receive/", told)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not WireItem.objects.exists()


def test_a_draft_lays_each_statement_to_its_source(reporters_desk, item, reporter):
    draft(reporters_desk, item)

    article = Article.objects.get()
    source = Source.objects.get(kind=SourceKind.PUBLICATION)
    spans = span_ids(list(article.body.raw_data))
    assert article.created_by == reporter
    assert article.wire_item == item
    assert source.name == "The Eastquay Echo"
    assert len(spans) == 2
    laid = article.attributions.values_list("span", "source", "wire_item")
    handles = ["headline", *spans]
    assert set(laid) == {(handle, source.pk, item.pk) for handle in handles}
    item.refresh_from_db()
    assert item.source == source


def test_text_from_outside_stays_text(reporters_desk, item):
    item.content = {
        "paragraphs": [{"kind": "paragraph", "text": "<script>alert(1)</script> & so"}]
    }
    item.save()
    draft(reporters_desk, item)

    value = Article.objects.get().body.raw_data[0]["value"]
    assert "<script" not in value
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so" in value


def test_the_desk_asks_for_what_the_page_does_not_say(reporters_desk, item):
    unnamed = draft(reporters_desk, item, new_source="")
    unspoken = draft(reporters_desk, item, language="")

    assert "Choose one source, or name a new one." in unnamed.content.decode()
    assert unspoken.status_code == 422
    assert not Article.objects.exists()


def test_a_section_of_the_same_name_is_offered(reporters_desk, item):
    section = a_section("harbour")
    item.section = "HARBOUR"
    item.save()

    page = reporters_desk.get(f"/desk/wire/{item.pk}/").content.decode()

    assert f'<option value="{section.pk}" selected>' in page


def test_nothing_is_drafted_from_a_withdrawn_item(reporters_desk, item, reporter):
    item.pubstatus = PubStatus.CANCELED
    item.save()

    assert draft(reporters_desk, item).status_code == 409
    page = reporters_desk.get(f"/desk/wire/{item.pk}/").content.decode()
    assert "has withdrawn this item" in page
    with pytest.raises(WireItemWithdrawn):
        draft_from_wire_item(item, by=reporter)
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_a_superseded_item_leads_to_the_newer_one(reporters_desk, item):
    newer = WireItem.objects.create(
        uri=item.uri,
        version="2",
        headline="Three berths close at Eastquay",
        format="page",
        original_path="x",
        original_hash="y",
        original_size=1,
        received_at=item.received_at,
    )
    WireItem.objects.filter(pk=item.pk).update(superseded_by=newer)

    page = reporters_desk.get(f"/desk/wire/{item.pk}/").content.decode()

    assert f'href="/desk/wire/{newer.pk}/"' in page
    assert "A newer version has come" in page


def test_what_was_drafted_goes_out_with_its_sources(reporters_desk, editor, item):
    an_edition("en")
    draft(reporters_desk, item, section=a_section().pk)
    article = Article.objects.get()
    article.lede = "Divers found cracks."
    article.bylines.add(_city_desk())
    article.save_revision()

    actions.publish_article(article, by=editor)

    attributions = Publication.objects.get().version.content["attributions"]
    assert {row["source"]["name"] for row in attributions.values()} == {
        "The Eastquay Echo"
    }


def _city_desk():
    from dateline.articles.models import ArticleByline
    from dateline.people.models import Contributor

    desk = Contributor.objects.create(slug="city", name="City desk", kind="desk")
    return ArticleByline(contributor=desk)
