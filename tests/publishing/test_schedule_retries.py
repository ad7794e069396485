"""A schedule that breaks at its minute waits longer each time, and delays no other."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db.models.signals import post_save
from wagtail.models import Revision

from dateline.articles.models import Article
from dateline.plumbing import clock
from dateline.publishing import actions
from dateline.publishing.models import (
    GatePolicy,
    LogEntry,
    Publication,
    Schedule,
    Version,
)
from dateline.publishing.rules.retrying import is_ready, wait_after
from dateline.publishing.verification import verify
from tests.publishing.factories import a_draft, an_editor, redraft
from tests.publishing.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def a_schedule(**values) -> Schedule:
    draft = a_draft(**values)
    due = clock.now() + timedelta(hours=1)
    return actions.schedule_article(draft, by=an_editor(), due_at=due)


def broken(**values) -> Schedule:
    """Return a schedule whose approved text cannot be read any more."""
    schedule = a_schedule(**values)
    spoil(schedule)
    return schedule


def spoil(schedule: Schedule) -> None:
    content = schedule.revision.content | {"embargoed_until_at": "no day at all"}
    Revision.objects.filter(pk=schedule.revision_id).update(content=content)


def tried(at, schedule) -> int:
    with time_machine.travel(at, tick=False):
        actions.publish_due()
    schedule.refresh_from_db()
    return schedule.tries


def test_each_try_waits_twice_as_long_up_to_an_hour():
    waits = [wait_after(tries) // MINUTE for tries in range(1, 10)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert wait_after(1_000_000) == 60 * MINUTE


def test_what_breaks_is_tried_again_later_and_says_why():
    schedule = broken()
    due = schedule.due_at
    for after, tries in ((0, 1), (0.5, 1), (1, 2), (2.9, 2), (3, 3), (6.9, 3), (7, 4)):
        assert tried(due + after * MINUTE, schedule) == tries
    assert schedule.trouble
    assert schedule.done_at is None
    assert schedule.next_try_at == due + 15 * MINUTE
    assert not Publication.objects.exists()


def test_one_that_breaks_keeps_no_other_from_its_minute():
    first, second = broken(), a_schedule(slug="ferry")
    assert first.due_at <= second.due_at
    with time_machine.travel(second.due_at, tick=False):
        assert actions.publish_due() == 1
        assert actions.publish_due() == 0
    assert Publication.objects.get().article_id == second.article_id


@pytest.mark.parametrize(
    "change",
    [
        lambda schedule: redraft(schedule.article, headline="Another headline"),
        lambda _: GatePolicy.objects.update(archive_days=7),
        lambda schedule: Schedule.objects.update(due_at=schedule.due_at - MINUTE),
    ],
    ids=["draft", "policy", "schedule"],
)
def test_what_changed_is_tried_at_once_and_from_the_beginning(change):
    GatePolicy.load()
    schedule = broken()
    later = schedule.due_at + MINUTE
    tried(schedule.due_at, schedule)
    assert tried(later, schedule) == 2
    with time_machine.travel(later, tick=False):
        change(schedule)
    assert tried(later + timedelta(seconds=1), schedule) == 1
    assert tried(later + timedelta(seconds=2), schedule) == 1


def test_once_mended_it_goes_out():
    schedule = a_schedule()
    content = dict(schedule.revision.content)
    spoil(schedule)
    tried(schedule.due_at, schedule)
    Revision.objects.filter(pk=schedule.revision_id).update(content=content)
    tried(schedule.due_at + MINUTE, schedule)
    assert schedule.outcome == "published"
    assert Publication.objects.get().is_public
    assert verify().holds


@contextmanager
def a_process_that_ends(after):
    """Have the process end once a row of `after` is written."""

    def end(**_):
        raise SystemExit

    post_save.connect(end, sender=after)
    try:
        yield
    finally:
        post_save.disconnect(end, sender=after)


@pytest.mark.parametrize("after", [LogEntry, Version, Publication])
def test_a_crash_half_way_leaves_nothing_and_counts_as_a_try(after):
    schedule = a_schedule()
    entries = LogEntry.objects.count()
    with a_process_that_ends(after), pytest.raises(SystemExit):
        tried(schedule.due_at, schedule)
    assert LogEntry.objects.count() == entries
    assert not Publication.objects.exists()
    schedule.refresh_from_db()
    assert (schedule.tries, schedule.trouble) == (1, "")
    other = a_schedule(slug="ferry")
    Schedule.objects.filter(pk=other.pk).update(due_at=schedule.due_at)
    tried(schedule.due_at, schedule)
    assert Publication.objects.get().article_id == other.article_id
    tried(schedule.due_at + MINUTE, schedule)
    assert schedule.outcome == "published"
    assert verify().holds


def test_two_workers_at_once_publish_once_and_try_once():
    good, bad = a_schedule(), broken(slug="ferry")
    with time_machine.travel(bad.due_at, tick=False):
        told = at_once(*[actions.publish_due] * 2)
    assert sum(told) == 1
    assert Publication.objects.get().article_id == good.article_id
    bad.refresh_from_db()
    assert bad.tries == 1
    assert verify().holds


def test_a_clock_that_went_back_makes_no_wait_longer():
    now = clock.now()
    for tries in (1, 3, 9):
        wait = wait_after(tries)
        assert not is_ready(tries, now, now=now - timedelta(seconds=1))
        assert is_ready(tries, now, now=now - 2 * wait)
    schedule = broken()
    tried(schedule.due_at + timedelta(days=300), schedule)
    assert tried(schedule.due_at, schedule) == 2


def test_one_that_breaks_can_be_lifted():
    schedule = broken()
    tried(schedule.due_at, schedule)
    actions.lift_schedule(schedule.article, by=an_editor())
    assert tried(schedule.due_at + MINUTE, schedule) == 1
    assert schedule.outcome == "lifted"
    assert not Article.objects.get(pk=schedule.article_id).live
