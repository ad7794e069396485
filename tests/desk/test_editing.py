"""Writing, submitting, returning and approving."""

import pytest
from wagtail.models import WorkflowState

from dateline.articles.models import Article
from dateline.publishing.models import Publication
from tests.desk.desk_forms import sent
from tests.publishing.factories import a_contributor, a_draft, a_section, an_edition

pytestmark = pytest.mark.django_db


def edit(desk, article, *, act="", **changed):
    fields = sent(Article.objects.get(pk=article.pk), **changed)
    return desk.post(f"/desk/articles/edit/{article.pk}/", fields | _pressed(act))


def _pressed(act):
    return {f"action-{act}": "yes"} if act else {}


def under_review(desk, article):
    edit(desk, article, act="submit", headline=article.headline)
    return WorkflowState.objects.get()


def test_a_new_article_begins_with_its_writer(reporters_desk, reporter):
    an_edition("uk")
    own = a_contributor(reporter)

    page = reporters_desk.get("/desk/articles/add/").content.decode()

    assert f'value="{own.pk}"' in page
    assert '<option value="uk" selected' in page


def test_a_draft_may_lack_everything_but_a_language(reporters_desk, reporter):
    an_edition("en")

    answer = reporters_desk.post("/desk/articles/add/", sent(headline="", lede=""))

    article = Article.objects.get()
    assert answer.status_code == 302
    assert article.created_by == reporter
    assert not article.live


def test_a_saved_draft_is_what_the_lists_show(reporters_desk, reporter):
    article = a_draft(by=reporter)

    edit(reporters_desk, article, headline="A better headline")

    article.refresh_from_db()
    assert article.headline == "A better headline"
    assert "A better headline" in reporters_desk.get("/desk/articles/").content.decode()


def test_a_draft_of_a_public_article_changes_nothing_for_readers(
    editors_desk, reporters_desk, reporter
):
    article = a_draft(by=reporter)
    editors_desk.post(f"/desk/articles/{article.pk}/publish/")

    edit(reporters_desk, article, headline="A rumour that is not yet checked")

    article.refresh_from_db()
    assert article.live
    assert article.headline == "A rumour that is not yet checked"
    assert (
        Publication.objects.get().headline == "Two of five berths close at the harbour"
    )


def test_publish_saves_first_and_then_leads_to_the_door(editors_desk, reporter):
    article = a_draft(by=reporter)

    answer = edit(editors_desk, article, act="door-publish", headline="Saved first")

    assert answer.headers["Location"] == f"/desk/articles/{article.pk}/publish/"
    article.refresh_from_db()
    assert article.headline == "Saved first"
    assert not Publication.objects.exists()


def test_a_reporter_submits_and_an_editor_publishes(
    reporters_desk, editors_desk, reporter
):
    article = a_draft(by=reporter)
    under_review(reporters_desk, article)
    waiting = editors_desk.get("/desk/articles/").content.decode()
    assert "Waits for you" in waiting
    assert "In review" in waiting

    editors_desk.post(f"/desk/articles/{article.pk}/publish/")

    assert Publication.objects.get().is_public
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


def review_url(article, state, action):
    task = state.current_task_state
    return f"/desk/articles/workflow/action/{article.pk}/{action}/{task.pk}/"


def test_approval_publishes_through_the_door(reporters_desk, editors_desk, reporter):
    article = a_draft(by=reporter)
    state = under_review(reporters_desk, article)

    editors_desk.post(review_url(article, state, "approve"), {"comment": "Good."})

    assert Publication.objects.get().is_public
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED


def test_a_refused_approval_says_why_and_leaves_the_review_open(
    reporters_desk, editors_desk, reporter
):
    article = a_draft(by=reporter, section=None)
    state = under_review(reporters_desk, article)

    answer = editors_desk.post(review_url(article, state, "approve"), follow=True)

    page = answer.content.decode()
    assert "Choose the section readers will find it in." in page
    assert f'href="/desk/articles/edit/{article.pk}/#id_section"' in page
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert not Publication.objects.exists()


def test_a_returned_article_waits_for_its_reporter(
    reporters_desk, editors_desk, reporter
):
    article = a_draft(by=reporter)
    state = under_review(reporters_desk, article)

    editors_desk.post(review_url(article, state, "reject"), {"comment": "Who says so?"})

    listed = reporters_desk.get("/desk/articles/?standing=returned").content.decode()
    assert article.headline in listed
    assert "Waits for you" in listed
    edit(reporters_desk, article, act="submit", headline="It was the board, on record")
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS


def test_the_second_editor_of_two_is_told_and_nothing_is_lost(
    reporters_desk, editors_desk, reporter
):
    article = a_draft(by=reporter)
    opened = sent(Article.objects.get(pk=article.pk), lede="The second editor's lede")
    edit(reporters_desk, article, lede="The first editor's lede")

    answer = editors_desk.post(
        f"/desk/articles/edit/{article.pk}/",
        opened,
        headers={"accept": "application/json"},
    )

    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    article.refresh_from_db()
    assert article.lede == "The first editor's lede"


def test_autosave_keeps_one_draft_and_answers_with_its_number(reporters_desk, reporter):
    article = a_draft(by=reporter)
    url = f"/desk/articles/edit/{article.pk}/"
    as_json = {"accept": "application/json"}

    first = reporters_desk.post(url, sent(article, lede="One"), headers=as_json).json()
    again = sent(
        article, lede="One and two", overwrite_revision_id=first["revision_id"]
    )
    second = reporters_desk.post(url, again, headers=as_json).json()

    assert second["revision_id"] == first["revision_id"]
    article.refresh_from_db()
    assert article.lede == "One and two"


def test_a_draft_without_a_section_offers_those_there_are(reporters_desk, reporter):
    a_section("courts")
    article = a_draft(by=reporter)
    page = reporters_desk.get(f"/desk/articles/edit/{article.pk}/").content.decode()
    assert ">Courts</option>" in page
