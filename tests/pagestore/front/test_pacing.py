"""A large answer waits for its reader."""

import asyncio

import pytest

from dateline.pagestore.front import pacing
from dateline.pagestore.front.pacing import BURST, Pace
from dateline.pagestore.front.vocabulary import ClientGone


class Meeting:
    """A reader and the server's end of its connection, in one process."""

    async def __aenter__(self):
        met = asyncio.get_running_loop().create_future()
        self.server = await asyncio.start_server(
            lambda _, writer: met.set_result(writer), "127.0.0.1", 0
        )
        port = self.server.sockets[0].getsockname()[1]
        # A small window, so that little is taken by who reads nothing.
        self.reader, self.away = await asyncio.open_connection(
            "127.0.0.1", port, limit=65_536
        )
        self.writer = await met
        host, port = self.away.get_extra_info("sockname")
        self.pace = Pace(f"{host}:{port}")
        return self

    async def __aexit__(self, *_):
        self.away.close()
        self.writer.close()
        self.server.close()

    async def read(self, count):
        while count:
            count -= len(await self.reader.read(min(count, 1 << 20)))


async def told_much(meeting):
    meeting.writer.write(b"x" * BURST * 4)
    await meeting.pace.keep(BURST * 4)


def test_more_is_asked_for_when_the_reader_has_taken_it():
    async def run():
        async with Meeting() as meeting:
            telling = asyncio.create_task(told_much(meeting))
            waited, _ = await asyncio.wait({telling}, timeout=0.3)
            assert not waited
            await meeting.read(BURST * 4)
            await asyncio.wait_for(telling, 10)

    asyncio.run(run())


def test_who_takes_nothing_is_cut_off(monkeypatch):
    monkeypatch.setattr(pacing, "STUCK_SECONDS", 0.1)

    async def run():
        async with Meeting() as meeting:
            with pytest.raises(ClientGone):
                await told_much(meeting)
            with pytest.raises(ConnectionError):
                await meeting.read(BURST * 4)

    asyncio.run(run())


def test_a_little_waits_for_nobody():
    async def run():
        async with Meeting() as meeting:
            meeting.writer.write(b"x" * BURST)
            await meeting.pace.keep(BURST - 1)

    asyncio.run(run())
