"""Kept pages as readers get them, with a stand-in for Django behind the socket."""

import asyncio
import contextlib
import gzip
import hashlib
import itertools

import pytest

from dateline.pagestore.front.backend import Backend
from dateline.pagestore.front.health import Health
from dateline.pagestore.front.pages import Pages
from dateline.pagestore.front.renders import Renders
from dateline.pagestore.front.vocabulary import Count, Down, Plan
from dateline.pagestore.front.waiting import Line
from dateline.pagestore.keys import Keys
from dateline.pagestore.store import Store
from dateline.pagestore.vocabulary import Page
from tests.pagestore.heads import a_head

KEYS = Keys(never=("/desk/",), by_language=frozenset({"/"}), languages=str.lower)


def page_of(text):
    body = text.encode()
    return Page(
        status=200,
        headers=(("content-type", "text/html"),),
        etag=hashlib.blake2b(body, digest_size=16).hexdigest(),
        gzip=gzip.compress(body, mtime=0),
    )


def request(path="/en/", method="GET", **headers):
    said = {"host": "localhost", "accept-encoding": "gzip"} | headers
    return a_head(path, method, **said)


class Django:
    """Renders a numbered text of each path, and keeps it as Django would."""

    def __init__(self, store):
        self.store = store
        self.heard = []
        self.numbers = itertools.count(1)
        self.status = 200
        self.before = lambda: None
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def meet(self, reader, writer):
        ended = asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError
        with contextlib.suppress(*ended):
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                path = head.split()[1]
                self.heard.append(head)
                if path != "/alive":
                    await self.render(path)
                body = b"failed" if self.status == 500 else b""
                writer.write(
                    b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s"
                    % (self.status, len(body), body)
                )
        writer.close()

    async def render(self, path):
        begun = self.store.begin()
        await self.may_answer.wait()
        if self.status == 200:
            text = f"{path} {next(self.numbers)}"
            self.store.keep(path, page_of(text), {"tag"}, begun=begun)

    @property
    def renders(self):
        return [head for head in self.heard if "/alive" not in head]


class House:
    """Pages over a store, with Django there or not."""

    def __init__(self, folder):
        self.store = Store(folder / "pages")
        self.store.prepare("test")
        self.store.trust()
        plan = Plan(
            socket=folder / "s",
            files=folder,
            keys=KEYS,
            is_ours=bool,
            longest_renewal=0.2,
        )
        self.socket = plan.socket
        backend = Backend(plan.socket, most_idle=2)
        line = Line(places=8, for_staff=2, seats=500, longest_wait=5.0)
        self.health = Health(backend, "/alive")
        renders = Renders(plan, backend, line)
        self.pages = Pages(plan, self.store, renders=renders, health=self.health)
        self.django = Django(self.store)
        self.backend = backend

    async def __aenter__(self):
        self.server = await asyncio.start_unix_server(self.django.meet, self.socket)
        return self

    async def __aexit__(self, *_):
        await self.close()

    async def close(self):
        self.server.close()
        self.socket.unlink(missing_ok=True)
        for connection in self.backend.idle:
            connection.close()
        self.backend.idle.clear()
        ours = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not ours]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # What was closed is gone once the loop has turned.
        for _ in range(3):
            await asyncio.sleep(0)

    async def read(self, path="/en/", **headers):
        status, _, body = await self.pages.answer(request(path, **headers), path)
        return status, gzip.decompress(body).decode() if status == 200 else body

    def count(self, of):
        return self.pages.counts[of]


def played(folder, play):
    async def run():
        async with House(folder) as house:
            await play(house)

    asyncio.run(run())


def test_a_page_is_asked_for_once_and_then_served(tmp_path):
    async def play(house):
        for _ in range(3):
            assert await house.read() == (200, "/en/ 1")
        assert len(house.django.renders) == 1
        assert (house.count(Count.MISSES), house.count(Count.HITS)) == (1, 2)

    played(tmp_path, play)


def test_readers_at_once_share_one_render(tmp_path):
    async def play(house):
        answers = await asyncio.gather(*[house.read() for _ in range(100)])
        assert set(answers) == {(200, "/en/ 1")}
        assert len(house.django.renders) == 1

    played(tmp_path, play)


def test_a_reader_who_leaves_takes_nothing_from_the_others(tmp_path):
    async def play(house):
        house.django.may_answer.clear()
        first = asyncio.create_task(house.read())
        second = asyncio.create_task(house.read())
        while not house.django.renders:
            await asyncio.sleep(0)
        first.cancel()
        house.django.may_answer.set()
        assert await second == (200, "/en/ 1")

    played(tmp_path, play)


def test_django_hears_nothing_of_the_one_reader(tmp_path):
    async def play(house):
        told = {"cookie": "a=b", "if-none-match": '"x"', "range": "bytes=0-1"}
        await house.read(**told, **{"accept-language": "uk", "user-agent": "x"})
        [head] = house.django.renders
        names = {line.split(":")[0] for line in head.splitlines()[1:] if line}
        assert names == {"host", "accept-encoding", "x-forwarded-for"}

    played(tmp_path, play)


def test_an_updated_page_is_served_stale_while_one_render_renews_it(tmp_path):
    async def play(house):
        await house.read()
        house.store.purge(1, {"tag"}, hard=False)
        house.django.may_answer.clear()
        for _ in range(5):
            assert await house.read() == (200, "/en/ 1")
        house.django.may_answer.set()
        while await house.read() != (200, "/en/ 2"):
            await asyncio.sleep(0)
        assert len(house.django.renders) == 2

    played(tmp_path, play)


def long_stale(house, monkeypatch):
    house.store.purge(1, {"tag"}, hard=False)
    monkeypatch.setattr("dateline.pagestore.front.decisions.LONGEST_STALE_SECONDS", -1)


def test_a_reader_waits_for_the_renewal_of_a_page_long_stale(tmp_path, monkeypatch):
    async def play(house):
        await house.read()
        long_stale(house, monkeypatch)
        assert await house.read() == (200, "/en/ 2")

    played(tmp_path, play)


def test_a_page_long_stale_is_served_if_its_renewal_does_not_come(
    tmp_path, monkeypatch
):
    async def play(house):
        await house.read()
        long_stale(house, monkeypatch)
        house.django.may_answer.clear()
        assert await house.read() == (200, "/en/ 1")
        house.django.status = 500
        house.django.may_answer.set()
        assert await house.read() == (200, "/en/ 1")

    played(tmp_path, play)


def test_a_withdrawn_page_is_never_served_again(tmp_path):
    async def play(house):
        await house.read()
        house.store.purge(1, {"tag"}, hard=True)
        assert await house.read() == (200, "/en/ 2")
        house.store.purge(2, {"tag"}, hard=True)
        await house.close()
        with pytest.raises(Down):
            await house.read()

    played(tmp_path, play)


def test_a_page_withdrawn_while_it_is_renewed_is_not_served(tmp_path, monkeypatch):
    async def play(house):
        await house.read()
        long_stale(house, monkeypatch)
        house.django.may_answer.clear()
        waiting = asyncio.create_task(house.read())
        while len(house.django.renders) < 2:
            await asyncio.sleep(0)
        house.store.purge(2, {"tag"}, hard=True)
        house.django.may_answer.set()
        status, text = await waiting
        assert (status, text == "/en/ 1") == (200, False)

    played(tmp_path, play)


def test_without_django_what_is_kept_is_served_however_old(tmp_path, monkeypatch):
    async def play(house):
        await house.read()
        long_stale(house, monkeypatch)
        await house.close()
        for _ in range(3):
            assert await house.read() == (200, "/en/ 1")
        with pytest.raises(Down):
            await house.read("/en/latest/")
        assert not house.health.is_up

    played(tmp_path, play)


def test_a_failure_is_shown_to_everybody_who_waited_and_not_kept(tmp_path):
    async def play(house):
        house.django.status = 500
        answers = await asyncio.gather(*[house.read() for _ in range(20)])
        assert set(answers) == {(500, b"failed")}
        assert len(house.django.renders) == 1
        house.django.status = 200
        assert await house.read() == (200, "/en/ 1")

    played(tmp_path, play)


def test_what_is_not_kept_is_left_to_django(tmp_path):
    async def play(house):
        house.django.status = 204
        assert await house.pages.answer(request(), "/en/") is None

    played(tmp_path, play)
