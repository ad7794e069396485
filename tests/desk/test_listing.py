"""The list of articles: what is found, what comes first, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import WorkflowState

from dateline.articles.models import Article
from dateline.desk import queries
from dateline.desk.vocabulary import EDITORS, REPORTERS, Standing
from dateline.people.models import Contributor
from dateline.publishing import actions
from tests.desk.desk_forms import a_member
from tests.publishing.factories import (
    a_contributor,
    a_draft,
    a_section,
    an_edition,
    an_editor,
    redraft,
)

pytestmark = pytest.mark.django_db


def listed(desk, query=""):
    answer = desk.get(f"/desk/articles/{query}")
    assert answer.status_code == 200
    return [row.headline for row in answer.context["object_list"]]


@pytest.mark.parametrize(
    ("headline", "asked"),
    [
        ("Fog closes the harbour", "FOG harbour"),
        ("Туман закрив порт", "ТУМАН"),
        ("ЄвроСоюз погодив угоду", "євросоюз"),
        ("Η ΟΜΙΧΛΗ έκλεισε το λιμάνι", "ομιχλη"),
        ("الضباب يغلق الميناء", "الميناء"),
        ("大雾封港", "封港"),
        ("မြူထူ၍ ဆိပ်ကမ်းပိတ်", "ဆိပ်ကမ်း"),
        ("50% of (all) berths [closed]", "50% (all) [closed]"),
    ],
)
def test_headlines_are_found_in_any_case_and_script(
    reporters_desk, reporter, headline, asked
):
    a_draft(by=reporter, headline=headline)
    a_draft(by=reporter, headline="Something else", slug="else")

    answer = reporters_desk.get("/desk/articles/", {"q": asked})

    assert [row.headline for row in answer.context["object_list"]] == [headline]


def test_the_desks_own_label_is_found(reporters_desk, reporter):
    a_draft(by=reporter, headline="Berths close", slugline="HARBOUR-INSPECTION")
    assert listed(reporters_desk, "?q=inspection") == ["Berths close"]


@pytest.fixture(scope="class")
def one_of_each(class_db):
    """Return who made one article in each state, and who edited them."""
    reporter, editor = a_member("reporter", REPORTERS), a_member("editor", EDITORS)
    made = {s: a_draft(by=reporter, headline=s.label, slug=s.value) for s in Standing}
    for standing in (Standing.PUBLISHED, Standing.CHANGED, Standing.KILLED):
        actions.publish_article(made[standing], by=editor)
    redraft(made[Standing.CHANGED], lede="Something newer")
    reason = "The berths were never closed."
    actions.kill_article(made[Standing.KILLED], by=editor, desk="City", reason=reason)
    actions.spike_article(made[Standing.SPIKED], by=reporter)
    tomorrow = made[Standing.DRAFT].created_at.replace(year=2099)
    actions.schedule_article(made[Standing.SCHEDULED], by=editor, due_at=tomorrow)
    for standing in (Standing.IN_REVIEW, Standing.RETURNED):
        made[standing].get_workflow().start(made[standing], reporter)
    review = made[Standing.RETURNED].current_workflow_state
    review.current_task_state.specific.reject(user=editor)
    return {"reporter": reporter, "editor": editor}


class TestStates:
    @pytest.fixture
    def reporter(self, one_of_each):
        return one_of_each["reporter"]

    @pytest.fixture
    def editor(self, one_of_each):
        return one_of_each["editor"]

    @pytest.mark.parametrize("standing", Standing)
    def test_each_state_is_found_and_said(self, editors_desk, standing):
        answer = editors_desk.get(f"/desk/articles/?standing={standing.value}")

        rows = {
            row.headline: row.desk_standing for row in answer.context["object_list"]
        }
        expected = {standing.label: standing}
        if standing == Standing.PUBLISHED:
            expected[Standing.CHANGED.label] = Standing.CHANGED
        if standing == Standing.DRAFT:
            expected |= {s.label: s for s in (Standing.IN_REVIEW, Standing.RETURNED)}
        assert rows == expected

    def test_what_waits_for_me_comes_first(self, editors_desk, reporters_desk):
        assert listed(editors_desk)[0] == Standing.IN_REVIEW.label
        assert listed(reporters_desk)[0] == Standing.RETURNED.label


def test_the_list_narrows_by_section_language_and_byline(reporters_desk, reporter):
    an_edition("uk")
    night = Contributor.objects.create(slug="night", name="Night desk", kind="desk")
    courts = a_section("courts")
    a_draft(by=reporter, headline="In the courts", section=courts, slug="courts")
    a_draft(by=reporter, headline="Українською", language="uk", slug="uk")
    a_draft(by=reporter, headline="At night", bylines=(night,), slug="night")

    assert listed(reporters_desk, f"?section={courts.pk}") == ["In the courts"]
    assert listed(reporters_desk, "?language=uk") == ["Українською"]
    assert listed(reporters_desk, "?byline=NIGHT") == ["At night"]
    assert listed(reporters_desk, "?byline=nobody") == []


def test_a_list_is_cut_short_and_says_so(reporters_desk, reporter, monkeypatch):
    monkeypatch.setattr(queries, "MOST_LISTED", 3)
    for number in range(5):
        a_draft(by=reporter, headline=f"Number {number}", slug=f"n-{number}")

    page = reporters_desk.get("/desk/articles/")

    assert len(page.context["object_list"]) == 3
    assert "The first 3 are listed." in page.content.decode()


def test_more_articles_ask_no_more_questions(editors_desk, reporter):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            editors_desk.get("/desk/articles/")
        return len(captured)

    first = a_draft(by=reporter, slug="first")
    first.get_workflow().start(first, reporter)
    asked()
    few = asked()
    for number in range(12):
        who = a_contributor(an_editor(f"writer-{number}"))
        article = a_draft(
            by=reporter,
            bylines=(who,),
            section=a_section(f"s{number}"),
            slug=f"{number}",
        )
        article.get_workflow().start(article, reporter)

    assert asked() == few <= 22
    assert WorkflowState.objects.count() == 13


@pytest.mark.parametrize(
    ("narrowed", "index"),
    [
        ({}, "article_found"),
        ({"q": "berth"}, "article_found"),
        ({"q": "причал"}, "article_found"),
        ({"standing": Standing.CHANGED}, "article_changed"),
        ({"standing": Standing.SPIKED}, "article_spiked"),
    ],
    ids=str,
)
def test_no_list_reads_the_articles_to_find_the_newest(narrowed, index):
    rows = Article.objects.filter(form="article")
    if standing := narrowed.get("standing"):
        rows = queries.standing_at(rows, standing)
    else:
        rows = rows.filter(spiked_at__isnull=True)
    rows = queries.matching_words(rows, narrowed.get("q", ""))

    if connection.vendor == "postgresql":
        # A table of no rows is quicker read whole; a large one is not.
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = rows.order_by("-updated_at", "-id").values_list("pk")[:100].explain()

    # Of two indexes that serve, PostgreSQL takes either while the table is empty.
    assert index in plan or "Index Scan using article_" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
