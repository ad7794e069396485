"""Whatever is done at the door in whatever order, what readers get stays true."""

from contextlib import suppress
from datetime import timedelta

import time_machine
from django.db import transaction
from django.db.models import Count, Max
from hypothesis import settings
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from

from dateline.articles.models import Article
from dateline.plumbing import clock
from dateline.publishing import actions
from dateline.publishing.models import (
    Listing,
    Publication,
    PublicDay,
    Schedule,
    Version,
)
from dateline.publishing.rules import ActRefused
from dateline.publishing.verification import verify
from tests.publishing.factories import a_draft, an_editor, redraft

REASON = "It turned out to be wrong all through."


class Door(RuleBasedStateMachine):
    """Two articles, one editor, a clock that only goes forward."""

    @initialize()
    def open_newsroom(self):
        self.minutes = 0
        self.editor = an_editor()
        self.drafts = [a_draft(), a_draft(headline="Ferry late again on Tuesday")]
        self.dead: set[int] = set()
        self.told = 0

    def act(self, verb, article, **options):
        later = clock.now() + timedelta(minutes=self.minutes)
        with time_machine.travel(later, tick=False), suppress(ActRefused):
            verb(article, by=self.editor, **options)

    @rule(which=integers(0, 1), number=integers(1, 4))
    def type_something(self, which, number):
        redraft(self.drafts[which], lede=f"Now {number} ferries are late.")

    @rule(
        which=integers(0, 1),
        verb=sampled_from(
            [actions.publish_article, actions.update_article, actions.amend_article]
        ),
    )
    def make_public(self, which, verb):
        self.act(verb, self.drafts[which])

    @rule(which=integers(0, 1))
    def correct(self, which):
        self.act(actions.correct_article, self.drafts[which], text=REASON)

    @rule(which=integers(0, 1), ahead=integers(1, 90))
    def schedule(self, which, ahead):
        due = clock.now() + timedelta(minutes=self.minutes + ahead)
        self.act(actions.schedule_article, self.drafts[which], due_at=due)

    @rule(passed=integers(1, 120))
    def wait(self, passed):
        self.minutes += passed
        later = clock.now() + timedelta(minutes=self.minutes)
        with time_machine.travel(later, tick=False):
            actions.publish_due()

    @rule(which=integers(0, 1))
    def kill(self, which):
        self.act(actions.kill_article, self.drafts[which], desk="Desk", reason=REASON)

    @rule(which=integers(0, 1))
    def redact(self, which):
        self.act(
            actions.redact, self.drafts[which], passages=["ferries"], reason=REASON
        )

    @rule(which=integers(0, 1))
    def spike(self, which):
        self.act(actions.spike_article, self.drafts[which])

    @invariant()
    def the_log_holds_and_only_grows(self):
        verdict = verify()
        assert verdict.holds, verdict.broken
        assert verdict.entries >= self.told
        self.told = verdict.entries

    @invariant()
    def live_is_public_and_public_is_listed(self):
        public = set(
            Publication.objects.filter(state="public").values_list("article", flat=True)
        )
        live = Article.objects.filter(live=True).values_list("pk", flat=True)
        assert set(live) == public
        latest = Listing.objects.filter(kind="latest")
        assert set(latest.values_list("publication__article", flat=True)) == public

    @invariant()
    def every_day_is_counted(self):
        public = Publication.objects.filter(form="article", state="public")
        counted = public.values_list("date").annotate(Count("id"), Max("updated_at"))
        assert set(PublicDay.objects.values_list()) == set(counted)

    @invariant()
    def the_dead_stay_dead(self):
        killed = set(
            Publication.objects.filter(state="killed").values_list("article", flat=True)
        )
        assert self.dead <= killed
        self.dead = killed

    @invariant()
    def readers_have_the_newest_version(self):
        for row in Publication.objects.select_related("version"):
            numbers = Version.objects.filter(article=row.article_id).order_by("number")
            told = list(numbers.values_list("number", flat=True))
            assert told == list(range(1, len(told) + 1))
            assert row.version.number == told[-1]

    @invariant()
    def nothing_waits_past_its_minute_unseen(self):
        late = clock.now() + timedelta(minutes=self.minutes) - timedelta(days=2)
        assert not Schedule.objects.filter(
            done_at__isnull=True, due_at__lt=late
        ).exists()


class RolledBack(Door):
    """The same door, each run in a savepoint of the test's transaction."""

    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)


class TestDoor(TestCase):
    def test_any_order_of_acts(self):
        run_state_machine_as_test(
            RolledBack,
            settings=settings(max_examples=8, stateful_step_count=14, deadline=None),
        )
