"""Each statement with what it rests on, and given a source or a name in place."""

import pytest

from dateline.articles.actions import attribute_span
from dateline.articles.models import (
    Article,
    Attribution,
    Contradiction,
    StatementMark,
)
from dateline.articles.statements.finding import find_statements
from dateline.publishing import actions
from dateline.publishing.gating import gate_facts
from dateline.publishing.snapshots import snapshot
from tests.publishing.factories import a_draft, an_editor, paragraphs
from tests.publishing.sourced import a_policy, a_source, a_sourced_draft

pytestmark = pytest.mark.django_db


def statement(article: Article, words: str) -> str:
    content = snapshot(Article.objects.get(pk=article.pk))
    return next(s.id for s in find_statements(content) if words in s.text)


def standings(article: Article) -> list[str]:
    fresh = Article.objects.get(pk=article.pk)
    return [one.standing.name for one in gate_facts(fresh, snapshot(fresh)).judged]


def keep(desk, article: Article, words: str, rests_on: str):
    told = {"statement": statement(article, words), "rests_on": rests_on}
    return desk.post(f"/desk/articles/{article.pk}/statements/", told)


def test_a_reporter_gives_every_statement_a_source_or_a_name(reporters_desk, reporter):
    a_policy(most_marked=50)
    items = [{"type": "item", "value": "<p>One quay.</p>", "id": "item-1"}]
    draft = a_draft(
        by=reporter,
        headline="Prices of <fish> & ships",
        body=[
            *paragraphs("Two <b>of five</b> berths &amp; a quay closed. Water is wet."),
            {"type": "list", "value": {"ordered": False, "items": items}},
        ],
    )
    source = f"source:{a_source().pk}"
    page = reporters_desk.get(f"/desk/articles/{draft.pk}/statements/").content.decode()
    assert "5 statements: 5 without a source." in page
    assert "Prices of &lt;fish&gt; &amp; ships" in page

    assert page.count('name="rests_on"') == page.count("<td>unsourced</td>") == 5

    for words in ("Prices", "fears", "berths", "One quay"):
        assert keep(reporters_desk, draft, words, source).status_code == 302
    keep(reporters_desk, draft, "Water", "mark:common_knowledge")

    page = reporters_desk.get(f"/desk/articles/{draft.pk}/statements/").content.decode()
    assert 'name="rests_on"' not in page
    assert f"marked: common knowledge, {reporter.username}" in page
    assert standings(draft) == ["TRACED"] * 3 + ["MARKED", "TRACED"]
    assert StatementMark.objects.get().marked_by == reporter
    fresh = Article.objects.get(pk=draft.pk)
    assert "<b><span" in fresh.body.raw_data[0]["value"]
    assert actions.publish_article(fresh, by=an_editor()).is_public


def test_nothing_is_chosen_before_somebody_chooses(reporters_desk, reporter):
    draft = a_draft(by=reporter, body=paragraphs("Two berths closed."))
    a_source()
    page = reporters_desk.get(f"/desk/articles/{draft.pk}/statements/").content.decode()
    selects = page.split("<select")[1:]
    assert selects
    for select in selects:
        assert select.partition(">")[0].endswith(" required")
        assert select.split("<option")[1].startswith(' value="">')
    assert keep(reporters_desk, draft, "berths", "").status_code == 422
    assert not Attribution.objects.exists()


def test_a_second_choice_needs_no_second_span(reporters_desk, reporter):
    draft = a_draft(by=reporter, body=paragraphs("Two berths closed."))
    for name in ("Ina Brook", "Tom Falk"):
        keep(reporters_desk, draft, "berths", f"source:{a_source(name).pk}")

    assert Attribution.objects.get().source.name == "Tom Falk"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"statement": "aaaaaaaaaaaa", "rests_on": "mark:opinion"}, 422),
        ({"statement": "", "rests_on": "mark:hearsay"}, 422),
        ({"statement": "aaaaaaaaaaaa", "rests_on": "source:999999"}, 404),
        ({}, 422),
    ],
)
def test_what_is_not_there_is_refused(reporters_desk, reporter, told, status):
    draft = a_draft(by=reporter)
    answer = reporters_desk.post(f"/desk/articles/{draft.pk}/statements/", told)
    assert answer.status_code == status
    assert not Attribution.objects.exists()
    assert not StatementMark.objects.exists()


def test_an_editor_calls_a_statement_confirmed_and_says_why(editors_desk):
    draft = a_sourced_draft("Two berths closed.")
    handle = Attribution.objects.filter(article=draft).latest("pk").span
    page = f"/desk/articles/{draft.pk}/statements/"
    assert editors_desk.get(page).content.decode().count("desk-known") == 3
    told = {"handle": handle, "statement": "abc", "status": "confirmed"}
    sent = f"/desk/articles/{draft.pk}/statuses/"
    refused = editors_desk.post(sent, told, follow=True).content.decode()
    assert "Name a second source" in refused
    answer = editors_desk.post(sent, {**told, "reason": "I was there."}, follow=True)
    assert "Called so by Editor: I was there." in answer.content.decode()


def test_what_may_differ_is_offered_and_settled_in_place(editors_desk):
    draft = a_sourced_draft("Twelve people died.", "Nine were killed.", "Rain fell.")
    rows = Attribution.objects.filter(article=draft).order_by("pk")
    first, second, third = rows.values_list("span", flat=True)[2:]
    rows.filter(span=second).update(source=a_source("The hospital"))
    page, sent = (f"/desk/articles/{draft.pk}/{name}/" for name in PAGES)
    assert "These may differ" in editors_desk.get(page).content.decode()

    told = {"side": [first, second], "state": "open", "question": "How many died?"}
    assert "is not what" in post(editors_desk, sent, told | {f"says-{first}": "Six"})
    settled = post(editors_desk, sent, told)
    assert "These may differ" not in settled
    assert "<bdi>The hospital</bdi> says" in settled
    assert 'value="Twelve"' in settled

    known = {"known": Contradiction.objects.get().pk}
    resolved = {"state": "resolved", "reason": "It counts its own."}
    assert "Resolved, Editor" in post(editors_desk, sent, told | known | resolved)
    assert "These may differ" in post(editors_desk, sent, known | {"state": "drop"})
    one_source = post(editors_desk, sent, told | {"side": [first, third]})
    assert "cannot differ with itself" in one_source


PAGES = ("statements", "contradictions")


def post(desk, address: str, told: dict) -> str:
    return desk.post(address, told, follow=True).content.decode()


def test_what_a_statement_rests_on_is_taken_off_that_statement_alone(
    reporters_desk, reporter
):
    a_policy(most_marked=50)
    html = '<span data-span="{}">Two <b>berths</b> closed. A quay did. </span>'
    draft = a_draft(
        by=reporter,
        lede="",
        headline="Water is wet",
        body=paragraphs(f"{html.format('a' * 12)}Water is wet."),
    )
    attribute_span(draft, "a" * 12, source=a_source(), by=reporter)
    keep(reporters_desk, draft, "Water", f"source:{a_source().pk}")
    keep(reporters_desk, draft, "Water", "mark:common_knowledge")
    assert standings(draft) == ["TRACED", "TRACED", "TRACED", "UNSOURCED"]

    for words in ("Two", "Water"):
        told = {"statement": statement(draft, words), "release": "yes"}
        reporters_desk.post(f"/desk/articles/{draft.pk}/statements/", told)

    assert standings(draft) == ["UNSOURCED", "UNSOURCED", "TRACED", "UNSOURCED"]
    fresh = Article.objects.get(pk=draft.pk)
    assert fresh.attributions.get().span == "a" * 12
    assert "Two <b>berths</b> closed." in fresh.body.raw_data[0]["value"]
