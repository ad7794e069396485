"""Requests as they come over a connection, and the order of their answers."""

import asyncio
import queue
import threading
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.pagestore.http import connections, server
from tests.pagestore.http.serving import LONGEST, Cut, asked, serving

BIG = 1_000_000


def told(head, exchange):
    """Answer at once with what was asked."""
    host = head.headers.get("host")
    said = f"{head.method} {head.path} ?{head.query_string} {host}"
    exchange.response_str(200, [], said)


async def echo(head, exchange):
    """Answer with the body."""
    exchange.response_bytes(200, [], await exchange())


@pytest.fixture(scope="module")
def house():
    with serving(told) as house:
        yield house


@pytest.fixture(scope="module")
def echoing():
    with serving(echo) as house:
        yield house


@pytest.fixture
def quick(monkeypatch):
    """Have the server look at its connections all the time, and wait for nobody."""
    monkeypatch.setattr(server, "LOOK_SECONDS", 0.01)
    for name in ("HEAD_SECONDS", "IDLE_SECONDS", "STUCK_SECONDS"):
        monkeypatch.setattr(connections, name, LONGEST * 10)
    return lambda name: monkeypatch.setattr(connections, name, 0.05)


# What is asked


def test_a_connection_is_kept_for_the_next_request(house):
    client = house.client()
    bodies = [client.send(asked(f"/{n}")).answer().body for n in range(3)]
    assert bodies == [b"GET /%d ? localhost" % n for n in range(3)]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("/a?b=c?d", b"GET /a ?b=c?d localhost"),
        ("/caf%C3%A9", "GET /caf\u00e9 ? localhost".encode()),
        ("/%FF", "GET /\ufffd ? localhost".encode()),
        ("//elsewhere/a", b"GET //elsewhere/a ? localhost"),
        ("http://other/a?b", b"GET /a ?b other"),
        ("HTTP://other:80", b"GET / ? other:80"),
        ("http://other?b", b"GET / ?b other"),
    ],
)
def test_a_target_is_read_as_path_and_query(house, target, said):
    assert house.ask(asked(target)).body == said


@pytest.mark.parametrize(
    "request_",
    [
        asked("*", method="OPTIONS"),
        asked("localhost:80", method="CONNECT"),
        asked("ftp://localhost/"),
        asked("http://name@localhost/"),
        asked("/caf\u00e9"),
        asked("/a b"),
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\nHost: a\n\n",
        b"GET / HTTP/1.1\r\nHost: a\n\r\n",
        b"GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
        asked("/", "A : b"),
        asked("/", "A: b", " c"),
        asked("/", "no colon"),
        asked("/", "A: b\0c"),
        asked("/", "A: b\rc"),
        asked("/", method="BREW"),
        b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        # Each of these could be two requests to one reader, and one to another.
        asked("/", "Content-Length: 1", method="POST", body=b"x"),
        asked("/", "Transfer-Encoding: chunked", method="POST", body=b"0\r\n\r\n"),
        asked("/", "Content-Length: 5, 5", method="POST") + b"12345",
        asked("/", "Content-Length: +5", method="POST") + b"12345",
        asked("/", "Content-Length: 0x5", method="POST") + b"12345",
        asked("/", "Content-Length:", method="POST") + b"12345",
        asked("/", "Content-Length: 18446744073709551617", method="POST") + b"1",
        asked("/", "Transfer-Encoding: identity", method="POST") + b"0\r\n\r\n",
        asked("/", "Transfer-Encoding: chunked, identity", method="POST"),
        asked("/", "Transfer-Encoding: xchunked", method="POST") + b"0\r\n\r\n",
        asked("/", "Transfer-Encoding : chunked", method="POST") + b"0\r\n\r\n",
        asked("/", "Transfer-Encoding: chunked", method="POST") + b"1\nx\n0\n\n",
        asked("/", "Transfer-Encoding: chunked", method="POST") + b"1\r\nxy0\r\n",
        asked("/", "Transfer-Encoding: chunked", method="POST") + b"-1\r\n",
        asked("/", "Connection: upgrade", "Upgrade: h2c", method="POST", body=b"x"),
    ],
)
def test_what_is_no_request_of_ours_is_refused_and_ends_the_connection(house, request_):
    client = house.client().send(request_ + asked("/smuggled"))
    (answer,) = client.answers()
    assert answer.status == 400
    assert answer.header("connection") == "close"


@pytest.mark.parametrize("version", ["HTTP/0.9", "HTTP/2.0", ""])
def test_another_version_is_refused(house, version):
    request_ = f"GET / {version}".rstrip() + "\r\nHost: a\r\n\r\n"
    assert house.ask(request_.encode()).status == 505


def test_space_around_a_header_is_none_of_its_value():
    seen = queue.Queue()

    def application(head, exchange):
        seen.put(head.headers.items())
        exchange.response_empty(200, [])

    with serving(application) as house:
        house.ask(asked("/", "A:  b c \t", "X-Empty:", "X-Latin: \xe9"))
    assert seen.get(timeout=LONGEST)[1:] == [
        ("a", "b c"),
        ("x-empty", ""),
        ("x-latin", "\xe9"),
    ]


def test_a_head_may_be_long_but_not_without_end(house):
    assert house.ask(asked("/", "A: " + "x" * 60_000)).status == 200
    assert house.ask(asked("/", "A: " + "x" * 70_000)).status == 431
    many = [f"A{n}: x" for n in range(10_000)]
    assert house.ask(asked("/", *many)).status == 431
    # This one does not even end.
    assert house.ask(asked("/", "A: " + "x" * 70_000)[:-4]).status == 431
    endless = asked("/", "A: " + "x" * 1_000_000)
    assert house.ask(endless[:500_000], endless[500_000:]).status == 431


def test_a_head_is_not_measured_with_what_came_before_it(echoing):
    """What it came together with was the end of a long body."""
    body = b"x" * 3_000_000
    client = echoing.client()
    sending = threading.Thread(
        target=client.send,
        args=[asked("/", method="POST", body=body) + asked("/", method="POST")[:-2]],
    )
    sending.start()
    assert client.answer().body == body
    sending.join(LONGEST)
    client.send(b"\r\n")
    assert client.answer().status == 200


@pytest.mark.parametrize(
    "headers",
    [
        ["Connection: Upgrade", "Upgrade: websocket"],
        ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"],
    ],
)
def test_who_wants_another_protocol_is_answered_in_this_one(house, headers):
    client = house.client().send(asked("/a", *headers) + b"\0\x01" + asked("/b"))
    (answer,) = client.answers()
    assert answer.status == 200
    assert answer.body == b"GET /a ? localhost"
    assert answer.header("connection") == "close"


@pytest.mark.parametrize(
    "request_",
    [
        asked("/", "Connection: close"),
        asked("/", "Connection: keep-alive, close"),
        b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n",
    ],
)
def test_a_client_that_asks_once_is_answered_once(house, request_):
    (answer,) = house.client().send(request_ + asked("/again")).answers()
    assert answer.body == b"GET / ? localhost"
    assert answer.header("connection") == "close"


# How it comes

CONVERSATION = (
    asked("/1")
    + asked("/2", method="POST", body=b"GET /not HTTP/1.1\r\nHost: a\r\n\r\n")
    + b"\r\n"
    + asked("/3", "Transfer-Encoding: chunked", method="POST")
    + b"3;of=what\r\none\r\n3\r\ntwo\r\n0\r\nHost: other\r\n\r\n"
    + asked("/4", "Connection: close")
)


@pytest.fixture(scope="module")
def repeating():
    async def application(head, exchange):
        body = await exchange()
        said = f"{head.path} {head.headers.items()} ".encode()
        exchange.response_bytes(200, [], said + body)

    with serving(application) as house:
        whole = house.client().send(CONVERSATION).answers()
        assert [answer.body.split()[0] for answer in whole] == [
            b"/1",
            b"/2",
            b"/3",
            b"/4",
        ]
        assert whole[2].body.endswith(b"onetwo")
        yield house, [answer.body for answer in whole]


def test_a_request_may_come_byte_by_byte(repeating):
    house, bodies = repeating
    client = house.client().send(*(bytes([byte]) for byte in CONVERSATION))
    assert [answer.body for answer in client.answers()] == bodies


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(cuts=st.sets(st.integers(1, len(CONVERSATION) - 1), max_size=12))
def test_however_requests_are_cut_they_are_read_the_same(repeating, cuts):
    house, bodies = repeating
    ends = [0, *sorted(cuts), len(CONVERSATION)]
    pieces = [CONVERSATION[a:b] for a, b in pairwise(ends)]
    client = house.client().send(*pieces)
    assert [answer.body for answer in client.answers()] == bodies
    client.close()


def test_trailers_are_no_headers_and_have_an_end(repeating):
    house, _ = repeating
    head = asked("/", "Transfer-Encoding: chunked", method="POST")
    client = house.client().send(head + b"1\r\nx\r\n0\r\nX-Late: y\r\n\r\n")
    assert b"x-late" not in client.answer().body
    with pytest.raises((Cut, ConnectionError)):
        client.send(head + b"0\r\nX-Late: ", *[b"y" * 50_000] * 200).answer()


# In their order


def slow_first(gate):
    """Return an application that answers the first path when a gate is opened."""

    def application(head, exchange):
        if head.path != "/slow":
            return told(head, exchange)
        return late(head, exchange)

    async def late(head, exchange):
        await gate.wait()
        told(head, exchange)

    return application


@pytest.mark.parametrize("count", [2, 8, 900])
def test_what_is_asked_ahead_is_answered_in_order(count):
    gate = asyncio.Event()
    with serving(slow_first(gate)) as house:
        later = [asked(f"/{n}") for n in range(count)]
        client = house.client().send(asked("/slow") + b"".join(later))
        house.open(gate)
        paths = [client.answer().body.split()[1] for _ in range(count + 1)]
    assert paths == [b"/slow", *(b"/%d" % n for n in range(count))]


def test_too_many_requests_in_one_piece_are_refused_after_those_before(house):
    (*answers, refusal) = house.client().send(asked("/") * 2_500).answers()
    assert {answer.status for answer in answers} == {200}
    assert refusal.status == 429


def test_garbage_does_not_take_the_answers_before_it_along():
    gate = asyncio.Event()
    with serving(slow_first(gate)) as house:
        client = house.client().send(asked("/slow") + asked("/a") + b"garbage\r\n\r\n")
        house.open(gate)
        answers = client.answers()
        assert [answer.status for answer in answers] == [200, 200, 400]
        client = house.client().send(asked("/a") + b"garbage\r\n\r\n")
        assert [answer.status for answer in client.answers()] == [200, 400]


def test_a_broken_body_is_refused_in_its_turn(house):
    broken = asked("/b", "Transfer-Encoding: chunked", method="POST") + b"x\r\n"
    answers = house.client().send(asked("/a") + broken).answers()
    assert [answer.status for answer in answers] == [200, 400]


def test_who_has_ended_sending_still_hears_everything():
    gate = asyncio.Event()
    with serving(slow_first(gate)) as house:
        alone = house.client().send(asked("/slow")).end_sending()
        several = house.client().send(asked("/slow") + asked("/a") + asked("/b"))
        several.end_sending()
        # Who comes later is heard later: by now the server knows of both ends.
        assert house.ask(asked("/later")).status == 200
        house.open(gate)
        assert [one.body.split()[1] for one in alone.answers()] == [b"/slow"]
        paths = [one.body.split()[1] for one in several.answers()]
        assert paths == [b"/slow", b"/a", b"/b"]


def test_who_ends_in_the_middle_of_a_head_is_not_answered(house):
    assert house.client().send(asked("/")[:-1]).end_sending().is_ended()
    client = house.client().send(asked("/a") + asked("/")[:-1]).end_sending()
    assert [answer.status for answer in client.answers()] == [200]


def test_who_asks_and_leaves_harms_nobody():
    gate = asyncio.Event()
    with serving(slow_first(gate)) as house:
        for _ in range(5):
            house.client().send(asked("/slow") + asked("/a") * 20).reset()
        house.open(gate)
        assert house.ask(asked("/slow")).status == 200


# Who takes nothing, and who says nothing


def test_what_nobody_takes_is_not_made():
    made = []

    def application(head, exchange):
        if head.path == "/made":
            return exchange.response_str(200, [], str(len(made)))
        made.append(head.path)
        return exchange.response_bytes(200, [], b"x" * BIG)

    with serving(application) as house:
        client = house.client().send(b"".join(asked(f"/{n}") for n in range(60)))
        status, _ = client.head()
        assert status == 200
        # The kernel takes some of them.
        assert int(house.ask(asked("/made")).body) < 30
        assert len(client.file.read(BIG)) == BIG
        assert [len(client.answer().body) for _ in range(59)] == [BIG] * 59
    assert made == [f"/{n}" for n in range(60)]


def test_who_takes_nothing_is_cut_off(quick):
    quick("STUCK_SECONDS")

    def application(head, exchange):
        exchange.response_bytes(200, [], b"x" * 50 * BIG)

    with serving(application) as house:
        client = house.client().send(asked())
        house.wait_until_nobody_is_connected()
        with pytest.raises(Cut):
            client.answer()


def test_who_takes_slowly_is_not_cut_off(quick):
    """As long as the kernel passes something on, somebody takes it."""
    quick("STUCK_SECONDS")

    def application(head, exchange):
        exchange.response_bytes(200, [], b"x" * 20 * BIG)

    with serving(application) as house:
        assert len(house.ask(asked()).body) == 20 * BIG


@pytest.mark.parametrize("said", [b"GET / HT", asked("/")[:-2]])
def test_a_head_that_does_not_end_is_not_waited_for(quick, said):
    quick("HEAD_SECONDS")
    with serving(told) as house:
        assert house.client().send(said).is_ended()


def test_half_a_head_does_not_end_the_answer_before_it(quick):
    quick("HEAD_SECONDS")
    looked = asyncio.Event()

    async def application(head, exchange):
        await looked.wait()
        told(head, exchange)

    with serving(application) as house:
        client = house.client().send(asked("/a") + b"GET")
        # A whole connection begins and is ended meanwhile.
        assert house.client().send(b"GET").is_ended()
        house.open(looked)
        assert client.answer().body == b"GET /a ? localhost"


@pytest.mark.parametrize("said", [b"", b"\r\n", asked("/")])
def test_who_says_nothing_more_is_left(quick, said):
    quick("IDLE_SECONDS")
    with serving(told) as house:
        client = house.client().send(said)
        if said.strip():
            assert client.answer().status == 200
        assert client.is_ended()


def test_an_answer_under_way_is_no_silence(quick):
    quick("IDLE_SECONDS")
    gate = asyncio.Event()
    with serving(slow_first(gate)) as house:
        client = house.client().send(asked("/slow"))
        assert house.client().is_ended()
        house.open(gate)
        assert client.answer().status == 200
