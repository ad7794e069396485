"""The margin of the editor: of what is typed, before anybody saves it."""

import json

import pytest
from django.test import Client
from wagtail.test.utils.form_data import rich_text

from dateline.articles.actions import attribute_span, mark_statement
from dateline.articles.blocks import INLINE
from dateline.articles.models import Article, Attribution, StatementMark
from dateline.articles.vocabulary import MarkKind
from dateline.desk.choosing import guess_kind
from dateline.people.models import User
from dateline.publishing.gating import gate_facts
from dateline.publishing.snapshots import snapshot
from dateline.sources.models import Source
from tests.desk.desk_forms import sent, signed_in
from tests.publishing.factories import a_draft
from tests.publishing.sourced import a_source, an_item, attribute

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
    assert answer.json()["names"] == {A: "Ina Brook"}
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


def save(desk: Client, article: Article, chosen, body: str = BODY):
    fresh = Article.objects.get(pk=article.pk)
    told = sent(fresh, body=words(body)) | {"desk-rests": json.dumps(chosen)}
    return desk.post(f"/desk/articles/edit/{article.pk}/", told)


def laid(article: Article) -> dict[str, str]:
    return {row.span: row.source.name for row in article.attributions.all()}


def test_what_was_chosen_is_saved_with_its_words(reporters_desk, reporter, draft):
    brook, falk = a_source("Ina Brook"), a_source("Tom Falk")
    gone = "cccccccccccc"
    save(
        reporters_desk,
        draft,
        {
            A: {"source": brook.pk},
            B: {"mark": "common_knowledge"},
            "headline": {"source": falk.pk},
            gone: {"source": falk.pk},
        },
    )

    assert laid(draft) == {A: "Ina Brook", "headline": "Tom Falk"}
    mark = draft.marks.get()
    assert (mark.span, mark.kind, mark.marked_by) == (B, "common_knowledge", reporter)

    again = {A: {"mark": "opinion"}, B: {"source": falk.pk}, "headline": {"off": True}}
    save(reporters_desk, draft, again)

    assert laid(draft) == {B: "Tom Falk"}
    assert [row.span for row in draft.marks.all()] == [A]


def test_nothing_is_chosen_while_somebody_else_reviews_the_article(
    reporters_desk, reporter, draft
):
    draft.get_workflow().start(draft, reporter)
    save(reporters_desk, draft, {"headline": {"source": a_source().pk}})
    assert laid(draft) == {}


def test_a_mark_over_two_sentences_is_refused_and_the_text_is_saved(
    reporters_desk, draft
):
    both = f'<p><span data-span="{A}">Two berths closed. Water is wet.</span></p>'
    answer = save(reporters_desk, draft, {A: {"mark": "opinion"}}, both)
    assert answer.status_code == 302
    assert not draft.marks.exists()
    assert A in str(Article.objects.get(pk=draft.pk).body.raw_data[0]["value"])


def test_what_was_chosen_comes_back_with_a_form_that_is_refused(reporters_desk, draft):
    told = sent(draft, body=words(BODY), slug="no slug !")
    chosen = json.dumps({A: {"source": a_source().pk}})
    page = reporters_desk.post(
        f"/desk/articles/edit/{draft.pk}/", told | {"desk-rests": chosen}
    )
    assert page.status_code == 200
    assert chosen.replace('"', "&quot;") in page.content.decode()


def test_words_copied_from_another_article_bring_their_source(
    reporters_desk, reporter, draft
):
    item = an_item("Two of five berths closed.")
    other = a_draft(by=reporter, headline="Elsewhere")
    attribute(other, B, item)

    save(reporters_desk, draft, {A: {"article": other.pk, "span": B}})

    row = draft.attributions.get()
    assert (row.span, row.source, row.wire_item) == (A, item.source, item)
    assert row.attributed_by == reporter


def test_sources_are_found_and_made_once(reporters_desk, draft, reporter):
    attribute_span(draft, A, source=a_source("Ina Brook"), by=reporter)
    a_source("Порт", names={"ar": "الميناء"})
    sources, new = f"{MARGIN}sources/", f"{MARGIN}sources/new/"

    recent = reporters_desk.get(sources, {"article": draft.pk}).json()["sources"]
    assert [row["name"] for row in recent] == ["Ina Brook"]
    for sought in ("порт", "الميناء"):
        found = reporters_desk.get(sources, {"q": sought}).json()["sources"]
        assert [row["name"] for row in found] == ["Порт"]
    asked = {"q": "порт", "language": "ar"}
    found = reporters_desk.get(sources, asked).json()["sources"]
    assert [row["name"] for row in found] == ["الميناء"]

    told = {"name": "Harbour Board", "kind": "official_body"}
    made = [reporters_desk.post(new, told).json() for _ in range(2)]
    assert made[0] == made[1]
    for told in ({}, {"name": "x", "kind": "unnamed"}, {"source": "99999"}):
        assert reporters_desk.post(new, told).status_code == 422
    refused = reporters_desk.post(f"{MARGIN}pages/", {"address": "http://127.0.0.1/"})
    assert refused.status_code == 422
    assert "inside a network" in refused.json()["error"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ina Brook", "person"),
        ("Harbour Board", "official_body"),
        ("the police", "official_body"),
        ("Reuters", "organisation"),
    ],
)
def test_what_a_new_source_is_is_guessed(name, kind):
    assert guess_kind(name) == kind


def test_whom_a_sentence_seems_to_cite_is_offered_and_never_applied(
    reporters_desk, reporter, draft
):
    attribute_span(draft, A, source=a_source("Ina Brook"), by=reporter)
    board = Source.objects.create(name="The Harbour Board", kind="official_body")
    text = (
        f'<p><span data-span="{A}">Two of five berths closed.</span> '
        "“We cannot risk a third,” Brook said. The harbour board said it was safe. "
        "Tom Falk said otherwise. Rain fell.</p>"
    )
    answer = look(reporters_desk, draft, body=words(text)).json()["notes"]

    told = {n["text"].split()[-1]: n.get("offer", {}) for n in answer if n["text"]}
    assert told["said."]["name"] == "Ina Brook"
    assert told["safe."]["source"] == board.pk
    assert (told["otherwise."]["source"], told["otherwise."]["words"]) == (
        None,
        "Tom Falk",
    )
    assert told["fell."] == told["closed."] == {}
    assert Attribution.objects.count() == 1
