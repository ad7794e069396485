"""
Telling the caches in front of every purge, in order, until each has been told.

The rows of `Purge` are the queue, and each cache has its place in it: what waits for
a cache that was away is told in one go, nothing is lost in a crash, and a cache that
fails keeps no other waiting. A purge is told twice: at once, and again when
no answer made before it can still be on its way to the cache, which would keep it.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet

from dateline.pagestore.adapters.choosing import adapter_for
from dateline.pagestore.adapters.marks import SHOWN_WHILE_FETCHED
from dateline.pagestore.adapters.vocabulary import (
    Cache,
    CacheNotTold,
    CacheTooSlow,
    CacheUnreachable,
    Kind,
)
from dateline.pagestore.models import CacheInFront, Purge
from dateline.pagestore.opened import page_store
from dateline.plumbing import clock

log = logging.getLogger(__name__)

SETTLING = timedelta(seconds=10)
"""For how long an answer made before a purge may be on its way."""
SECONDS = 30.0
SECONDS_AT_ONCE = 2.0
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_WAIT_WITH_HARD = timedelta(seconds=15)
NEW_CACHE_HEARS = timedelta(hours=1)
"""A cache that is new to us may have kept pages since before we knew of it."""
MOST_PURGES = 200
MOST_ADDRESSES = 5_000
MOST_WITHDRAWN = 20


@dataclass(frozen=True)
class Round:
    """What one cache is told now, and its place in the queue once it has been."""

    hard: tuple[Purge, ...]
    soft: tuple[Purge, ...]
    told: int
    settled: int
    lapsed: tuple[Purge, ...] = ()
    """Never told in time: every copy from before them has expired by now."""


def tell_due(cache: Cache) -> bool:
    """Tell a cache what it is due to hear; return whether it was told anything."""
    state = state_of(cache)
    if state.due_at is not None and state.due_at > clock.now():
        return False
    told = _round_for(state, cache)
    if not told.hard and not told.soft:
        _move(state, told)
        return False
    trouble = _tell(cache, told, SECONDS)
    if trouble is None:
        _note_told(state, told)
    else:
        _note_trouble(state, told, trouble)
    return trouble is None


def tell_withdrawn() -> None:
    """
    Tell every cache at once what has just been withdrawn, and wait two seconds at most.

    The worker tells it again with all else, and goes on until it has succeeded.
    """
    due = []
    for cache in settings.DATELINE_PURGE_CACHES:
        state = state_of(cache)
        if hard := _withdrawn(state.told):
            due.append((cache, state, Round(hard, (), state.told, state.settled)))
    # One may stand before another, and have fetched from it the copy just forbidden;
    # the second time, the other has been told.
    told = _tell_together(due)
    if len(told) > 1:
        _tell_together(told)


def _tell_together(
    due: list[tuple[Cache, CacheInFront, Round]],
) -> list[tuple[Cache, CacheInFront, Round]]:
    """Tell caches side by side; return those that have been told."""
    # The network alone is in the threads; the database stays in this one.
    pool = ThreadPoolExecutor(len(due) or 1, thread_name_prefix="caches")
    tellings = {
        pool.submit(_tell, cache, told, SECONDS_AT_ONCE): (cache, state, told)
        for cache, state, told in due
    }
    # A name server may keep a thread for longer than any cache could.
    done, late = wait(tellings, timeout=SECONDS_AT_ONCE + 0.5)
    pool.shutdown(wait=False, cancel_futures=True)
    troubles = {one: one.result() for one in done} | dict.fromkeys(late, CacheTooSlow())
    for telling, trouble in troubles.items():
        if trouble is not None:
            _, state, told = tellings[telling]
            _note_trouble(state, told, trouble)
    return [tellings[one] for one, trouble in troubles.items() if trouble is None]


def try_again(name: str) -> None:
    """Have a cache that failed told at the worker's next turn."""
    CacheInFront.objects.filter(name=name).update(due_at=None)


def state_of(cache: Cache) -> CacheInFront:
    """Return a cache's place in the queue; one that is new hears of the last hour."""
    found = CacheInFront.objects.filter(name=str(cache)).first()
    return found or _first_met(str(cache))


def _first_met(name: str) -> CacheInFront:
    before = Purge.objects.filter(recorded_at__lt=clock.now() - NEW_CACHE_HEARS)
    number = before.values_list("number", flat=True).first() or 0
    state, _ = CacheInFront.objects.get_or_create(
        name=name, defaults={"told": number, "settled": number}
    )
    return state


def _round_for(state: CacheInFront, cache: Cache) -> Round:
    """Return what a cache is told now: what is new, and what has settled since."""
    now = clock.now()
    told_once = _known_here(state.settled).filter(number__lte=state.told)
    again = _settled(told_once[:MOST_PURGES], now)
    fresh = _bounded(_known_here(state.told)[:MOST_PURGES])
    settled = again[-1].number if again else state.settled
    if settled == state.told and (old := _settled(fresh, now)):
        settled = old[-1].number
    expired = now - _lifetime_of(cache)
    due = [row for row in again + fresh if _applied_at(row) > expired]
    return Round(
        hard=tuple(row for row in due if row.is_hard),
        soft=tuple(row for row in due if not row.is_hard),
        told=fresh[-1].number if fresh else state.told,
        settled=settled,
        lapsed=tuple(row for row in fresh if _applied_at(row) <= expired),
    )


def _settled(rows: Iterable[Purge], now: datetime) -> list[Purge]:
    """Return the first of these that no answer under way can be older than."""
    return _bounded(takewhile(lambda row: _applied_at(row) <= now - SETTLING, rows))


def _applied_at(row: Purge) -> datetime:
    return row.applied_at or row.recorded_at


def _bounded(rows: Iterable[Purge]) -> list[Purge]:
    """Return as many as can be told in one round."""
    found: list[Purge] = []
    addresses = 0
    for row in rows:
        addresses += len(row.keys)
        if found and addresses > MOST_ADDRESSES:
            break
        found.append(row)
    return found


def _withdrawn(after: int) -> tuple[Purge, ...]:
    """Return the newest hard purges, the one that an act has just made among them."""
    rows = _known_here(after).filter(is_hard=True)
    return tuple(rows.reverse()[:MOST_WITHDRAWN])


def _known_here(after: int) -> QuerySet[Purge]:
    """Return later purges that our own store has been told, which comes first."""
    store = page_store()
    rows = Purge.objects.filter(number__gt=after).order_by("number")
    return rows if store is None else rows.filter(number__lte=store.applied())


def _lifetime_of(cache: Cache) -> timedelta:
    """Return after how long no copy in a cache can be older than a purge."""
    by_address = cache.kind is Kind.NGINX
    seconds = (
        settings.DATELINE_PURGE_LIFETIME_BY_ADDRESS
        if by_address
        else settings.DATELINE_PURGE_LIFETIME
    )
    return timedelta(seconds=seconds + SHOWN_WHILE_FETCHED) + SETTLING


def _tell(cache: Cache, told: Round, seconds: float) -> CacheNotTold | None:
    """Tell one cache, what was withdrawn first; return what kept it from it."""
    adapter = adapter_for(cache, settings.DATELINE_PURGE_SECRETS, seconds=seconds)
    try:
        for rows, is_hard in ((told.hard, True), (told.soft, False)):
            if rows:
                tags = {tag for row in rows for tag in row.tags}
                adapter.purge(tags, _addresses(rows), hard=is_hard)
    except CacheNotTold as trouble:
        return trouble
    except Exception:
        log.exception("cache not told", extra={"cache": str(cache)})
        return CacheUnreachable("It failed in a way that is in the log.")
    return None


def _addresses(rows: Iterable[Purge]) -> list[str]:
    """Return the whole addresses of the pages that were purged."""
    # A key is a path, and for a few of them what the reader asked for besides.
    paths = dict.fromkeys(key.partition(" ")[0] for row in rows for key in row.keys)
    site = settings.DATELINE_SITE_URL
    return [f"{site}{quote(path, safe='/:@~%')}" for path in paths]


def _note_told(state: CacheInFront, told: Round) -> None:
    _move(state, told)
    CacheInFront.objects.filter(pk=state.pk).update(
        told_at=clock.now(), failures=0, due_at=None, trouble=""
    )
    if state.failures:
        log.info("cache told again", extra={"cache": state.name})


def _move(state: CacheInFront, told: Round) -> None:
    mine = CacheInFront.objects.filter(pk=state.pk)
    if told.lapsed:
        numbers = [row.number for row in told.lapsed]
        mine.update(lapsed_from=min(numbers), lapsed_to=max(numbers))
        # Nothing waits for it any more; whether it answers is seen at the next purge.
        mine.update(failures=0, due_at=None, trouble="")
    if (told.told, told.settled) != (state.told, state.settled):
        # Another process may have told it meanwhile: the further place counts.
        mine.filter(told__lt=told.told).update(told=told.told)
        mine.filter(settled__lt=told.settled).update(settled=told.settled)


def _note_trouble(state: CacheInFront, told: Round, trouble: CacheNotTold) -> None:
    failures = state.failures + 1
    CacheInFront.objects.filter(pk=state.pk).update(
        failures=failures,
        due_at=_next_try(failures, trouble, has_hard=bool(told.hard)),
        trouble=str(trouble)[:500],
    )
    particulars = {"cache": state.name, "why": str(trouble), "failures": failures}
    log.error("cache not told", extra=particulars | {"withdrawn": len(told.hard)})


def _next_try(failures: int, trouble: CacheNotTold, *, has_hard: bool) -> datetime:
    longest = LONGEST_WAIT_WITH_HARD if has_hard else LONGEST_WAIT
    pause = min(longest, timedelta(seconds=2 ** min(failures - 1, 10)))
    return clock.now() + max(pause, timedelta(seconds=trouble.wait_seconds))
