"""The page of a source: who it is, and what is published from it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.articles.models import Attribution
from dateline.editions.models import Edition
from dateline.publishing import actions
from dateline.publishing.actions.merged import follow_merge, follow_undoing
from dateline.publishing.models import Publication
from dateline.sources.actions import (
    merge_sources,
    note_correction,
    note_reliability,
    undo_merge,
)
from dateline.sources.models import Source
from dateline.website.views import lists, sources
from tests.publishing.factories import an_edition, an_editor
from tests.publishing.sourced import a_source, a_sourced_draft

pytestmark = pytest.mark.django_db
MOST_QUERIES = 11


def published(*sentences: str, source: Source | None = None, **values) -> Publication:
    draft = a_sourced_draft(*sentences, **values)
    if source is not None:
        Attribution.objects.filter(article=draft).update(source=source)
    return actions.publish_article(draft, by=an_editor())


def page(client, source: Source | str, status: int = 200, code: str = "en") -> str:
    key = source if isinstance(source, str) else source.pk
    answer = client.get(f"/{code}/sources/{key}/")
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def unnamed() -> Source:
    return Source.objects.create(
        kind="unnamed",
        name="a port official",
        unnamed_reason="They may not speak.",
        known_to=an_editor(),
    )


def test_a_reader_goes_from_a_statement_to_its_source_and_back(client):
    board = a_source(
        "Port <Board>", kind="official_body", description="Runs the port.",
        url="https://board.example/", names={"ar": "مجلس الميناء"},
    )  # fmt: skip
    note_reliability(board, "Late with its figures.", by=an_editor(), is_public=True)
    note_reliability(board, "Ask for the spokesman.", by=an_editor())
    text, day = "It closed two berths, not three.", date(2026, 11, 2)
    note_correction(board, text, by=an_editor(), on=day, is_public=True)
    publication = published("Two berths closed.", "Rain fell.", source=board)
    article = client.get(publication.path).content.decode()
    link = f'<a href="/en/sources/{board.pk}/">Port &lt;Board&gt;</a>'
    assert article.count(link) == 3

    told = page(client, board)
    assert re.search(r"<h1[^>]*>Port &lt;Board&gt;</h1>", told)
    for words in ("Official body", "Runs the port.", "Late with its figures.", text):
        assert words in told
    assert "spokesman" not in told
    Edition.objects.filter(pk=an_edition("en").pk).update(is_default=True)
    published("أُغلق رصيفان.", source=board, language="ar")
    arabic = page(client, board, code="ar")
    assert "مجلس الميناء</h1>" in arabic
    assert "Runs the port." not in arabic
    assert re.search(r"we published</dt> <dd>4</dd>", told)
    assert f'href="{publication.path}"' in told
    assert '"@type":"GovernmentOrganization"' in told
    page(client, board, 404, code="uk")


def test_who_is_not_named_has_no_page_of_their_own(client):
    official = unnamed()
    publication = published("Two berths closed.", source=official)
    assert (
        'href="/en/sources/unnamed/"' in client.get(publication.path).content.decode()
    )
    told = page(client, "unnamed")
    assert "An editor knows who each of them is." in told
    assert publication.path in told
    assert official.name not in told
    page(client, official, 404)


def test_what_nothing_public_rests_on_is_told_to_nobody(client):
    board = a_source("Port Board", description="A tall man.")
    draft = a_sourced_draft("Two berths closed.")
    Attribution.objects.filter(article=draft).update(source=board)
    page(client, board, 404)
    actions.publish_article(draft, by=an_editor())
    person = page(client, board)
    assert 'name="robots" content="noindex"' in person
    assert "tall" not in person
    actions.redact(
        draft, by=an_editor(), passages=["Port Board"], reason="A court order."
    )
    page(client, board, 404)
    page(client, "987654321", 404)
    page(client, "unnamed", 404)


def test_a_twin_leads_to_what_it_is_now_and_back_again(client):
    twin, board = a_source("The Board"), a_source("Port Board")
    publication = published("Two berths closed.", source=twin)
    merge = merge_sources(twin, into=board, by=an_editor(), reason="One house.")
    told = {"twin": twin.pk, "into": board.pk}
    for _ in range(2):
        follow_merge(told)
    assert publication.path in page(client, board)
    answer = client.get(f"/en/sources/{twin.pk}/")
    assert (answer.status_code, answer["Location"]) == (
        301,
        f"/en/sources/{board.pk}/",
    )
    undo_merge(merge, by=an_editor())
    for _ in range(2):
        follow_undoing(told)
    assert publication.path in page(client, twin)
    page(client, board, 404)


def test_older_pages_are_walked_and_ask_no_more_for_more(client, monkeypatch):
    for module in (lists, sources):
        monkeypatch.setattr(module, "CARDS_A_PAGE", 2)
    board = a_source("Port Board")
    paths = [
        published("Rain fell.", source=board, slug=f"rain-{number}").path
        for number in range(5)
    ]
    found, address, most = [], f"/en/sources/{board.pk}/", 0
    while address:
        with CaptureQueriesContext(connection) as captured:
            told = client.get(address).content.decode()
        most = max(most, len(captured))
        found += re.findall(r'<h3 class="headline"><a href="([^"]+)"', told)
        older = re.search(r'href="([^"]+)" rel="next"', told)
        address = older[1] if older else ""
    assert found == paths[::-1]
    assert most <= MOST_QUERIES
    nowhere = f"/en/sources/{board.pk}/before/20260101T000000.000000-1/"
    assert client.get(nowhere).status_code == 404
