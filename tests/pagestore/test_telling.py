"""Caches in front hear of every purge, in order, until they have been told."""

import re
import socket
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from dateline.config.serving import duties
from dateline.pagestore.actions import purge
from dateline.pagestore.adapters.choosing import parse
from dateline.pagestore.adapters.marks import CROWDED, EVERY_PAGE
from dateline.pagestore.adapters.vocabulary import Secrets
from dateline.pagestore.forgetting import FILE, forget_other_pages
from dateline.pagestore.models import CacheInFront, Purge, PurgeCount
from dateline.pagestore.opened import page_store
from dateline.pagestore.telling import tell_due, try_again
from dateline.plumbing import clock
from tests.pagestore.adapters import services

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service():
    with services.opened(services.fastly) as service:
        yield service


@pytest.fixture
def cache(service, settings, tmp_path):
    """A cache that is configured, before a house that keeps pages."""
    cache = parse(f"fastly+http://127.0.0.1:{service.port}/SU1Z0isxPaozGVKXdv0eY")
    settings.DATELINE_PURGE_CACHES = (cache,)
    settings.DATELINE_PURGE_SECRETS = Secrets(fastly=services.TOKEN)
    settings.DATELINE_PAGES = tmp_path / "pages"
    yield cache
    page_store().close()


@pytest.fixture
def travel():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def act(*tags, hard=False):
    with transaction.atomic():
        purge(tags, hard=hard, cause="act")


def told(service):
    """Return what was told since the last time, as sets of tags."""
    calls = [(set(keys) - {CROWDED}, soft) for keys, soft in service.calls]
    service.calls.clear()
    return calls


def test_a_purge_is_told_once_and_again_when_answers_have_arrived(
    cache, service, travel
):
    act("article:1")
    assert tell_due(cache)
    assert told(service) == [({"article:1"}, True)]
    assert not tell_due(cache)
    travel.shift(11)
    assert tell_due(cache)
    assert told(service) == [({"article:1"}, True)]
    travel.shift(11)
    assert not tell_due(cache)


def test_what_is_told_again_goes_with_what_is_new(cache, service, travel):
    act("article:1")
    tell_due(cache)
    travel.shift(11)
    act("article:2")
    told(service)
    tell_due(cache)
    assert told(service) == [({"article:1", "article:2"}, True)]
    travel.shift(11)
    tell_due(cache)
    assert told(service) == [({"article:2"}, True)]


def test_a_withdrawal_is_told_before_the_act_returns(cache, service):
    act("article:1")
    assert not service.calls
    act("article:2", hard=True)
    assert told(service) == [({"article:2"}, False)]


def test_withdrawals_are_told_first(cache, service):
    act("article:1")
    act("article:2", hard=True)
    told(service)
    tell_due(cache)
    assert told(service) == [({"article:2"}, False), ({"article:1"}, True)]


def test_an_act_that_is_refused_tells_nobody(cache, service):
    with transaction.atomic():
        purge(["article:1"], hard=True)
        transaction.set_rollback(True)
    assert not tell_due(cache)
    assert not service.calls


def test_a_cache_that_was_away_is_told_everything_in_one_go(
    cache, service, travel, caplog
):
    service.refusals += [(500, {}, b"away")] * 2
    act("article:0")
    assert not tell_due(cache)
    state = CacheInFront.objects.get()
    assert (state.told, state.failures) == (0, 1)
    assert "away" in state.trouble
    for number in range(1, 50):
        act(f"article:{number}")
    # Not before its time, and then not for longer each time.
    assert not tell_due(cache)
    travel.shift(2)
    assert not tell_due(cache)
    travel.shift(1)
    assert not tell_due(cache)
    assert "why" in caplog.text or "cache not told" in caplog.text
    travel.shift(5)
    assert tell_due(cache)
    assert told(service) == [({f"article:{n}" for n in range(50)}, True)]
    state.refresh_from_db()
    assert (state.told, state.failures, state.trouble) == (50, 0, "")
    assert services.TOKEN not in caplog.text


def test_one_who_cannot_wait_presses_try_again(cache, service, travel):
    service.refusals.append((429, {"Retry-After": "300"}, b"slow down"))
    act("article:1")
    assert not tell_due(cache)
    travel.shift(200)
    assert not tell_due(cache)
    try_again(str(cache))
    assert tell_due(cache)


def test_a_withdrawal_that_failed_is_tried_again_soon(cache, service, travel):
    service.refusals += [(500, {}, b"")] * 12
    act("article:1", hard=True)
    for _ in range(11):
        travel.shift(16)
        assert not tell_due(cache)
    travel.shift(16)
    assert tell_due(cache)
    assert told(service) == [({"article:1"}, False)]


def test_a_cache_that_is_gone_holds_no_act(settings, cache, service):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = parse(f"varnish+http://127.0.0.1:{taken.getsockname()[1]}")
        settings.DATELINE_PURGE_CACHES = (gone, cache)
        act("article:1", hard=True)
        assert told(service) == [({"article:1"}, False)]
        try_again(str(gone))
        assert not tell_due(gone)
    assert tell_due(cache)
    states = {state.name: state for state in CacheInFront.objects.all()}
    assert states[str(gone)].failures == 2
    assert states[str(cache)].failures == 0


def test_what_its_copies_have_outlived_is_not_told(cache, service, travel, settings):
    settings.DATELINE_PURGE_LIFETIME = 3_600
    service.refusals.append((500, {}, b""))
    act("article:1")
    assert not tell_due(cache)
    travel.shift(timedelta(hours=2))
    assert not tell_due(cache)
    assert CacheInFront.objects.get().failures == 0
    act("article:2")
    assert tell_due(cache)
    assert told(service) == [({"article:2"}, True)]
    state = CacheInFront.objects.get()
    assert (state.told, state.lapsed_from, state.lapsed_to) == (2, 1, 1)


def test_a_cache_that_is_new_is_told_the_last_hour(cache, service, travel, settings):
    settings.DATELINE_PURGE_CACHES = ()
    act("article:1")
    travel.shift(timedelta(hours=3))
    act("article:2")
    settings.DATELINE_PURGE_CACHES = (cache,)
    travel.shift(60)
    assert tell_due(cache)
    assert told(service) == [({"article:2"}, True)]


def test_nothing_is_told_that_our_own_pages_do_not_know_yet(cache, service):
    act("article:1")
    number = Purge.objects.get().number
    Purge.objects.create(number=number + 1, tags=["article:2"], recorded_at=clock.now())
    tell_due(cache)
    assert told(service) == [({"article:1"}, True)]


def test_after_an_outage_of_days_it_is_told_in_rounds(cache, service):
    now = clock.now()
    Purge.objects.bulk_create(
        Purge(number=number, tags=[f"a:{number}"], recorded_at=now, applied_at=now)
        for number in range(1, 1_001)
    )
    page_store().start_at(1_000)
    rounds = 0
    while tell_due(cache):
        rounds += 1
        if CacheInFront.objects.get().told == 1_000:
            break
    assert 2 < rounds < 10
    assert len(service.purged()) == 1_001
    assert all(re.fullmatch(r"a:\d+|crowded", key) for key in service.purged())


def test_the_worker_tells_each_cache_and_first_to_forget_all(cache, service):
    [duty] = duties.tell_caches()
    act("article:1")
    duty(0)
    assert told(service) == [({EVERY_PAGE, "article:1"}, True)]
    # The same house opened once more has nothing to say.
    duties.tell_caches()[0](0)
    assert not service.calls


def test_pages_of_other_software_are_forgotten(cache, service):
    forget_other_pages("version 1")
    forget_other_pages("version 1")
    tell_due(cache)
    assert told(service) == [({EVERY_PAGE}, True)]
    forget_other_pages("version 2")
    tell_due(cache)
    assert told(service) == [({EVERY_PAGE}, True)]


@pytest.mark.parametrize("is_beside", [True, False])
def test_after_a_restored_backup_the_cache_forgets_and_hears_again(
    cache, service, settings, is_beside
):
    for number in range(5):
        act(f"article:{number}")
    forget_other_pages("version 1")
    tell_due(cache)
    told(service)
    # The backup was taken after the second act, and holds no pages.
    Purge.objects.filter(number__gt=2).delete()
    PurgeCount.objects.update(number=2)
    if not is_beside:
        (settings.DATELINE_PAGES / FILE).unlink()
        CacheInFront.objects.update(told=2, settled=2)
    forget_other_pages("version 1")
    act("article:9")
    tell_due(cache)
    assert told(service) == [({EVERY_PAGE, "article:9"}, True)]
