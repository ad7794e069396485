"""
One request and its answer.

An application is called with the head and the exchange. It answers by one of the
`response_` methods: at once, or in the coroutine that it returned.
"""

import asyncio
import fcntl
import os
import sys
import termios
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Protocol

from dateline.pagestore.http.vocabulary import ClientGone, Head, HeaderList
from dateline.pagestore.http.wire import (
    CONTINUE,
    NO_CONTENT,
    WITHOUT_BODY,
    Dates,
    opening,
)

MOST_UNREAD = 262_144
"""Bytes of a body that wait for the application; the client waits beyond that."""
PIECE_OF_FILE = 262_144
LAST_CHUNK = b"0\r\n\r\n"
dates = Dates()


class Line(Protocol):
    """The connection, as an exchange needs it."""

    transport: asyncio.Transport

    async def drained(self) -> None: ...
    def hold(self, *, is_full: bool) -> None: ...
    def answered(self, exchange: "Exchange") -> None: ...
    def give_over(self, gone: Callable[[], None]) -> None: ...


class Exchange:
    """What an application is given to read a body and to answer."""

    __slots__ = (
        "_body",
        "_expects",
        "_file",
        "_is_broken",
        "_line",
        "_news",
        "_stream",
        "has_body",
        "head",
        "hit",
        "is_answered",
        "is_last",
        "is_lost",
        "is_whole",
        "opened_at",
        "status",
        "task",
    )

    def __init__(
        self, line: Line, head: Head, *, is_last: bool, has_body: bool
    ) -> None:
        self.head = head
        self.is_last = is_last
        """Whether the connection ends with it."""
        self.hit: tuple[str, int] | None = None
        """What the application would know the same request by."""
        self.is_answered = self.is_lost = False
        self.status = 0
        self.opened_at = time.perf_counter()
        self.task: asyncio.Task[None] | None = None
        self._line = line
        self._body = bytearray()
        self.has_body = has_body
        self.is_whole = not has_body
        """Whether the whole body has come."""
        self._is_broken = False
        self._expects = has_body and self._waits_for_word()
        self._news: asyncio.Future[None] | None = None
        self._stream: Stream | None = None
        self._file: tuple[int, HeaderList, str, int, int] | None = None

    # The body, as it comes

    def fed(self, piece: bytes) -> None:
        self._body += piece
        if self.is_full:
            self._line.hold(is_full=True)
        self._tell()

    @property
    def is_full(self) -> bool:
        """Whether so much of the body is unread that its client has to wait."""
        return len(self._body) > MOST_UNREAD

    def ended(self) -> None:
        """Note that the body is whole."""
        self.is_whole = True
        self._tell()

    def broken(self) -> None:
        """Note that nothing more comes of a body that is not whole."""
        self._is_broken = True
        self._tell()

    def lost(self) -> None:
        """Note that the client is gone."""
        self.is_lost = True
        self.broken()

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    async def _piece(self) -> bytes:
        """Return what has come since, or nothing at the end."""
        if self._expects:
            self._expects = False
            self._write(CONTINUE)
        while not self._body and not self.is_whole:
            if self._is_broken:
                raise ClientGone
            self._news = asyncio.get_running_loop().create_future()
            await self._news
        piece = bytes(self._body)
        self._body.clear()
        self._line.hold(is_full=False)
        return piece

    async def __call__(self) -> bytes:
        """
        Return the whole body.

        :raises ClientGone: it broke off
        """
        pieces = [piece async for piece in self]
        return b"".join(pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await self._piece():
            yield piece

    # Answers

    def response_wire(self, head: bytes, body: bytes) -> None:
        """Answer with what was opened before, and the body that belongs to it."""
        self._write(b"".join((head, self._closing(), dates.line(time.time()), body)))
        self.finish()

    def response_bytes(self, status: int, headers: HeaderList, body: bytes) -> None:
        if self._is_bare(status):
            self.response_wire(self._opened(status, headers), b"")
            return
        told = _with_length(headers, len(body))
        self.response_wire(self._opened(status, told), body)

    def response_str(self, status: int, headers: HeaderList, body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_empty(self, status: int, headers: HeaderList) -> None:
        self.response_bytes(status, headers, b"")

    def response_stream(self, status: int, headers: HeaderList) -> "Stream":
        """Begin an answer that ends with the coroutine that was returned."""
        length = next((int(v) for name, v in headers if name == "content-length"), None)
        if self._is_bare(status):
            self._begin(status, headers, is_chunked=False)
            self._stream = Bare(self._line, None, is_chunked=False)
            return self._stream
        is_chunked = length is None and self._knows_chunks()
        if length is None and not is_chunked:
            self.is_last = True
        self._begin(status, headers, is_chunked=is_chunked)
        self._stream = Stream(self._line, length, is_chunked=is_chunked)
        return self._stream

    def response_live(
        self, status: int, headers: HeaderList, *, gone: Callable[[], None]
    ) -> "Live":
        """
        Begin an answer that goes on until either end closes the connection.

        `gone` is called when it has ended, whoever ended it.
        """
        self.is_last = True
        is_chunked = self._knows_chunks()
        self._begin(status, headers, is_chunked=is_chunked)
        self.is_answered = True
        if self.is_lost:
            # The connection has already told everybody that it ended.
            asyncio.get_running_loop().call_soon(gone)
        else:
            self._line.give_over(gone)
        return Live(self._line.transport, is_chunked=is_chunked)

    def response_file_range(
        self, status: int, headers: HeaderList, path: str, start: int, end: int
    ) -> None:
        """
        Answer with a file's bytes from `start` to before `end`.

        They are sent when the application has done its part, and is held no longer.
        """
        self._file = status, headers, path, start, end

    async def _send_file(
        self, status: int, headers: HeaderList, path: str, start: int, end: int
    ) -> None:
        with Path(path).open("rb", buffering=0) as file:
            told = _with_length(headers, end - start)
            stream = self.response_stream(status, told)
            while start < end and not self._is_bare(status):
                count = min(PIECE_OF_FILE, end - start)
                piece = await asyncio.to_thread(os.pread, file.fileno(), count, start)
                if not piece:
                    break
                await stream.send_bytes(piece)
                start += len(piece)

    async def end(self) -> None:
        """Send what is left to send, after the application has done its part."""
        if self._file is not None:
            await self._send_file(*self._file)
        if self.is_answered:
            return
        if self._stream is None:
            msg = "The application gave no answer."
            raise RuntimeError(msg)
        self._stream.end()
        self.finish()

    def finish(self) -> None:
        """Have the connection go on to what was asked next."""
        if self.is_answered:
            return
        self.is_answered = True
        # Of a body that nobody read the next request could not be told.
        self.is_last = self.is_last or not self.is_whole
        self._line.answered(self)

    def _knows_chunks(self) -> bool:
        return self.head.http_version != "1.0"

    def _waits_for_word(self) -> bool:
        expects = (self.head.headers.get("expect") or "").lower() == "100-continue"
        return expects and self.head.http_version != "1.0"

    def _is_bare(self, status: int) -> bool:
        """Whether no body may follow (RFC 9112, 6.3): it would be the next answer."""
        return status in WITHOUT_BODY or self.head.method == "HEAD"

    def _opened(self, status: int, headers: HeaderList) -> bytes:
        if self.status:
            msg = "A request is answered once."
            raise RuntimeError(msg)
        if status == NO_CONTENT:
            headers = [pair for pair in headers if pair[0] != "content-length"]
        head = opening(status, headers)
        self.status = status
        return head

    def _begin(self, status: int, headers: HeaderList, *, is_chunked: bool) -> None:
        told = [*headers, ("transfer-encoding", "chunked")] if is_chunked else headers
        head = self._opened(status, told)
        self._write(b"".join((head, self._closing(), dates.line(time.time()))))

    def _closing(self) -> bytes:
        # Within an answer, nobody waits for the word to go on with the body.
        self._expects = False
        self.is_last = self.is_last or not self.is_whole
        return b"connection: close\r\n" if self.is_last else b""

    def _write(self, told: bytes) -> None:
        if not self._line.transport.is_closing():
            self._line.transport.write(told)


Application = Callable[[Head, Exchange], Awaitable[None] | None]
"""Answers a request; returns what is still to be awaited, or None if it is answered."""


class Stream:
    """An answer that is sent in pieces, none before the last is nearly taken."""

    __slots__ = ("_is_chunked", "_left", "_line")

    def __init__(self, line: Line, length: int | None, *, is_chunked: bool) -> None:
        self._line = line
        self._left = length
        self._is_chunked = is_chunked

    async def send_bytes(self, piece: bytes) -> None:
        """
        Send a piece, and wait while too much is under way.

        :raises ClientGone: nobody takes it
        :raises ValueError: it is more than was announced
        """
        if self._line.transport.is_closing():
            raise ClientGone
        if self._left is not None:
            if len(piece) > self._left:
                msg = "A body is longer than its head says."
                raise ValueError(msg)
            self._left -= len(piece)
        self._line.transport.write(_chunk(piece) if self._is_chunked else piece)
        await self._line.drained()

    def break_off(self) -> None:
        """Have the client learn that it did not get the whole."""
        self._line.transport.abort()

    def end(self) -> None:
        if self._left:
            self.break_off()
        elif self._is_chunked and not self._line.transport.is_closing():
            self._line.transport.write(LAST_CHUNK)


class Bare(Stream):
    """An answer that has no body, whatever is sent."""

    __slots__ = ()

    async def send_bytes(self, piece: bytes) -> None:
        """Leave a piece out."""


class Live:
    """An answer without an end: whoever holds it says when it is over."""

    __slots__ = ("_is_chunked", "_transport")

    def __init__(self, transport: asyncio.Transport, *, is_chunked: bool) -> None:
        self._transport = transport
        self._is_chunked = is_chunked

    def send_bytes(self, piece: bytes) -> None:
        """Send without waiting; :meth:`unsent` tells what became of it."""
        if not self._transport.is_closing():
            self._transport.write(_chunk(piece) if self._is_chunked else piece)

    def unsent(self) -> int:
        """Return the bytes that the other end has not taken yet."""
        return unsent(self._transport)

    def end(self) -> None:
        """Close it when all has been taken."""
        if self._is_chunked and not self._transport.is_closing():
            self._transport.write(LAST_CHUNK)
        self._transport.close()

    def cut(self) -> None:
        """Close it without waiting for the other end to read anything."""
        self._transport.abort()


def unsent(transport: asyncio.Transport) -> int:
    """Return the bytes that the other end has not taken: ours, and the kernel's."""
    socket = transport.get_extra_info("socket")
    queued = bytearray(4)
    try:
        fcntl.ioctl(-1 if socket is None else socket.fileno(), termios.TIOCOUTQ, queued)
    except (OSError, ValueError):
        # It is closed.
        return 0
    kernel = int.from_bytes(queued, sys.byteorder, signed=True)
    return transport.get_write_buffer_size() + kernel


def _chunk(piece: bytes) -> bytes:
    # An empty one would end the answer.
    return b"%x\r\n%b\r\n" % (len(piece), piece) if piece else b""


def _with_length(headers: HeaderList, length: int) -> HeaderList:
    """
    Return the headers with the length of what follows.

    :raises ValueError: they say another one
    """
    said = [value for name, value in headers if name == "content-length"]
    if not said:
        return [*headers, ("content-length", str(length))]
    if said != [str(length)]:
        msg = "A head says another length than its body has."
        raise ValueError(msg)
    return headers
