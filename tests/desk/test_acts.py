"""The pages on which an editor looks, and then acts."""

from datetime import timedelta

import pytest
from django.test import Client

from dateline.articles.models import Article
from dateline.editions.models import Newsroom
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.models import Correction, Publication, Schedule, Tombstone
from tests.publishing.factories import a_draft, paragraphs, redraft

pytestmark = pytest.mark.django_db


def press(client: Client, article: Article, act: str, **told: object):
    """Send what the page of an act sends, the draft seen as it stands."""
    fresh = Article.objects.get(pk=article.pk)
    seen = {"seen_revision": fresh.latest_revision_id or ""}
    return client.post(f"/desk/articles/{article.pk}/{act}/", seen | told)


def test_an_editor_looks_and_publishes(editors_desk, reporter):
    article = a_draft(by=reporter)
    page = editors_desk.get(f"/desk/articles/{article.pk}/publish/")
    assert article.headline in page.content.decode()

    answer = press(editors_desk, article, "publish")

    assert answer.status_code == 302
    assert Publication.objects.get(article=article).is_public


def test_a_second_press_shows_the_state(editors_desk, reporter):
    article = a_draft(by=reporter)
    press(editors_desk, article, "publish")

    answer = press(editors_desk, article, "publish")

    assert answer.status_code == 302
    page = editors_desk.get(answer.headers["Location"])
    assert "It is public already" in page.content.decode()
    assert article.versions.count() == 1


def test_every_reason_is_shown_with_the_way_to_mend_it(editors_desk, reporter):
    article = a_draft(by=reporter, lede="", section=None)

    answer = press(editors_desk, article, "publish")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It has no lede." in page
    assert f'href="/desk/articles/edit/{article.pk}/#id_lede"' in page
    assert f'href="/desk/articles/edit/{article.pk}/#id_section"' in page
    assert not Publication.objects.exists()


def test_words_that_nobody_looked_at_are_not_published(editors_desk, reporter):
    article = a_draft(by=reporter)
    seen = article.latest_revision_id
    redraft(article, by=reporter, headline="Another headline altogether")

    answer = press(editors_desk, article, "publish", seen_revision=seen)

    assert "Someone saved a newer draft" in answer.content.decode()
    assert not Publication.objects.exists()


@pytest.mark.parametrize("act", ["publish", "update", "correct", "kill", "redact"])
def test_a_reporter_finds_no_door(reporters_desk, reporter, act):
    article = a_draft(by=reporter)

    answer = press(reporters_desk, article, act)

    assert answer.status_code == 302
    assert not Publication.objects.exists()


def test_an_update_shows_what_changes_for_readers(editors_desk, reporter):
    article = a_draft(by=reporter)
    press(editors_desk, article, "publish")
    redraft(article, by=reporter, headline="Three of five berths close at the harbour")

    page = editors_desk.get(f"/desk/articles/{article.pk}/update/").content.decode()

    assert "<del>Two</del><ins>Three</ins> of five berths" in page
    assert press(editors_desk, article, "update").status_code == 302
    assert Publication.objects.get().headline.startswith("Three")


def test_a_correction_says_what_was_wrong(editors_desk, reporter):
    article = a_draft(by=reporter)
    press(editors_desk, article, "publish")
    redraft(article, by=reporter, body=paragraphs("The board closed three berths."))

    silent = press(editors_desk, article, "correct", reason="")
    assert "Say what was wrong" in silent.content.decode()
    assert 'href="#id_reason"' in silent.content.decode()

    said = "An earlier version said that two berths were closed. It was three."
    assert press(editors_desk, article, "correct", reason=said).status_code == 302
    assert Correction.objects.get().text == said


def test_an_amendment_that_changes_a_number_is_refused(editors_desk, reporter):
    article = a_draft(by=reporter)
    press(editors_desk, article, "publish")
    redraft(article, by=reporter, lede="The board fears for 3 old quays.")

    answer = press(editors_desk, article, "amend")

    assert answer.status_code == 422
    assert "more than spelling or style" in answer.content.decode()


def test_a_killed_article_leaves_a_tombstone(editors_desk, reporter):
    article = a_draft(by=reporter)
    press(editors_desk, article, "publish")

    reason = "The berths were never closed."
    answer = press(editors_desk, article, "kill", desk="Harbour desk", reason=reason)

    assert answer.status_code == 302
    assert Tombstone.objects.get().reason == reason
    again = press(editors_desk, article, "kill", desk="Harbour desk", reason=reason)
    assert again.status_code == 302


def test_a_passage_is_redacted_everywhere(editors_desk, reporter):
    article = a_draft(by=reporter, body=paragraphs("Pia Small, 14, saw it."))
    press(editors_desk, article, "publish")

    answer = press(
        editors_desk,
        article,
        "redact",
        passages="Pia Small",
        reason="She is a minor and was named by mistake.",
    )

    assert answer.status_code == 302
    assert "Pia Small" not in str(Publication.objects.get().version.content)
    article.refresh_from_db()
    assert "Pia Small" not in str(article.body.raw_data[0])


def test_a_schedule_is_set_shown_and_lifted(editors_desk, reporter):
    article = a_draft(by=reporter)
    due = clock.now().replace(second=0, microsecond=0) + timedelta(days=1)

    told = {"due_at": f"{due:%Y-%m-%dT%H:%M}"}
    assert press(editors_desk, article, "schedule", **told).status_code == 302
    assert Schedule.objects.get().due_at == due

    listed = editors_desk.get("/desk/articles/?standing=scheduled").content.decode()
    assert article.headline in listed
    assert press(editors_desk, article, "lift-schedule").status_code == 302
    assert Schedule.objects.get().outcome == "lifted"


def test_minutes_are_the_newsrooms(editors_desk, reporter):
    newsroom = Newsroom.load()
    newsroom.timezone = "Europe/Kyiv"
    newsroom.save()
    article = a_draft(by=reporter)

    page = editors_desk.get(f"/desk/articles/{article.pk}/schedule/").content.decode()
    press(editors_desk, article, "schedule", due_at="2099-01-15T10:00")

    assert "In Europe/Kyiv." in page
    assert Schedule.objects.get().due_at.isoformat() == "2099-01-15T08:00:00+00:00"


def test_a_reporter_may_spike_a_draft_and_take_it_back(reporters_desk, reporter):
    article = a_draft(by=reporter)

    press(reporters_desk, article, "spike")
    assert (
        article.headline not in reporters_desk.get("/desk/articles/").content.decode()
    )

    press(reporters_desk, article, "unspike")
    assert article.headline in reporters_desk.get("/desk/articles/").content.decode()


def test_an_act_asks_for_a_token(editor: User, reporter: User):
    article = a_draft(by=reporter)
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(editor)

    assert press(desk, article, "publish").status_code == 403
    assert not Publication.objects.exists()


def test_nobody_acts_unseen(client, reporter):
    article = a_draft(by=reporter)
    answer = press(client, article, "publish")
    assert answer.status_code == 302
    assert "/desk/login/" in answer.headers["Location"]
