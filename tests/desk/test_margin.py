"""The margin of the editor: of what is typed, before anybody saves it."""

import json

import pytest
from django.test import Client
from wagtail.test.utils.form_data import rich_text

from dateline.articles.actions import attribute_span, mark_statement
from dateline.articles.blocks import INLINE
from dateline.articles.models import Article, Attribution, StatementMark
from dateline.articles.vocabulary import MarkKind
from dateline.people.models import User
from dateline.publishing.gating import gate_facts
from dateline.publishing.snapshots import snapshot
from dateline.sources.models import Source
from tests.desk.desk_forms import sent, signed_in
from tests.publishing.factories import a_draft
from tests.publishing.sourced import a_source

pytestmark = pytest.mark.django_db

A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
BODY = (
    f'<p><span data-span="{A}">Two of five berths closed.</span> '
    f'<span data-span="{B}">Water is wet.</span></p>'
)
MARGIN = "/desk/margin/"


def words(html: str):
    return [("paragraph", rich_text(html, features=INLINE))]


def look(desk: Client, article: Article | None = None, **changed):
    chosen = changed.pop("chosen", {})
    told = sent(article, **changed) | {"desk-rests": json.dumps(chosen)}
    return desk.post(MARGIN, told | {"article": article.pk if article else ""})


def standings(answer) -> list[tuple[str, str]]:
    return [(n["standing"], n["words"]) for n in answer.json()["notes"]]


@pytest.fixture
def draft(reporter: User) -> Article:
    return a_draft(by=reporter, headline="Berths closed", lede="")


def test_the_margin_follows_what_is_typed_and_agrees_with_the_gate(
    reporters_desk, reporter, draft
):
    attribute_span(draft, A, source=a_source("Ina Brook"), by=reporter)
    before = Article.objects.values().get(pk=draft.pk)

    answer = look(reporters_desk, draft, body=words(BODY))

    assert answer.json()["count"] == "3 statements, 1 without a source"
    assert standings(answer) == [
        ("rests_on_text", "rests on the text"),
        ("traced", "Ina Brook"),
        ("unsourced", "no source"),
    ]
    assert Article.objects.values().get(pk=draft.pk) == before

    reporters_desk.post(
        f"/desk/articles/edit/{draft.pk}/", sent(draft, body=words(BODY))
    )
    draft = Article.objects.get(pk=draft.pk)
    mark_statement(draft, B, kind=MarkKind.COMMON_KNOWLEDGE, by=reporter)

    answer = look(reporters_desk, draft, body=words(BODY))

    assert answer.json()["count"] == "3 statements, 1 marked"
    gate = gate_facts(draft, snapshot(draft)).judged
    assert [one["id"] for one in answer.json()["notes"]] == [
        one.statement.id for one in gate
    ]
    assert [one["standing"] for one in answer.json()["notes"]] == [
        one.standing.name.lower() for one in gate
    ]


def test_an_article_that_nobody_has_saved_has_a_margin_too(reporters_desk):
    source = Source.objects.create(name="Порт", kind="official_body")
    chosen = {A: {"source": source.pk}, B: {"mark": "opinion"}}

    answer = look(reporters_desk, headline="", body=words(BODY), chosen=chosen)

    assert standings(answer) == [("traced", "Порт"), ("marked", "Opinion, Reporter")]
    assert not Article.objects.exists()
    assert not Attribution.objects.exists()
    assert not StatementMark.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"language": "xx"}, 400),
        ({"body-count": "999999999"}, 400),
        ({"body-count": "-1"}, 400),
        ({"body-0-value": "{"}, 400),
        ({"body-0-value": "[]"}, 400),
        ({"body-0-type": "table"}, 200),
        ({"article": "999999"}, 404),
        ({"body-0-value": "x" * 2_000_001}, 413),
        ({"desk-rests": "[[["}, 200),
        ({"desk-rests": json.dumps({A: {"source": 2**70}, "b": {"mark": []}})}, 200),
        ({"desk-rests": json.dumps({A: {"article": [], "span": {}}})}, 200),
    ],
)
def test_what_is_no_article_is_refused(reporters_desk, draft, changed, status):
    told = sent(draft, body=words(BODY)) | {"article": draft.pk} | changed
    answer = reporters_desk.post(MARGIN, told)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith(("application/json", "text/html"))


def test_who_may_not_write_sees_no_margin(db, draft):
    stranger = User.objects.create(username="stranger", is_staff=True)
    assert look(signed_in(stranger), draft).status_code in (302, 403)
    assert look(Client(), draft).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(draft.created_by)
    assert look(strict, draft).status_code == 403
