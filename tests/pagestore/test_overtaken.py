"""An answer that a purge overtook is one reader's: no cache in front may keep it."""

import asyncio
import contextlib
import threading

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from dateline.pagestore.actions import purge
from dateline.pagestore.adapters.choosing import parse
from dateline.pagestore.adapters.marks import FIELDS, TAG_FIELDS
from dateline.pagestore.answers import answer
from dateline.pagestore.front.backend import Backend
from dateline.pagestore.front.health import Health
from dateline.pagestore.front.pages import Pages
from dateline.pagestore.front.renders import Renders
from dateline.pagestore.front.vocabulary import Plan
from dateline.pagestore.front.waiting import Line
from dateline.pagestore.keeping import KeepPages
from dateline.pagestore.keys import Keys
from dateline.pagestore.opened import page_store
from dateline.pagestore.tags import read
from dateline.pagestore.vocabulary import Page
from dateline.website.headers import ReaderPages
from tests.pagestore.heads import a_head

TOLD = (
    ("surrogate-key", "article:1 every-page"),
    ("surrogate-control", "max-age=60, stale-while-revalidate=10"),
    ("cache-tag", "article:1,every-page"),
    ("cloudflare-cdn-cache-control", "max-age=60"),
    ("x-accel-expires", "60"),
)
NOT_KEPT = {
    "surrogate-control": "no-store",
    "cloudflare-cdn-cache-control": "no-store",
    "x-accel-expires": "0",
}
PAGE = Page(
    status=200,
    headers=(("cache-control", "public, max-age=0, must-revalidate"), *TOLD),
    etag="0" * 32,
    plain=b"harbor",
)


def fields(headers):
    """Return what the headers of an answer tell caches in front."""
    return {name: value for name, value in headers if name in FIELDS}


@pytest.mark.parametrize("known", ["", f'"{PAGE.etag}"'])
def test_a_fresh_page_says_to_keep_it_also_to_who_has_it(known):
    assert fields(answer(PAGE, method="GET", if_none_match=known).headers) == dict(TOLD)


@pytest.mark.parametrize("known", ["", f'"{PAGE.etag}"'])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_stale_page_says_not_to(known, method):
    made = answer(PAGE, method=method, if_none_match=known, is_fresh=False)
    assert fields(made.headers) == NOT_KEPT


@pytest.fixture
def house(settings, tmp_path):
    settings.DATELINE_PAGES = tmp_path / "pages"
    settings.DATELINE_PURGE_CACHES = tuple(
        map(parse, ("fastly://A", "cloudflare://B", "nginx+http://127.0.0.1:1"))
    )
    store = page_store()
    store.trust()
    yield store
    store.close()


def ask(view, path="/en/"):
    middleware = KeepPages(ReaderPages(view))
    response = middleware(RequestFactory().get(path))
    return fields((name.lower(), value) for name, value in response.items())


def page(request):
    read("article:1")
    return HttpResponse("harbor")


def test_a_page_that_is_kept_may_be_kept_in_front(house, transactional_db):
    assert ask(page) == dict(TOLD)
    assert ask(page) == dict(TOLD)


def test_a_page_that_was_purged_while_it_rendered_may_not(house, transactional_db):
    def overtaken(request):
        answer = page(request)
        # The act is another thread's, as it is in life.
        act = threading.Thread(target=_purge_article)
        act.start()
        act.join()
        return answer

    assert ask(overtaken) == NOT_KEPT
    assert ask(page) == dict(TOLD)


def _purge_article():
    from django.db import connection

    with contextlib.closing(connection), transaction.atomic():
        purge(["article:1"])


@pytest.mark.parametrize("status", [404, 403])
def test_what_leads_nowhere_may_not(house, transactional_db, status):
    def missing(request):
        read("address:1")
        return HttpResponse("nothing", status=status)

    assert not ask(missing)


def test_what_reads_nothing_may_not(house, transactional_db):
    assert not ask(lambda _: HttpResponse("static"))


def test_without_caches_readers_pages_tell_nobody(house, settings, transactional_db):
    settings.DATELINE_PURGE_CACHES = ()
    assert not ask(page)
    assert TAG_FIELDS < FIELDS


def test_the_front_says_not_to_keep_what_it_shows_stale(house, tmp_path):
    begun = house.begin()
    house.keep("/en/", PAGE, ["article:1"], begun=begun)
    assert asyncio.run(shown(house, tmp_path)) == dict(TOLD)
    house.purge(begun + 1, ["article:1"], hard=False)
    assert asyncio.run(shown(house, tmp_path)) == NOT_KEPT


async def shown(store, folder):
    """Return what the front tells caches with a page, while no Django answers."""
    plan = Plan(
        socket=folder / "nobody",
        files=folder,
        keys=Keys(never=(), by_language=frozenset(), languages=str),
        is_ours=lambda _: True,
    )
    backend = Backend(plan.socket, most_idle=1)
    line = Line(places=2, for_staff=1, seats=1, longest_wait=1.0)
    pages = Pages(
        plan,
        store,
        renders=Renders(plan, backend, line),
        health=Health(backend, plan.alive_path),
    )
    status, headers, body = await pages.answer(a_head("/en/", host="x"), "/en/")
    assert (status, body) == (200, b"harbor")
    return fields(headers)
