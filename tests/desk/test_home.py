"""The desk's first screen, and the way from a reader's page to the editor."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from wagtail.models import Revision

from dateline.articles.models import Section
from dateline.editions.actions import link_translation
from dateline.editions.models import Edition, Newsroom
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing import actions
from dateline.sources.models import Source, WireItem
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import a_draft, an_edition, an_editor, redraft

pytestmark = pytest.mark.django_db


def home(desk: Client) -> str:
    return desk.get("/desk/").content.decode()


def test_an_empty_newsroom_is_led_through_its_first_steps():
    alone = User.objects.create_superuser("founder")
    desk = signed_in(alone)
    page = home(desk)
    assert "First steps" in page
    for step in ("Name the newsroom", "Open an edition", "Make a section"):
        assert step in page
    assert "data-done" not in page

    newsroom = Newsroom.load()
    newsroom.name = "The Tide"
    newsroom.save()
    assert home(desk).count("data-done") == 1

    Edition.objects.create(code="en", title="The Tide", is_live=True)
    Section.objects.create(slug="harbour", names={"en": "Harbour"})
    User.objects.create(username="second")
    a_draft(by=alone)
    assert "First steps" not in home(desk)


def test_a_reporter_is_not_asked_to_found_a_newsroom(reporters_desk):
    assert "First steps" not in home(reporters_desk)


def test_home_shows_what_needs_me(editors_desk, reporters_desk, reporter, editor):
    article = a_draft(by=reporter, headline="Waiting for an editor")
    article.get_workflow().start(article, reporter)

    assert "Waiting for an editor" in home(editors_desk).split("Waits for you")[1]
    assert "Waiting for an editor" in home(reporters_desk).split("Your drafts")[1]


def test_what_did_not_go_out_at_its_minute_is_said(editors_desk, reporter, editor):
    article = a_draft(by=reporter, headline="Meant for noon")
    due = clock.now() + timedelta(hours=1)
    actions.schedule_article(article, by=editor, due_at=due)
    Edition.objects.update(is_live=False)

    with time_machine.travel(due + timedelta(minutes=1)):
        actions.publish_due()
        page = home(editors_desk)

    assert "Meant for noon" in page.split("Did not go out at its minute")[1]
    assert "is not live" in page


def test_stale_translations_and_withdrawn_items_are_said(editors_desk, reporter):
    an_edition("uk")
    original = a_draft(by=reporter)
    carried = a_draft(by=reporter, language="uk", headline="Переклад")
    link_translation(original, carried)
    for article in (original, carried):
        actions.publish_article(article, by=an_editor())
    redraft(original, by=reporter, lede="The board fears for both quays.")
    actions.update_article(original, by=an_editor())
    item = WireItem.objects.create(
        uri="urn:x",
        headline="Withdrawn",
        pubstatus="canceled",
        source=Source.objects.create(name="Echo"),
        format="page",
        original_path="x",
        original_hash="y",
        original_size=1,
        received_at=clock.now(),
    )
    type(original).objects.filter(pk=original.pk).update(wire_item=item)

    page = home(editors_desk)

    assert "Переклад" in page.split("Translations behind their original")[1]
    assert f"/desk/articles/{original.pk}/kill/" in page


def test_staff_are_told_where_a_page_is_edited(reporters_desk, reporter, client):
    article = a_draft(by=reporter)
    path = actions.publish_article(article, by=an_editor()).path

    answer = reporters_desk.get("/desk/edit-link/", {"path": path})

    assert answer.json()["url"] == f"/desk/articles/edit/{article.pk}/"
    assert client.get("/desk/edit-link/", {"path": path}).status_code == 403


@pytest.mark.parametrize(
    "path", ["", "/", "/en/", "/en/2026/13/45/x/", "/en/2026/01/01/gone/", "x" * 5000]
)
def test_no_page_no_edit_link(reporters_desk, path):
    answer = reporters_desk.get("/desk/edit-link/", {"path": path})
    assert answer.status_code == 404


def test_only_staff_carry_the_hint(reporters_desk, client):
    assert reporters_desk.get("/desk/").cookies["dateline_staff"].value == "1"
    assert "dateline_staff" not in client.get("/desk/login/").cookies


def test_what_broke_at_its_minute_says_why_and_when_it_is_tried_again(
    editors_desk, reporter, editor
):
    article = a_draft(by=reporter, headline="Meant for noon")
    due = clock.now() + timedelta(hours=1)
    schedule = actions.schedule_article(article, by=editor, due_at=due)
    spoiled = schedule.revision.content | {"embargoed_until_at": "no day at all"}
    Revision.objects.filter(pk=schedule.revision_id).update(content=spoiled)

    with time_machine.travel(due + timedelta(minutes=1)):
        actions.publish_due()
        told = home(editors_desk).split("Did not go out at its minute")[1]
        act = editors_desk.get(f"/desk/articles/{article.pk}/lift-schedule/")

    schedule.refresh_from_db()
    assert told.count("Meant for noon") == 1
    for page in (told, act.content.decode()):
        assert "tried 1 time," in page
        assert schedule.trouble in unescape(page)
    assert act.wsgi_request.path in told
