"""
Requests to Django over its Unix socket (HTTP/1.1, kept-alive connections).

An exchange that did not come to its end takes its connection along: what was cut
short, by whomever, can never be read as the answer to somebody else.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from pathlib import Path

import h11

from dateline.pagestore.front.vocabulary import Broken, Down, Silent
from dateline.pagestore.http.vocabulary import ClientGone, HeaderList

_READ_BYTES = 64 * 1024
_LARGEST_HEAD = 128 * 1024
_CONNECT_SECONDS = 2.0
_PIECE_SECONDS = 30.0
# Granian closes an idle connection after its header timeout, 30 s.
_IDLE_SECONDS = 20.0
# May be said again where a kept connection turns out to be closed.
_REPEATABLE = frozenset({"GET", "HEAD"})

Bytes = AsyncIterator[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request for Django; one with a body names its length in its headers."""

    method: str
    target: str
    headers: HeaderList
    body: Bytes | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Django's answer: its head, and its body as it comes."""

    status: int
    headers: HeaderList
    body: Bytes


class Connection:
    """One connection, for one exchange after the other."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._state = h11.Connection(h11.CLIENT, _LARGEST_HEAD)
        self._idle_since = asyncio.get_running_loop().time()

    @property
    def is_fit(self) -> bool:
        """Whether another exchange may begin."""
        age = asyncio.get_running_loop().time() - self._idle_since
        return not self._reader.at_eof() and age < _IDLE_SECONDS

    def close(self) -> None:
        self._writer.close()

    def cut(self) -> None:
        """End it now; who listens on it hears that."""
        self._writer.transport.abort()

    def rest(self) -> bool:
        """Make ready for another exchange; return whether there can be one."""
        if {self._state.our_state, self._state.their_state} != {h11.DONE}:
            return False
        self._state.start_next_cycle()
        self._idle_since = asyncio.get_running_loop().time()
        return True

    def say_head(self, asked: Asked) -> None:
        head = h11.Request(
            method=asked.method,
            target=asked.target,
            headers=[(_bytes(name), _bytes(value)) for name, value in asked.headers],
        )
        self._say(head)
        if asked.body is None:
            self._say(h11.EndOfMessage())

    async def say_body(self, body: Bytes) -> None:
        """Send the body and the end; give up where Django stops listening."""
        async for piece in body:
            self._say(h11.Data(data=piece))
            async with asyncio.timeout(_PIECE_SECONDS):
                await self._writer.drain()
        self._say(h11.EndOfMessage())

    def _say(self, event: h11.Event) -> None:
        self._writer.write(self._state.send(event) or b"")

    async def hear_head(self) -> h11.Response:
        """Return the head of the answer, past any that only asks for patience."""
        while True:
            event = await self._next()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise Broken("Django closed the connection.")

    async def hear_body(self) -> Bytes:
        """Yield the body; stop where it ends."""
        while True:
            try:
                async with asyncio.timeout(_PIECE_SECONDS):
                    event = await self._next()
            except TimeoutError as error:
                raise Silent("Django stopped in the middle of an answer.") from error
            if not isinstance(event, h11.Data):
                return
            yield bytes(event.data)

    async def _next(self) -> object:
        try:
            while (event := self._state.next_event()) is h11.NEED_DATA:
                self._state.receive_data(await self._reader.read(_READ_BYTES))
        except (OSError, h11.RemoteProtocolError) as error:
            raise Broken("Django's answer broke off.") from error
        return event


def _bytes(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()


@dataclass
class Backend:
    """Django behind its socket."""

    socket: Path
    most_idle: int
    idle: list[Connection] = field(default_factory=list)
    waiting: dict[Connection, float] = field(default_factory=dict)
    """Connections on which an answer is due, and since when."""

    def longest_wait(self) -> float:
        """Return for how many seconds somebody has been waiting for an answer."""
        now = asyncio.get_running_loop().time()
        return max((now - since for since in self.waiting.values()), default=0.0)

    def give_up(self) -> None:
        """End every exchange whose answer has not begun, as if Django had."""
        for connection in list(self.waiting):
            connection.cut()

    @contextlib.asynccontextmanager
    async def exchange(
        self, asked: Asked, *, longest_silence: float
    ) -> AsyncIterator[Told]:
        """
        Ask; the answer is to be read inside the block.

        :raises Down: nobody listens
        :raises Broken: the connection ended before the answer did
        :raises Silent: the answer did not begin in time
        :raises ClientGone: the body of the request broke off
        """
        connection, head = await self._ask(asked, longest_silence)
        try:
            headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in head.headers
            ]
            yield Told(head.status_code, headers, connection.hear_body())
            self._put_back(connection)
        except BaseException:
            connection.close()
            raise

    async def _ask(
        self, asked: Asked, longest_silence: float
    ) -> tuple[Connection, h11.Response]:
        kept = self._take_idle() if asked.method in _REPEATABLE else None
        if kept is not None:
            with contextlib.suppress(Broken):
                return kept, await self._hear(kept, asked, longest_silence)
            # Django had closed it between two exchanges: say it again on a new one.
        connection = await self._connect()
        return connection, await self._hear(connection, asked, longest_silence)

    async def _hear(
        self, connection: Connection, asked: Asked, longest_silence: float
    ) -> h11.Response:
        self.waiting[connection] = asyncio.get_running_loop().time()
        try:
            return await _said_and_heard(connection, asked, longest_silence)
        finally:
            del self.waiting[connection]

    def _take_idle(self) -> Connection | None:
        while self.idle:
            connection = self.idle.pop()
            if connection.is_fit:
                return connection
            connection.close()
        return None

    async def _connect(self) -> Connection:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                streams = await asyncio.open_unix_connection(
                    str(self.socket), limit=_READ_BYTES
                )
        except (OSError, TimeoutError) as error:
            raise Down("Nobody listens on Django's socket.") from error
        return Connection(*streams)

    def _put_back(self, connection: Connection) -> None:
        if len(self.idle) < self.most_idle and connection.rest():
            self.idle.append(connection)
        else:
            connection.close()


async def _said_and_heard(
    connection: Connection, asked: Asked, longest_silence: float
) -> h11.Response:
    """Send a request and return the head of its answer; close on any failure."""
    try:
        connection.say_head(asked)
        if asked.body is None:
            return await _in_time(connection.hear_head(), longest_silence)
        return await _heard_while_saying(connection, asked.body, longest_silence)
    except BaseException:
        connection.close()
        raise


async def _heard_while_saying(
    connection: Connection, body: Bytes, longest_silence: float
) -> h11.Response:
    """Listen while the body is sent: Django may refuse before it has heard it all."""
    hearing = asyncio.ensure_future(connection.hear_head())
    saying = asyncio.ensure_future(connection.say_body(body))
    try:
        await asyncio.wait({hearing, saying}, return_when=asyncio.FIRST_COMPLETED)
        if saying.done() and isinstance(saying.exception(), ClientGone):
            await saying
        return await _in_time(hearing, longest_silence)
    finally:
        for task in (hearing, saying):
            task.cancel()
        await asyncio.gather(hearing, saying, return_exceptions=True)


async def _in_time(hearing: Awaitable[h11.Response], seconds: float) -> h11.Response:
    try:
        async with asyncio.timeout(seconds):
            return await hearing
    except TimeoutError as error:
        raise Silent("Django did not answer in time.") from error
