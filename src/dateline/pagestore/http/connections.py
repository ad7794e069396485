"""One client's connection: requests as they come, answered in their order."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from dateline.pagestore.http.exchanges import Exchange
from dateline.pagestore.http.vocabulary import (
    BadRequest,
    Head,
    Headers,
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
"""Requests that may wait while one before them is answered."""
_FULL, _AHEAD, _BEHIND = 1, 2, 4


class House(Protocol):
    """The server, as a connection needs it."""

    is_closing: bool
    logs_requests: bool

    @property
    def application(
        self,
    ) -> Callable[[Head, Exchange], Awaitable[None] | None]: ...
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
        "_client",
        "_drained",
        "_gone",
        "_head_size",
        "_headers",
        "_held",
        "_incoming",
        "_is_idle",
        "_is_starting",
        "_next",
        "_parser",
        "_quiet_since",
        "_server",
        "_stuck_since",
        "_target",
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
        self._client = ""
        self._target, self._headers = b"", list[tuple[bytes, bytes]]()
        self._held = self._head_size = self._asked = self._unsent = 0
        self._begun_at = self._quiet_since = self._stuck_since = 0.0
        self._is_starting = False
        self._is_idle = self.is_heard = True

    # What asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._client = _name(transport.get_extra_info("peername"))
        self._server.joined(self)

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self._server.left(self)
        self._parser = None
        for exchange in (self._incoming, self._answering, *(self._next or ())):
            if exchange is not None:
                exchange.lost()
        self._next = None
        self.resume_writing()
        if self._gone is not None:
            self._gone()
            self._gone = None

    def data_received(self, data: bytes) -> None:
        self.is_heard = True
        if self._is_idle and (answer := self._server.recall(data)) is not None:
            self.transport.write(answer)
            return
        if self._parser is not None:
            self._read(data)

    def eof_received(self) -> bool:
        # Whoever has only shut its own half still hears the answer.
        if self._answering is not None:
            self._answering.is_last = True
        return self._answering is not None

    def pause_writing(self) -> None:
        self._drained = asyncio.get_running_loop().create_future()
        self._hold(_BEHIND)

    def resume_writing(self) -> None:
        drained, self._drained = self._drained, None
        if drained is not None and not drained.done():
            drained.set_result(None)
        self._let_go(_BEHIND)

    # What the parser tells

    def on_message_begin(self) -> None:
        self._is_idle = False
        self._begun_at = self._server.now()
        self._target, self._headers = b"", []

    def on_url(self, piece: bytes) -> None:
        self._target += piece

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self._begun_at = 0.0
        self._head_size = 0
        headers = Headers(self._headers)
        version = self._parser.get_http_version()
        if version == "1.1" and headers.count(b"host") != 1:
            raise BadRequest(400, "A request names one host.")
        path, query = split_target(self._target)
        method = self._parser.get_method().decode("latin-1")
        head = Head(method, path, query, version, headers, self._client)
        length = headers.get("content-length") or "0"
        has_body = length != "0" or headers.count(b"transfer-encoding") > 0
        keeps = version == "1.1" and self._parser.should_keep_alive()
        is_last = not keeps or self._server.is_closing
        self._incoming = Exchange(self, head, is_last=is_last, has_body=has_body)
        if self._next is None:
            self._next = deque()
        self._next.append(self._incoming)
        self._asked += 1

    def on_body(self, piece: bytes) -> None:
        if self._incoming is not None:
            self._incoming.fed(piece)

    def on_message_complete(self) -> None:
        if self._incoming is not None:
            self._incoming.ended()
        self._incoming = None

    # Reading and answering

    def _read(self, data: bytes) -> None:
        was_idle, self._asked = self._is_idle, 0
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            # We speak nothing else: who asks gets an answer, and no further one.
            if self._next:
                self._next[-1].is_last = True
        except HttpParserError as error:
            self._refuse(error.__context__)
            return
        if self._begun_at:
            self._head_size += len(data)
            if self._head_size > LARGEST_HEAD:
                self._refuse(BadRequest(431, "The head of the request is too long."))
                return
        first = self._next[0] if self._next else None
        self._go_on()
        if was_idle and self._asked == 1 and first is not None and data.endswith(END):
            self._remember(data, first)

    def _remember(self, data: bytes, exchange: Exchange) -> None:
        """Have the same bytes answered without being read, where that is possible."""
        if exchange.hit is not None and not exchange.is_last and self._is_idle:
            self._server.remember(data, exchange.hit)

    def _go_on(self) -> None:
        """Answer what was asked next, unless something is being answered."""
        if self._is_starting or self.transport.is_closing():
            return
        self._is_starting = True
        while self._answering is None and self._next:
            exchange = self._answering = self._next.popleft()
            work = self._server.application(exchange.head, exchange)
            if work is not None:
                exchange.task = asyncio.ensure_future(self._work(exchange, work))
        self._is_starting = False
        is_ahead = self._next is not None and len(self._next) >= MOST_AHEAD
        self._hold(_AHEAD) if is_ahead else self._let_go(_AHEAD)

    async def _work(self, exchange: Exchange, work: Awaitable[None]) -> None:
        try:
            await work
            await exchange.end()
        except Exception:
            if not self.transport.is_closing():
                log.exception("request failed", extra={"path": exchange.head.path})
                self._fail(exchange)
        exchange.task = None

    def _fail(self, exchange: Exchange) -> None:
        if exchange.status:
            self.transport.abort()
        else:
            exchange.is_last = True
            exchange.response_bytes(500, [], b"")

    def answered(self, exchange: Exchange) -> None:
        if self._server.logs_requests:
            self._log(exchange)
        self._answering = None
        if exchange.is_last:
            self._next = None
            self.transport.close()
            return
        self._is_idle = not self._next and self._incoming is None and not self._begun_at
        self.is_heard = True
        if self._next:
            self._go_on()

    def give_over(self, gone: Callable[[], None]) -> None:
        """Leave the connection to a live answer: nothing more is read from it."""
        self._gone = gone
        self._parser = self._answering = self._next = None
        self._is_idle = False

    def _refuse(self, error: BaseException | None) -> None:
        """Answer what is no request of ours, and end the connection."""
        self._parser = None
        self._is_idle = False
        status = error.status if isinstance(error, BadRequest) else 400
        says = str(error) if isinstance(error, BadRequest) else "This is not HTTP/1.1."
        if self._answering is None and not self.transport.is_closing():
            body = f"{says}\n".encode()
            headers = [
                ("content-type", "text/plain; charset=utf-8"),
                ("content-length", str(len(body))),
                ("connection", "close"),
            ]
            self.transport.write(opening(status, headers) + b"\r\n" + body)
        self.transport.close()

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
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent != self._unsent:
            self._unsent, self._stuck_since = unsent, now
        is_stuck = unsent > 0 and now - self._stuck_since > STUCK_SECONDS
        is_late = self._begun_at > 0 and now - self._begun_at > HEAD_SECONDS
        is_silent = self._is_idle and now - self._quiet_since > IDLE_SECONDS
        if self._gone is None and (is_stuck or is_late):
            self.transport.abort()
        elif is_silent and not unsent:
            self.transport.close()

    def close_if_idle(self) -> None:
        if self._is_idle:
            self.transport.close()


def _name(peer: object) -> str:
    match peer:
        case (str(host), int(port), *_):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return ""
