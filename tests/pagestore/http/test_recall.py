"""Answers to what was asked before in the same bytes, without reading them again."""

import asyncio

import pytest

from dateline.pagestore.http.exchanges import dates
from dateline.pagestore.http.wire import opening
from tests.pagestore.http.serving import asked, serving

BODY = b"a page"
HEAD = opening(200, [("content-type", "text/html"), ("content-length", str(len(BODY)))])
PAGE = asked("/page")


class Memory:
    """What an application would know requests by, and how often it was asked."""

    def __init__(self):
        self.heads = {}
        self.recalled = self.read = 0
        self.gate = asyncio.Event()

    def __call__(self, head, exchange):
        self.read += 1
        if head.path == "/slow":
            return self.slow(exchange)
        if head.path == "/page":
            exchange.hit = head.path, 0
            exchange.response_wire(HEAD, BODY)
        else:
            exchange.response_str(200, [], head.path)
        return None

    async def slow(self, exchange):
        await self.gate.wait()
        body = await exchange()
        exchange.response_bytes(200, [], b"slow" + body)

    def recall(self, data):
        if data not in self.heads:
            return None
        self.recalled += 1
        return HEAD + dates.line(0) + BODY

    def remember(self, data, hit):
        assert hit == ("/page", 0)
        self.heads[data] = hit


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def house(memory):
    with serving(memory, recall=memory.recall, remember=memory.remember) as house:
        yield house


def test_what_is_recalled_is_what_was_answered(house, memory):
    client = house.client()
    first, second, third = (client.send(PAGE).answer() for _ in range(3))
    assert (memory.read, memory.recalled) == (1, 2)
    assert list(memory.heads) == [PAGE]
    for answer in (second, third):
        assert answer.body == first.body == BODY
        assert answer.headers[:-1] == first.headers[:-1]
    # Whoever asks first over another connection, too.
    assert house.ask(PAGE).body == BODY
    assert memory.recalled == 3


@pytest.mark.parametrize(
    "data",
    [
        PAGE + PAGE,
        PAGE + asked("/other"),
        asked("/other") + PAGE,
        PAGE + asked("/other")[:-2],
        asked("/other"),
        asked("/page", "Connection: close"),
        b"GET /page HTTP/1.0\r\nHost: localhost\r\n\r\n",
        asked("/page", "Connection: upgrade", "Upgrade: h2c"),
        asked("/page", "Content-Length: 9"),
        asked("/page", "Content-Length: 9") + b"\r\n\r\n\r\n",
        asked("/page", "Transfer-Encoding: chunked"),
        asked("/page", "Transfer-Encoding: chunked") + b"0\r\nA: b\r\n\r\n",
        asked("/page", body=b"\r\n\r\n"),
        PAGE + b"garbage\r\n\r\n",
        asked("/slow"),
    ],
)
def test_only_a_head_by_itself_is_remembered(house, memory, data):
    house.open(memory.gate)
    assert house.ask(data).status == 200
    assert memory.heads == {}


def test_a_head_that_came_in_pieces_is_not_remembered(house, memory):
    for at in (1, 20, len(PAGE) - 2):
        assert house.ask(PAGE[:at], PAGE[at:]).body == BODY
    assert set(memory.heads) <= {PAGE}


def test_a_remembered_head_waits_for_the_answer_before_it(house, memory):
    assert house.ask(PAGE).body == BODY
    client = house.client().send(asked("/slow"))
    client.send(PAGE)
    house.open(memory.gate)
    assert [client.answer().body for _ in range(2)] == [b"slow", BODY]


@pytest.mark.parametrize("headers", [[f"Content-Length: {len(PAGE)}"]])
def test_a_body_that_is_a_remembered_head_is_a_body(house, memory, headers):
    assert house.ask(PAGE).body == BODY
    house.open(memory.gate)
    client = house.client().send(asked("/slow", *headers, method="POST"))
    client.send(PAGE)
    assert client.answer().body == b"slow" + PAGE
    assert client.send(PAGE).answer().body == BODY


def test_a_head_is_not_recalled_in_the_middle_of_another(house, memory):
    assert house.ask(PAGE).body == BODY
    client = house.client().send(b"GET /other HTTP/1.1\r\nA: ")
    client.send(PAGE)
    assert client.answer().body == b"/other"
    client = house.client().send(PAGE + b"GET /other HTTP/1.1\r\nA: ")
    assert client.answer().body == BODY
    client.send(PAGE)
    assert client.answer().body == b"/other"


def test_after_the_last_answer_nothing_is_recalled(house, memory):
    assert house.ask(PAGE).body == BODY
    recalled = memory.recalled
    client = house.client().send(asked("/page", "Connection: close") + PAGE)
    assert [answer.body for answer in client.answers()] == [BODY]
    client = house.client().send(b"garbage\r\n\r\n")
    assert client.answer().status == 400
    client.send(PAGE).end_sending()
    assert client.is_ended()
    assert memory.recalled == recalled


def test_what_nobody_takes_is_not_recalled_for_ever():
    page, made = b"x" * 1_000_000, []
    head = opening(200, [("content-length", str(len(page)))])

    def recall(data):
        if data != PAGE:
            return None
        made.append(len(made))
        return head + dates.line(0) + page

    def application(head_, exchange):
        if head_.path == "/made":
            return exchange.response_str(200, [], str(len(made)))
        return exchange.response_bytes(200, [], page)

    with serving(application, recall=recall) as house:
        client = house.client().send(*[PAGE] * 60)
        assert client.head()[0] == 200
        # The kernel takes some of them.
        assert int(house.ask(asked("/made")).body) < 30
        assert client.file.read(len(page)) == page
        assert all(client.answer().body == page for _ in range(59))


def test_where_requests_are_logged_nothing_is_recalled(memory, caplog):
    caplog.set_level("INFO", logger="dateline.access")
    how = {"recall": memory.recall, "remember": memory.remember}
    with serving(memory, logs_requests=True, **how) as house:
        client = house.client()
        for _ in range(2):
            assert client.send(PAGE).answer().body == BODY
    assert memory.recalled == 0
    assert [record.args[:2] for record in caplog.records] == [("GET", "/page")] * 2
