"""One client's connection: requests as they come, answered in their order."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from dateline.pagestore.http.exchanges import Application, Exchange, unsent
from dateline.pagestore.http.vocabulary import (
    ClientGone,
    Head,
    Headers,
    RequestRefused,
    split_target,
)
from dateline.pagestore.http.wire import END, opening

log = logging.getLogger(__name__)
access = logging.getLogger("dateline.access")
LARGEST_HEAD = 65_536
HEAD_SECONDS = 20.0
IDLE_SECONDS = 20.0
STUCK_SECONDS = 30.0
MOST_AHEAD = 8
"""Requests that may wait while one before them is answered; then no more is read."""
MOST_AT_ONCE = 1_000
"""Requests in one piece of what is read."""
_FULL, _AHEAD, _BEHIND = 1, 2, 4
_TOO_LONG = "The head of the request is too long."


class House(Protocol):
    """The server, as a connection needs it."""

    is_closing: bool
    logs_requests: bool

    @property
    def application(self) -> Application: ...
    @property
    def recall(self) -> Callable[[bytes], bytes | None]: ...
    @property
    def remember(self) -> Callable[[bytes, tuple[str, int]], None]: ...
    def now(self) -> float: ...
    def joined(self, connection: "Connection") -> None: ...
    def left(self, connection: "Connection") -> None: ...


class Connection(asyncio.Protocol):
    """A client's connection. Its server calls :meth:`look` every few seconds."""

    __slots__ = (
        "_answering",
        "_asked",
        "_begun_at",
        "_drained",
        "_gone",
        "_headers",
        "_held",
        "_incoming",
        "_is_ended",
        "_is_fresh",
        "_is_idle",
        "_is_starting",
        "_lingers",
        "_next",
        "_parser",
        "_peer",
        "_piece_size",
        "_quiet_since",
        "_refusal",
        "_server",
        "_stuck_since",
        "_target",
        "_unmade",
        "_unsent",
        "is_heard",
        "transport",
    )

    transport: asyncio.Transport

    def __init__(self, server: House) -> None:
        self._server = server
        self._parser: Any = HttpRequestParser(self)
        self._answering: Exchange | None = None
        self._incoming: Exchange | None = None
        self._next: deque[Exchange] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._gone: Callable[[], None] | None = None
        self._peer = ""
        self._target, self._headers = b"", list[tuple[bytes, bytes]]()
        self._held = self._asked = self._unsent = self._piece_size = 0
        self._unmade = 0
        """Bytes read since the last that were body, or begun or ended a head."""
        self._refusal = b""
        self._begun_at = self._quiet_since = self._stuck_since = 0.0
        self._is_starting = self._is_ended = self._lingers = False
        self._is_fresh = True
        """Whether no other request has ended in the piece that is being read."""
        self._is_idle = self.is_heard = True

    # What asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._peer = _address(transport.get_extra_info("peername"))
        self._server.joined(self)

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self._server.left(self)
        self._parser = None
        for exchange in (self._incoming, self._answering, *(self._next or ())):
            if exchange is not None:
                exchange.lost()
        self._incoming = self._next = None
        self.resume_writing()
        gone, self._gone = self._gone, None
        if gone is not None:
            gone()

    def data_received(self, data: bytes) -> None:
        self.is_heard = True
        if self._is_idle and (answer := self._server.recall(data)) is not None:
            self.transport.write(answer)
            return
        if self._parser is not None:
            self._read(data)

    def eof_received(self) -> bool:
        self._is_ended = True
        self._parser = None
        self._is_idle = False
        self._begun_at = 0.0
        self._break_off_incoming()
        last = self._next[-1] if self._next else self._answering
        if last is None:
            return False
        # Whoever has only shut its own half still hears what it has asked for.
        last.is_last = True
        return True

    def pause_writing(self) -> None:
        self._drained = asyncio.get_running_loop().create_future()
        self._hold(_BEHIND)

    def resume_writing(self) -> None:
        drained, self._drained = self._drained, None
        if drained is not None and not drained.done():
            drained.set_result(None)
        self._let_go(_BEHIND)
        if self._next:
            self._go_on()

    # What the parser tells

    def on_message_begin(self) -> None:
        self._is_idle = False
        self._begun_at = self._server.now()
        self._target, self._headers = b"", []
        self._unmade = self._piece_size if self._is_fresh else 0

    def on_url(self, piece: bytes) -> None:
        self._target += piece

    def on_header(self, name: bytes, value: bytes) -> None:
        # Whatever follows a chunked body was not there when the request was judged.
        if self._begun_at:
            self._headers.append((name.lower(), value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        self._begun_at = 0.0
        if self._unmade + self._piece_size > LARGEST_HEAD:
            self._measure()
        self._unmade = 0
        names = [name for name, _ in self._headers]
        head = self._head(hosts=names.count(b"host"))
        has_body = b"transfer-encoding" in names or (
            b"content-length" in names and head.headers.get("content-length") != "0"
        )
        if has_body and self._parser.should_upgrade():
            raise RequestRefused(400, "What has a body stays with HTTP/1.1.")
        keeps = head.http_version == "1.1" and self._parser.should_keep_alive()
        is_last = not keeps or self._server.is_closing
        self._incoming = Exchange(self, head, is_last=is_last, has_body=has_body)
        if self._next is None:
            self._next = deque()
        self._next.append(self._incoming)
        self._asked += 1
        if self._asked > MOST_AT_ONCE:
            raise RequestRefused(429, "These are too many requests at once.")

    def _measure(self) -> None:
        """Measure a head that came with much else, or in pieces."""
        size = sum(len(name) + len(value) + 4 for name, value in self._headers)
        if size + len(self._target) > LARGEST_HEAD:
            raise RequestRefused(431, _TOO_LONG)

    def _head(self, *, hosts: int) -> Head:
        """
        Return the head that was read.

        :raises RequestRefused: it is none of a request that we answer
        """
        version = self._parser.get_http_version()
        if version not in {"1.1", "1.0"}:
            raise RequestRefused(505, "We speak HTTP/1.1.")
        headers = Headers(self._headers)
        if hosts > 1 or (not hosts and version == "1.1"):
            raise RequestRefused(400, "A request names one host.")
        host, path, query = split_target(self._target)
        if host:
            # What the target says goes before (RFC 9112, 3.2.2).
            others = (pair for pair in self._headers if pair[0] != b"host")
            headers = Headers([(b"host", host), *others])
        method = self._parser.get_method().decode("latin-1")
        return Head(method, path, query, version, headers, self._peer)

    def on_body(self, piece: bytes) -> None:
        self._unmade = 0
        if self._incoming is not None:
            self._incoming.fed(piece)

    def on_message_complete(self) -> None:
        if self._incoming is not None:
            self._incoming.ended()
        self._incoming = None
        self._is_fresh = False

    # Reading and answering

    def _read(self, data: bytes) -> None:
        was_idle, self._asked = self._is_idle, 0
        self._piece_size, self._is_fresh = len(data), True
        self._unmade += self._piece_size
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            # We speak nothing else: who asks gets an answer, and no further one.
            self._parser = None
            if self._next:
                self._next[-1].is_last = True
        except HttpParserError as error:
            self._refuse(error.__context__)
        if self._unmade > LARGEST_HEAD:
            self._refuse(RequestRefused(431, _TOO_LONG))
        first = self._next[0] if self._next else None
        self._go_on()
        if was_idle and self._asked == 1 and first is not None and data.endswith(END):
            self._remember(data, first)

    def _remember(self, data: bytes, exchange: Exchange) -> None:
        """Have the same bytes answered without being read, where that is possible."""
        is_plain = self._is_idle and not (exchange.is_last or exchange.has_body)
        if is_plain and exchange.hit is not None:
            self._server.remember(data, exchange.hit)

    def _go_on(self) -> None:
        """Answer what was asked next, unless something is being answered."""
        if self._is_starting or self.transport.is_closing():
            return
        self._is_starting = True
        # Of what is not taken, no more is made.
        while self._answering is None and self._next and self._drained is None:
            exchange = self._answering = self._next.popleft()
            self._begin(exchange)
        self._is_starting = False
        is_ahead = self._next is not None and len(self._next) >= MOST_AHEAD
        self._hold(_AHEAD) if is_ahead else self._let_go(_AHEAD)
        if self._refusal and self._answering is None and not self._next:
            refusal, self._refusal = self._refusal, b""
            self.transport.write(refusal)
            self._linger()

    def _begin(self, exchange: Exchange) -> None:
        try:
            work = self._server.application(exchange.head, exchange)
        except Exception:
            log.exception("request failed", extra={"path": exchange.head.path})
            self._fail(exchange)
            return
        if work is not None or not exchange.is_answered:
            exchange.task = asyncio.ensure_future(self._work(exchange, work))

    async def _work(self, exchange: Exchange, work: Awaitable[None] | None) -> None:
        try:
            if work is not None:
                await work
            await exchange.end()
        except (ClientGone, asyncio.CancelledError):
            self._give_up(exchange)
        except Exception:
            if not self.transport.is_closing():
                log.exception("request failed", extra={"path": exchange.head.path})
                self._fail(exchange)
        exchange.task = None

    def _fail(self, exchange: Exchange) -> None:
        """Answer for an application that did not, or not to the end."""
        if exchange.status or exchange.is_answered:
            self._give_up(exchange)
        else:
            exchange.is_last = True
            exchange.response_bytes(500, [], b"")

    def _give_up(self, exchange: Exchange) -> None:
        """Have the client learn that its answer will never be whole."""
        if not exchange.is_answered or self._gone is not None:
            self.transport.abort()

    def answered(self, exchange: Exchange) -> None:
        if self._server.logs_requests:
            self._log(exchange)
        self._answering = None
        if exchange.is_last:
            self._next, self._refusal = None, b""
            is_heard_out = exchange.is_whole and self._parser is not None
            self.transport.close() if is_heard_out else self._linger()
            return
        incoming = self._incoming
        if self._held & _FULL:
            # It may have answered without reading a body that has come whole.
            self.hold(is_full=incoming is not None and incoming.is_full)
        self.is_heard = True
        self._is_idle = (
            not self._next
            and incoming is None
            and not self._begun_at
            and self._parser is not None
        )
        if not self._is_idle:
            self._go_on()
        elif self._server.is_closing:
            self.transport.close()

    def give_over(self, gone: Callable[[], None]) -> None:
        """Leave the connection to a live answer: nothing more is read from it."""
        self._gone = gone
        self._parser = self._answering = self._next = None
        self._is_idle = False
        # We still hear it leave.
        self._let_go(_FULL | _AHEAD)

    def _refuse(self, error: BaseException | None) -> None:
        """Answer, in its turn, what is no request of ours, and end the connection."""
        self._parser = None
        self._is_idle = False
        self._unmade, self._begun_at = 0, 0.0
        if self._next and self._next[-1] is self._incoming:
            # It is refused in its own place: nobody has begun to answer it.
            self._next.pop()
        self._break_off_incoming()
        if not isinstance(error, RequestRefused):
            error = RequestRefused(400, "This is not HTTP/1.1.")
        body = f"{error}\n".encode()
        headers = [
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", str(len(body))),
            ("connection", "close"),
        ]
        self._refusal = opening(error.status, headers) + b"\r\n" + body

    def _break_off_incoming(self) -> None:
        """Have whoever reads a body know that there will be no more of it."""
        incoming, self._incoming = self._incoming, None
        if incoming is not None:
            incoming.is_last = True
            incoming.broken()

    def _linger(self) -> None:
        """
        Say no more, and let the other end finish what it is sending, if it is quick.

        Were the connection closed while something is on its way to us, it would break,
        and the other end might never read its answer (RFC 9112, 9.6).
        """
        self._break_off_incoming()
        if self._is_ended or self.transport.is_closing():
            self.transport.close()
            return
        self._parser = self._next = None
        self._lingers = True
        self._begun_at = self._server.now()
        self.transport.write_eof()
        self._let_go(_FULL | _AHEAD)

    def _log(self, exchange: Exchange) -> None:
        took = (self._server.now() - exchange.opened_at) * 1000
        head = exchange.head
        access.info("%s %s %d %.1fms", head.method, head.path, exchange.status, took)

    # What waits

    async def drained(self) -> None:
        """Wait until the other end has taken most of what it was sent."""
        if self._drained is not None:
            await self._drained

    def hold(self, *, is_full: bool) -> None:
        self._hold(_FULL) if is_full else self._let_go(_FULL)

    def _hold(self, reason: int) -> None:
        if not self._held and not self.transport.is_closing():
            self.transport.pause_reading()
        self._held |= reason

    def _let_go(self, reason: int) -> None:
        if self._held:
            self._held &= ~reason
            if not self._held and not self.transport.is_closing():
                self.transport.resume_reading()

    def look(self, now: float) -> None:
        """End the connection if its client is silent, or takes nothing."""
        if self.is_heard:
            self.is_heard, self._quiet_since = False, now
        if self._begun_at and (self._held or self._answering is not None):
            # It waits for us, or we for nothing yet.
            self._begun_at = now
        left = unsent(self.transport) if self.transport.get_write_buffer_size() else 0
        if not left or left != self._unsent:
            self._unsent, self._stuck_since = left, now
        is_stuck = left > 0 and now - self._stuck_since > STUCK_SECONDS
        is_late = self._begun_at > 0 and now - self._begun_at > HEAD_SECONDS
        is_silent = self._is_idle and now - self._quiet_since > IDLE_SECONDS
        # Whoever holds a live answer looks after it, as long as it goes on.
        is_ours = self._gone is None or self.transport.is_closing()
        if is_ours and (is_stuck or is_late):
            self.transport.abort()
        elif is_silent and not left:
            self.transport.close()

    def close_if_idle(self) -> None:
        if self._is_idle or self._lingers:
            self.transport.close()


def _address(peer: object) -> str:
    match peer:
        case (str(host), int(), *_):
            return host
    return ""
