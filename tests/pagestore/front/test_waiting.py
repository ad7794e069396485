"""The line to Django: bounded, in order, with places for the desk."""

import asyncio
import contextlib

import pytest

from dateline.pagestore.front.vocabulary import Busy, Lane
from dateline.pagestore.front.waiting import Line, Uploads


def line(**settings):
    return Line(
        **{"places": 3, "for_staff": 1, "seats": 2, "longest_wait": 60.0} | settings
    )


async def settle():
    """Let everything that can go on do so."""
    for _ in range(10):
        await asyncio.sleep(0)


class Guests:
    """Those who hold a place until they are told to leave."""

    def __init__(self, at):
        self.line = at
        self.came = []
        self.tasks = {}

    async def send(self, name, lane):
        leave = asyncio.Event()

        async def stay():
            async with self.line.place(lane):
                self.came.append(name)
                await leave.wait()

        task = asyncio.create_task(stay())
        self.tasks[name] = task, leave
        await settle()
        return task

    async def take_away(self, name):
        task, leave = self.tasks.pop(name)
        leave.set()
        await task
        await settle()

    async def clear(self):
        for task, _ in self.tasks.values():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Busy):
                await task


def played(play, **settings):
    async def run():
        guests = Guests(line(**settings))
        try:
            await play(guests)
        finally:
            await guests.clear()
        assert (guests.line.working, guests.line.waiting) == (0, 0)

    asyncio.run(run())


def test_readers_leave_a_place_for_the_desk():
    async def play(guests):
        for name in ("r1", "r2", "r3"):
            await guests.send(name, Lane.READERS)
        assert guests.came == ["r1", "r2"]
        await guests.send("desk", Lane.STAFF)
        assert guests.came == ["r1", "r2", "desk"]
        await guests.take_away("r1")
        assert guests.came[-1] == "r3"

    played(play)


def test_the_desk_goes_first_and_each_in_its_turn():
    async def play(guests):
        for number in range(3):
            await guests.send(f"d{number}", Lane.STAFF)
        for name, lane in (("r3", "READERS"), ("d4", "STAFF"), ("d5", "STAFF")):
            await guests.send(name, Lane[lane])
        for number in range(3):
            await guests.take_away(f"d{number}")
        assert guests.came == ["d0", "d1", "d2", "d4", "d5", "r3"]

    played(play, for_staff=0)


def test_who_finds_no_seat_is_turned_away_at_once():
    async def play(guests):
        for number in range(5):
            await guests.send(f"d{number}", Lane.STAFF)
        late = await guests.send("late", Lane.STAFF)
        with pytest.raises(Busy):
            await late
        del guests.tasks["late"]
        await guests.take_away("d0")
        assert guests.came[-1] == "d3"

    played(play)


def test_who_waits_too_long_is_turned_away():
    async def play(guests):
        await guests.send("here", Lane.STAFF)
        late = await guests.send("late", Lane.STAFF)
        with pytest.raises(Busy):
            await late
        del guests.tasks["late"]

    played(play, places=1, for_staff=0, longest_wait=0.001)


def test_who_goes_at_the_moment_of_being_called_gives_the_place_on():
    async def play(guests):
        async with guests.line.place(Lane.STAFF):
            called = await guests.send("called", Lane.STAFF)
            await guests.send("next", Lane.STAFF)
        called.cancel()
        await settle()
        assert guests.came == ["next"]

    played(play, places=1, for_staff=0)


def test_uploads_wait_for_each_other():
    async def run():
        uploads = Uploads(1, 0.001)
        async with uploads.turn():
            with pytest.raises(Busy):
                async with uploads.turn():
                    raise AssertionError
        async with uploads.turn():
            return "again"

    assert asyncio.run(run()) == "again"
