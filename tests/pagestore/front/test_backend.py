"""The front's client, against a server that answers as it is told."""

import asyncio
import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dateline.pagestore.front.backend import Asked, Backend
from dateline.pagestore.front.vocabulary import Broken, Down, Silent
from dateline.pagestore.http.vocabulary import ClientGone

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nok"
HEADERS = [("host", "localhost")]


class Server:
    """Hands each connection to `serve`, one after the other."""

    def __init__(self, serve):
        self.serve = serve
        self.connections = 0

    async def meet(self, reader, writer):
        self.connections += 1
        ended = ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError
        with contextlib.suppress(*ended):
            await self.serve(reader, writer, self.connections)
        writer.close()


def played(play, serve):
    """Play against the server; return it."""

    async def run(folder):
        path = Path(folder, "s")
        server = Server(serve)
        listening = await asyncio.start_unix_server(server.meet, path)
        backend = Backend(path, most_idle=2)
        await play(backend)
        assert not backend.waiting
        for connection in backend.idle:
            connection.close()
        listening.close()
        return server

    with TemporaryDirectory() as folder:
        return asyncio.run(run(folder))


async def head(reader):
    return await reader.readuntil(b"\r\n\r\n")


async def answering(reader, writer, number):
    del number
    while True:
        await head(reader)
        writer.write(OK)


async def got(backend, method="GET", body=None, silence=5.0, headers=()):
    asked = Asked(method=method, target="/", headers=[*HEADERS, *headers], body=body)
    async with backend.exchange(asked, longest_silence=silence) as told:
        return told.status, told.headers, b"".join([piece async for piece in told.body])


async def pieces(*of, fails=None):
    for piece in of:
        yield piece
    if fails is not None:
        raise fails


def test_a_connection_is_used_again_and_cookies_stay_apart():
    async def play(backend):
        for _ in range(3):
            status, headers, body = await got(backend)
            assert (status, body) == (200, b"ok")
            assert [v for name, v in headers if name == "set-cookie"] == ["a", "b"]

    assert played(play, answering).connections == 1


def test_a_connection_that_was_closed_meanwhile_is_made_anew():
    async def once(reader, writer, number):
        del number
        await head(reader)
        writer.write(OK)

    async def play(backend):
        assert (await got(backend))[0] == 200
        assert (await got(backend))[0] == 200

    assert played(play, once).connections == 2


def test_what_must_not_be_said_twice_is_said_once():
    heard = []

    async def broken(reader, writer, number):
        heard.append(await head(reader))
        if number == 1:
            writer.write(OK)

    async def play(backend):
        await got(backend)
        with pytest.raises(Broken):
            await got(backend, "POST")

    assert played(play, broken).connections == 2
    assert [line.split()[0] for line in heard] == [b"GET", b"POST"]


def test_nobody_listening_is_told_apart_from_a_broken_answer():
    async def half(reader, writer, number):
        del number
        await head(reader)
        writer.write(OK[:20])

    async def play(backend):
        with pytest.raises(Broken):
            await got(backend)
        with pytest.raises(Down):
            await got(Backend(Path("/nowhere"), most_idle=1))

    played(play, half)


def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one():
    async def short(reader, writer, number):
        del number
        await head(reader)
        writer.write(OK[:-1])

    async def play(backend):
        with pytest.raises(Broken):
            await got(backend)

    played(play, short)


def test_silence_is_borne_for_so_long():
    async def silent(reader, writer, number):
        del writer, number
        await head(reader)
        await reader.read()

    async def play(backend):
        with pytest.raises(Silent):
            await got(backend, silence=0.01)
        assert backend.idle == []

    played(play, silent)


def test_those_who_wait_are_told_when_it_is_given_up():
    async def silent(reader, writer, number):
        del writer, number
        await reader.read()

    async def play(backend):
        waiting = asyncio.create_task(got(backend))
        while not backend.waiting:
            await asyncio.sleep(0)
        backend.give_up()
        with pytest.raises(Broken):
            await waiting

    played(play, silent)


def test_an_exchange_that_is_left_takes_its_connection_along():
    async def play(backend):
        asked = Asked(method="GET", target="/", headers=HEADERS)
        with pytest.raises(asyncio.CancelledError):
            async with backend.exchange(asked, longest_silence=5.0):
                raise asyncio.CancelledError
        assert backend.idle == []
        assert (await got(backend))[2] == b"ok"

    assert played(play, answering).connections == 2


def test_a_refusal_is_heard_before_the_body_is_all_said():
    async def refusing(reader, writer, number):
        del number
        await head(reader)
        writer.write(b"HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(3600)

    async def play(backend):
        body = pieces(*[b"x" * 65_536] * 1_000)
        length = [("content-length", str(65_536_000))]
        assert (await got(backend, "POST", body, headers=length))[0] == 413
        assert backend.idle == []

    played(play, refusing)


def test_a_body_comes_through_whole():
    received = []

    async def taking(reader, writer, number):
        del number
        await head(reader)
        received.append(await reader.readexactly(30))
        writer.write(OK)

    async def play(backend):
        body = pieces(b"x" * 10, b"y" * 20)
        length = [("content-length", "30")]
        assert (await got(backend, "POST", body, headers=length))[0] == 200

    played(play, taking)
    assert received == [b"x" * 10 + b"y" * 20]


def test_a_client_that_goes_in_the_middle_is_told_of():
    async def patient(reader, writer, number):
        del writer, number
        await reader.read()

    async def play(backend):
        body = pieces(b"x" * 10, fails=ClientGone())
        length = [("content-length", "30")]
        with pytest.raises(ClientGone):
            await got(backend, "POST", body, headers=length)
        assert backend.idle == []

    played(play, patient)
