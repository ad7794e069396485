"""How many may be connected, and how a server ends."""

import asyncio
import queue

import pytest

from tests.pagestore.http.serving import LONGEST, Cut, asked, serving


def told(head, exchange):
    exchange.response_str(200, [], head.path)


def test_more_than_may_be_connected_are_told_to_come_back():
    with serving(told, most_connections=2) as house:
        first, second = house.client(), house.client()
        for client in (first, second):
            assert client.send(asked("/")).answer().status == 200
        (answer,) = house.client().answers()
        assert answer.status == 503
        assert answer.header("retry-after") == "5"
        first.send(asked("/", "Connection: close"))
        assert first.answer().status == 200
        assert first.is_ended()
        assert house.ask(asked("/")).status == 200


class Late:
    """An application that answers when a gate is opened."""

    def __init__(self):
        self.begun = queue.Queue()
        self.gate = asyncio.Event()

    async def __call__(self, head, exchange):
        if head.path == "/":
            told(head, exchange)
            return
        self.begun.put(head.path)
        await self.gate.wait()
        told(head, exchange)


def test_an_end_waits_for_answers_under_way_and_for_nobody_else():
    late = Late()
    with serving(late) as house:
        idle, fresh, lingering = house.client(), house.client(), house.client()
        assert idle.send(asked("/")).answer().status == 200
        assert lingering.send(b"garbage\r\n\r\n").answer().status == 400
        client = house.client().send(asked("/late"))
        assert late.begun.get(timeout=LONGEST) == "/late"
        closing = house.begin(house.server.close(LONGEST))
        assert all(one.is_ended() for one in (idle, fresh, lingering))
        with pytest.raises(ConnectionRefusedError):
            house.client()
        house.open(late.gate)
        assert client.answer().body == b"/late"
        # It was to be kept, but for what?
        assert client.is_ended()
        closing.result(LONGEST / 2)


def test_an_end_does_not_wait_for_ever():
    late = Late()
    with serving(late) as house:
        client = house.client().send(asked("/late"))
        half = house.client().send(b"GET")
        assert late.begun.get(timeout=LONGEST) == "/late"
        house.begin(house.server.close(0)).result(LONGEST)
        assert half.is_ended()
        with pytest.raises((Cut, ConnectionResetError)):
            client.answer()


def test_a_port_that_cannot_be_had_is_told():
    with serving(told) as house:
        with pytest.raises(OSError, match="assign"):
            house.begin(house.server.listen("192.0.2.1", house.port)).result(LONGEST)
        assert house.ask(asked("/")).status == 200
