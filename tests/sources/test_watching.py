"""Broken links: asked again with patience, politely, and never from inside."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dateline.sources import rules
from dateline.sources.actions import (
    check_due_links,
    enroll_links,
    keep_page,
    watch_addresses,
)
from dateline.sources.models import Source, WatchedLink
from dateline.sources.rules import LinkFacts, judge_link
from dateline.sources.vocabulary import LinkState
from tests.sources.a_web import web

__all__ = ["web"]
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as at:
        yield at


# The rule


def after(*statuses, between=timedelta(hours=13), may_ask=True):
    """Return the verdict when an address answered so, one time after another."""
    failures, since, now = 0, None, NOW
    for status in statuses:
        facts = LinkFacts(failures, since, status, may_ask)
        verdict = judge_link(facts, now=now)
        failures, since = verdict.failures, verdict.failing_since_at
        now += between
    return verdict


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        ([200], "answers"),
        ([304], "answers"),
        ([404], "failing"),
        ([404, 404], "broken"),
        ([410, 410], "broken"),
        ([None], "failing"),
        ([None, None], "failing"),
        ([None, None, None], "broken"),
        ([500, 500, 500], "broken"),
        ([None, None, 200], "answers"),
        ([404, 200, 404], "failing"),
        ([403] * 9, "failing"),
        ([429] * 9, "failing"),
        ([503] * 9, "failing"),
    ],
)
def test_once_is_never_broken(statuses, state):
    assert after(*statuses).state == state


def test_three_failures_of_one_hour_are_not_enough():
    verdict = after(None, None, None, between=timedelta(minutes=20))
    assert verdict.state == "failing"


def test_each_failure_makes_it_wait_longer():
    waits = []
    for times in range(1, 8):
        verdict = after(*[None] * times, between=timedelta(0))
        waits.append(verdict.next_check_at - NOW)

    assert waits == sorted(waits)
    assert waits[0] == timedelta(hours=1)
    assert waits[-1] == timedelta(days=7)


def test_a_host_that_asks_for_time_gets_it():
    facts = LinkFacts(0, None, 503, retry_after=timedelta(days=2))
    assert judge_link(facts, now=NOW).next_check_at == NOW + timedelta(days=2)
    facts = LinkFacts(0, None, 503, retry_after=timedelta(days=900))
    assert judge_link(facts, now=NOW).next_check_at == NOW + timedelta(days=30)


def test_every_verdict_is_a_word_of_the_ledger():
    told = {after(200).state, after(404).state, after(404, 404).state}
    told.add(after(None, may_ask=False).state)
    assert told | {"unchecked"} == set(LinkState.values)
    assert rules.LinkFacts(0, None, 200).may_ask


# The watch


def state_of(address):
    return WatchedLink.objects.get(address=address).state


@pytest.mark.django_db
def test_what_answers_and_what_is_gone(web, clock):
    good, gone = f"{web.address}/onward", f"{web.address}/gone"
    watch_addresses([good, gone])

    for _ in range(4):
        check_due_links()
        clock.shift(timedelta(hours=25))

    assert state_of(good) == LinkState.ANSWERS
    assert state_of(gone) == LinkState.BROKEN
    assert WatchedLink.objects.get(address=gone).status == 410


@pytest.mark.django_db
def test_a_host_is_asked_once_a_minute(web, clock):
    watch_addresses(f"{web.address}/page?{number}" for number in range(3))

    assert check_due_links() == 1
    assert check_due_links() == 0
    clock.shift(timedelta(seconds=61))
    assert check_due_links() == 1
    assert len(web.asked) == 2


@pytest.mark.django_db
def test_a_busy_host_is_left_alone_as_long_as_it_says(web, clock):
    watch_addresses([f"{web.address}/busy"])
    check_due_links()
    clock.shift(timedelta(hours=23))
    assert check_due_links() == 0
    clock.shift(timedelta(hours=2))
    assert check_due_links() == 1


@pytest.mark.django_db
def test_what_lies_inside_a_network_is_never_asked(clock):
    watch_addresses(["http://127.0.0.1:9/", "ftp://a.example/", "nonsense", "http://["])

    assert check_due_links() == 1
    link = WatchedLink.objects.get()
    assert link.state == LinkState.NOT_ASKED
    assert "inside a network" in link.says


@pytest.mark.django_db
def test_a_silent_machine_is_failing(web, clock):
    web.shutdown()
    web.server_close()
    watch_addresses([f"{web.address}/page"])
    check_due_links()

    assert state_of(f"{web.address}/page") == LinkState.FAILING


@pytest.mark.django_db
def test_sources_and_copies_are_watched_by_themselves(web):
    Source.objects.create(name="The port", url=f"{web.address}/port")
    keep_page(f"{web.address}/page", by=None)

    assert enroll_links() == 1
    assert enroll_links() == 0
    addresses = set(WatchedLink.objects.values_list("address", flat=True))
    assert addresses == {f"{web.address}/port", f"{web.address}/page"}


@pytest.mark.django_db
def test_the_same_address_is_watched_once():
    assert watch_addresses(["https://a.example/"] * 2) == 1
    assert watch_addresses(["https://a.example/"]) == 0
