"""Two people, two threads, two connections, one newsroom."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from dateline.articles.models import Article
from dateline.publishing import actions
from dateline.publishing.models import LogEntry, Publication, Version
from dateline.publishing.rules import ActRefused
from dateline.publishing.verification import verify
from tests.publishing.factories import a_draft, an_editor

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run acts at the same moment; return what each returned or was refused with."""
    start = Barrier(len(acts))

    def run(act):
        start.wait(timeout=20)
        try:
            return act()
        except ActRefused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_editors_publish_one_draft_and_one_of_them_is_told():
    draft, editors = a_draft(), [an_editor("one"), an_editor("two")]
    results = at_once(
        *(lambda who=who: actions.publish_article(draft, by=who) for who in editors)
    )
    refused = [result for result in results if isinstance(result, ActRefused)]
    assert [sorted(result.codes) for result in refused] == [["already-public"]]
    assert Publication.objects.count() == LogEntry.objects.count() == 1
    assert verify().holds


def test_many_drafts_at_once_stand_one_after_the_other_in_the_log():
    editor = an_editor()
    drafts = [a_draft(slug=f"ferry-{number}") for number in range(6)]
    at_once(*(lambda it=it: actions.publish_article(it, by=editor) for it in drafts))
    assert list(LogEntry.objects.values_list("sequence", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert verify().holds


def test_of_two_articles_after_one_address_one_gets_it():
    editor = an_editor()
    drafts = [a_draft(slug="ferry") for _ in range(2)]
    results = at_once(
        *(lambda it=it: actions.publish_article(it, by=editor) for it in drafts)
    )
    refused = [result for result in results if isinstance(result, ActRefused)]
    assert [result.codes for result in refused] == [{"address-taken"}]
    assert Publication.objects.count() == 1


def test_a_kill_and_an_update_at_once_leave_a_tombstone():
    editor, draft = an_editor(), a_draft()
    actions.publish_article(draft, by=editor)
    Article.objects.get(pk=draft.pk).save_revision(user=editor)
    reason = "It was wrong from the start."
    at_once(
        lambda: actions.update_article(draft, by=editor),
        lambda: actions.kill_article(draft, by=editor, desk="Desk", reason=reason),
    )
    assert not Publication.objects.get().is_public
    assert verify().holds


def test_an_editor_who_opened_it_before_it_was_public_can_still_save():
    """Their form was loaded from a row that was not live yet."""
    draft = a_draft()
    opened = Article.objects.get(pk=draft.pk)
    actions.publish_article(draft, by=an_editor())
    opened.lede = "Typed meanwhile."
    opened.save_revision(user=an_editor())
    saved = Article.objects.get(pk=draft.pk)
    assert saved.live
    assert saved.lede == "Typed meanwhile."
    assert saved.has_unpublished_changes
    assert Version.objects.get().content["lede"] != "Typed meanwhile."
