"""Bodies, as an application reads them, and its answers."""

import asyncio
import queue
import threading

import pytest

from dateline.pagestore.http import exchanges
from dateline.pagestore.http.vocabulary import ClientGone
from tests.pagestore.http.serving import LONGEST, Cut, asked, serving

BIG = 5_000_000
CHUNKED = "Transfer-Encoding: chunked"


@pytest.fixture
def seen():
    """What an application has to tell the test."""
    return queue.Queue()


# Bodies that come


async def echo(head, exchange):
    exchange.response_bytes(200, [], await exchange())


async def size(head, exchange):
    sizes = [len(piece) async for piece in exchange]
    exchange.response_str(200, [], f"{sum(sizes)} {max(sizes, default=0)}")


def unread(head, exchange):
    exchange.response_str(200, [], head.path)


@pytest.mark.parametrize("body", [b"", b"x", b"x" * 100_000])
def test_a_body_is_read_and_the_connection_goes_on(body):
    with serving(echo) as house:
        client = house.client()
        for _ in range(2):
            answer = client.send(asked("/", method="POST", body=body)).answer()
            assert answer.body == body
        chunks = b"".join(b"%x\r\n%b\r\n" % (len(b), b) for b in [body] if b)
        client.send(asked("/", CHUNKED, method="POST") + chunks + b"0\r\n\r\n")
        assert client.answer().body == body
        assert client.send(asked("/")).answer().body == b""


def test_a_large_body_waits_for_its_reader():
    """What nobody reads stays with the client."""
    gate = asyncio.Event()

    async def late(head, exchange):
        if head.path == "/open":
            gate.set()
            return exchange.response_empty(200, [])
        await gate.wait()
        return await size(head, exchange)

    with serving(late) as house:
        client = house.client()
        request = asked("/", method="POST", body=b"x" * BIG * 4)
        sending = threading.Thread(target=client.send, args=[request])
        sending.start()
        assert house.ask(asked("/open")).status == 200
        total, largest = client.answer().body.split()
        sending.join(LONGEST)
        assert int(total) == BIG * 4
        assert int(largest) < 1_000_000
        assert client.send(asked("/")).answer().body == b"0 0"


@pytest.mark.parametrize("leave", ["reset", "close", "end_sending"])
@pytest.mark.parametrize("sent", [0, 100_000])
def test_a_body_that_breaks_off_is_told_to_the_application(seen, leave, sent):
    async def reads(head, exchange):
        seen.put("reads")
        try:
            await exchange()
        except ClientGone as error:
            seen.put(type(error))
            raise

    with serving(reads) as house:
        client = house.client()
        client.send(asked("/", method="POST", body=b"x" * BIG)[: 80 + sent])
        assert seen.get(timeout=LONGEST) == "reads"
        getattr(client, leave)()
        assert seen.get(timeout=LONGEST) is ClientGone


def test_a_body_that_turns_out_to_be_none_is_told_to_the_application(seen):
    async def reads(head, exchange):
        seen.put("reads")
        try:
            await exchange()
        except ClientGone:
            exchange.response_str(400, [], "It broke off.")

    with serving(reads) as house:
        client = house.client().send(asked("/", CHUNKED, method="POST"))
        assert seen.get(timeout=LONGEST) == "reads"
        (answer,) = client.send(b"no chunk\r\n").answers()
        assert answer.status == 400
        assert answer.body == b"It broke off."


def test_a_client_that_waits_for_the_word_is_told_to_go_on():
    with serving(echo) as house:
        client = house.client()
        request = asked("/", "Expect: 100-continue", method="POST", body=b"later")
        client.send(request[:-5])
        assert client.file.readline() == b"HTTP/1.1 100 Continue\r\n"
        assert client.file.readline() == b"\r\n"
        assert client.send(b"later").answer().body == b"later"
        assert client.send(asked("/")).answer().status == 200


def test_a_client_of_old_knows_no_word_to_go_on():
    with serving(echo) as house:
        head = b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
        assert house.ask(head, b"x").body == b"x"


def test_no_word_to_go_on_comes_within_an_answer():
    async def answers_first(head, exchange):
        stream = exchange.response_stream(200, [])
        await stream.send_bytes(b"first")
        await stream.send_bytes(await exchange())

    with serving(answers_first) as house:
        request = asked("/", "Expect: 100-continue", method="POST", body=b"second")
        client = house.client().send(request[:-6])
        status, headers = client.head()
        assert (status, dict(headers)["connection"]) == (200, "close")
        assert client.file.readline() == b"5\r\n"
        assert client.file.readline() == b"first\r\n"
        client.send(b"second")
        assert client.rest() == b"6\r\nsecond\r\n0\r\n\r\n"


def test_a_refused_client_that_waits_for_the_word_is_not_told_to_go_on():
    with serving(unread) as house:
        client = house.client()
        client.send(asked("/", "Expect: 100-continue", "Content-Length: 9")).answer()
        client.end_sending()
        assert client.is_ended()


def test_a_body_that_nobody_reads_is_no_request():
    """Where it was whole, the next request follows; if not, the connection ends."""
    body = asked("/smuggled")
    with serving(unread) as house:
        whole = asked("/a", method="POST", body=body)
        client = house.client().send(whole + asked("/b", "Connection: close"))
        assert [answer.body for answer in client.answers()] == [b"/a", b"/b"]
        client = house.client().send(whole[: -len(body)])
        assert client.answer().header("connection") == "close"
        client.send(body).end_sending()
        assert client.is_ended()


def test_a_large_body_that_was_whole_unread_does_not_stop_the_connection(monkeypatch):
    """It is more than may wait unread, but all of it had come at once."""
    monkeypatch.setattr(exchanges, "MOST_UNREAD", 10)

    async def late(head, exchange):
        while not exchange.is_whole:
            await asyncio.sleep(0)
        exchange.response_str(200, [], head.path)

    with serving(late) as house:
        client = house.client()
        for _ in range(2):
            request = asked("/a", method="POST", body=b"x" * 100)
            assert client.send(request).answer().body == b"/a"
        assert client.send(asked("/b")).answer().body == b"/b"


def test_who_is_refused_while_it_sends_reads_its_refusal():
    """Closed at once, the connection would break while the client still sends."""

    def refuses(head, exchange):
        exchange.response_str(413, [], "Too large.")

    with serving(refuses) as house:
        client = house.client().send(asked("/", method="POST", body=b"x" * BIG))
        answer = client.answer()
        assert (answer.status, answer.body) == (413, b"Too large.")
        assert client.is_ended()


# Answers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("status", [200, 204, 304, 404])
@pytest.mark.parametrize("way", ["bytes", "empty", "stream", "known", "file"])
def test_an_answer_has_a_body_only_where_one_belongs(tmp_path, method, status, way):
    (tmp_path / "file").write_bytes(b"body")

    async def application(head, exchange):
        match way:
            case "bytes":
                exchange.response_bytes(status, [], b"body")
            case "empty":
                exchange.response_empty(status, [])
            case "file":
                path = str(tmp_path / "file")
                exchange.response_file_range(status, [], path, 0, 4)
            case _:
                length = [("content-length", "4")] if way == "known" else []
                stream = exchange.response_stream(status, length)
                await stream.send_bytes(b"bo")
                await stream.send_bytes(b"dy")

    with serving(application) as house:
        client = house.client().send(asked("/", method=method) * 2)
        first, second = client.answer(method), client.answer(method)
    assert first == second or first.header("date") != second.header("date")
    is_bare = method == "HEAD" or status in {204, 304} or way == "empty"
    assert first.body == (b"" if is_bare else b"body")
    if status == 204:
        assert first.header("content-length") is None
        assert first.header("transfer-encoding") is None


def test_an_answer_of_unknown_length_to_a_client_of_old_ends_with_the_connection():
    async def streams(head, exchange):
        stream = exchange.response_stream(200, [])
        await stream.send_bytes(b"one")
        await stream.send_bytes(b"")
        await stream.send_bytes(b"two")

    with serving(streams) as house:
        assert house.ask(asked("/")).body == b"onetwo"
        old = house.ask(b"GET / HTTP/1.0\r\n\r\n")
        assert old.body == b"onetwo"
        assert old.header("transfer-encoding") is None


async def header_with_a_line_end(head, exchange):
    exchange.response_str(200, [("x-a", "b\r\nx-c: d\r\n\r\nbody")], "")


async def header_with_a_return(head, exchange):
    exchange.response_stream(200, [("x-a", "b\rc")])


async def header_beyond_latin(head, exchange):
    exchange.response_empty(200, [("x-a", "\u0436")])


async def another_length(head, exchange):
    exchange.response_bytes(200, [("content-length", "9")], b"body")


async def fails(head, exchange):
    raise OSError


async def says_nothing(head, exchange):
    pass


def fails_at_once(head, exchange):
    raise OSError


def says_nothing_at_once(head, exchange):
    pass


async def names_no_file(head, exchange):
    exchange.response_file_range(200, [], "/nowhere/at/all", 0, 9)


@pytest.mark.parametrize(
    "application",
    [
        header_with_a_line_end,
        header_with_a_return,
        header_beyond_latin,
        another_length,
        fails,
        fails_at_once,
        says_nothing,
        says_nothing_at_once,
        names_no_file,
    ],
)
def test_an_application_that_fails_before_its_answer_is_answered_for(application):
    with serving(application) as house:
        (answer,) = house.client().send(asked("/") * 2).answers()
    assert answer.status == 500
    assert answer.body == b""
    assert answer.header("x-c") is None


async def stops_early(head, exchange):
    stream = exchange.response_stream(200, [("content-length", "10")])
    await stream.send_bytes(b"short")


async def says_too_much(head, exchange):
    stream = exchange.response_stream(200, [("content-length", "1")])
    await stream.send_bytes(b"HTTP/1.1 200 OK\r\n\r\n")


async def fails_half_way(head, exchange):
    stream = exchange.response_stream(200, [])
    await stream.send_bytes(b"half")
    raise OSError


async def breaks_off(head, exchange):
    stream = exchange.response_stream(200, [])
    await stream.send_bytes(b"half")
    stream.break_off()


async def answers_twice(head, exchange):
    stream = exchange.response_stream(200, [])
    await stream.send_bytes(b"half")
    exchange.response_bytes(200, [], b"whole")


@pytest.mark.parametrize(
    "application",
    [stops_early, says_too_much, fails_half_way, breaks_off, answers_twice],
)
def test_an_answer_that_is_not_whole_is_known_for_it(application):
    with serving(application) as house:
        client = house.client().send(asked("/") * 2)
        with pytest.raises((Cut, ConnectionResetError)):
            client.answer()


def test_what_fails_after_its_answer_takes_nothing_back():
    async def application(head, exchange):
        exchange.response_str(200, [], head.path)
        raise OSError

    with serving(application) as house:
        client = house.client().send(asked("/a") + asked("/b"))
        assert [client.answer().body for _ in range(2)] == [b"/a", b"/b"]


def test_what_is_answered_already_is_not_answered_again(seen):
    def application(head, exchange):
        exchange.response_str(200, [], head.path)
        try:
            exchange.response_str(200, [], "again")
        except RuntimeError as error:
            seen.put(str(error))

    with serving(application) as house:
        client = house.client().send(asked("/a") + asked("/b"))
        assert [client.answer().body for _ in range(2)] == [b"/a", b"/b"]
    assert seen.get(timeout=LONGEST) == "A request is answered once."


def test_a_stream_waits_for_its_reader_and_ends_with_it(seen):
    async def endless(head, exchange):
        stream = exchange.response_stream(200, [])
        sent = 0
        try:
            while True:
                await stream.send_bytes(b"x" * 1_000_000)
                sent += 1
        finally:
            seen.put(sent)

    with serving(endless) as house:
        client = house.client().send(asked("/"))
        assert client.head()[0] == 200
        assert len(client.file.read(10_000_000)) == 10_000_000
        client.reset()
        assert seen.get(timeout=LONGEST) < 60


# Files


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(bytes(range(256)) * 8_000)
    return path


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (5, 6), (0, 2_048_000), (999_999, 1_500_001)]
)
def test_a_file_is_sent_to_the_byte(file, start, end):
    async def application(head, exchange):
        exchange.response_file_range(206, [], str(file), start, end)

    with serving(application) as house:
        client = house.client().send(asked("/") * 2)
        for _ in range(2):
            assert client.answer().body == file.read_bytes()[start:end]


def test_a_file_that_shrinks_is_known_for_it(file):
    async def application(head, exchange):
        exchange.response_file_range(200, [], str(file), 0, 2_048_001)

    with serving(application) as house:
        client = house.client().send(asked("/"))
        with pytest.raises((Cut, ConnectionResetError)):
            client.answer()


def test_who_leaves_a_file_leaves_nothing_open(file):
    with file.open("ab") as more:
        more.truncate(100_000_000)

    async def application(head, exchange):
        exchange.response_file_range(200, [], str(file), 0, 100_000_000)

    with serving(application) as house:
        client = house.client().send(asked("/"))
        assert client.head()[0] == 200
        client.reset()
        # The house's end tells of anything that failed unseen.
        assert house.client().send(asked("/")).head()[0] == 200


# Live answers


class Hall:
    """An application of live answers, held until the test has seen enough of them."""

    def __init__(self, seen):
        self.seen = seen
        self.live = []
        self.gate = None

    async def __call__(self, head, exchange):
        if self.gate is not None:
            self.seen.put("asked")
            await self.gate.wait()
        name = head.path
        self.live.append(
            exchange.response_live(200, [], gone=lambda: self.seen.put(name))
        )
        self.live[-1].send_bytes(b"begun")
        if name == "/fails":
            raise OSError


@pytest.mark.parametrize(
    "end", ["end", "cut", "client closes", "client resets", "client ends sending"]
)
def test_a_live_answer_tells_once_that_it_has_ended(seen, end):
    hall = Hall(seen)
    with serving(hall) as house:
        client = house.client().send(asked("/live") + asked("/ignored"))
        assert client.head()[0] == 200
        assert client.file.read(10) == b"5\r\nbegun\r\n"
        match end:
            case "client closes":
                client.close()
            case "client resets":
                client.reset()
            case "client ends sending":
                client.end_sending()
            case _:
                house.loop.call_soon_threadsafe(getattr(hall.live[0], end))
        assert seen.get(timeout=LONGEST) == "/live"
        if end == "end":
            assert client.rest() == b"0\r\n\r\n"
    # By now it would have been told again.
    assert seen.empty()
    assert hall.live[0].unsent() == 0


def test_a_live_answer_hears_its_client_leave_though_it_sent_a_body(seen, monkeypatch):
    monkeypatch.setattr(exchanges, "MOST_UNREAD", 10)
    with serving(Hall(seen)) as house:
        client = house.client().send(asked("/live", method="POST", body=b"x" * 100))
        assert client.head()[0] == 200
        assert client.file.read(10) == b"5\r\nbegun\r\n"
        client.close()
        assert seen.get(timeout=LONGEST) == "/live"


def test_a_live_answer_that_fails_has_ended(seen):
    with serving(Hall(seen)) as house:
        client = house.client().send(asked("/fails"))
        assert seen.get(timeout=LONGEST) == "/fails"
        with pytest.raises((Cut, ConnectionResetError)):
            client.answer()
    assert seen.empty()


def test_a_live_answer_to_somebody_who_has_left_has_ended(seen):
    hall = Hall(seen)
    hall.gate = asyncio.Event()
    with serving(hall) as house:
        client = house.client().send(asked("/left"))
        assert seen.get(timeout=LONGEST) == "asked"
        client.reset()
        house.wait_until_nobody_is_connected()
        house.open(hall.gate)
        assert seen.get(timeout=LONGEST) == "/left"
    assert seen.empty()


def test_a_live_answer_knows_what_was_not_taken(seen):
    hall = Hall(seen)
    with serving(hall) as house:
        client = house.client().send(asked("/live"))
        assert client.head()[0] == 200
        house.loop.call_soon_threadsafe(hall.live[0].send_bytes, b"x" * BIG * 4)
        assert house.begin(_unsent(hall.live[0])).result(LONGEST) > BIG
        assert len(client.file.read(BIG * 4)) == BIG * 4
        house.begin(_all_taken(hall.live[0])).result(LONGEST)
        house.loop.call_soon_threadsafe(hall.live[0].cut)
        assert seen.get(timeout=LONGEST) == "/live"


async def _unsent(live):
    return live.unsent()


async def _all_taken(live):
    async with asyncio.timeout(LONGEST):
        while live.unsent():
            await asyncio.sleep(0)
