"""
The live stream: server-sent events, one connection to any number of channels.

`GET /events/<channel>` where a channel is named as :meth:`Channels.address` writes
it; several are joined by commas. A client that was away says what it saw last
(`Last-Event-ID`, or `?last=`) and is told the rest, or `reset` if that is no longer
known.

Nobody waits for one client. So each has a budget of bytes that may be on their way.
Who has used it up is told nothing more until all was taken, and then catches up from
what the channels keep; who takes nothing for ten seconds is cut off.
"""

import asyncio
import contextlib
import logging
import random
import re
import resource
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from dateline.pagestore.channels import Channels, Event, Listener
from dateline.pagestore.front import asking
from dateline.pagestore.front.asking import Asked, Refused
from dateline.pagestore.front.audience import Audience, Client
from dateline.pagestore.http.exchanges import Exchange
from dateline.pagestore.http.vocabulary import Head

log = logging.getLogger(__name__)

PREFIX = "/events/"
HEADERS = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-resource-policy", "same-origin"),
]
_LINE_END = re.compile(r"\r\n|\r|\n")
# What the server keeps beside each piece that it sends.
_OVERHEAD = 64
# Other files, and connections of readers who want pages, need descriptors too.
_DESCRIPTORS_FOR_OTHERS = 512
_BETWEEN_LOOKS = 0.02
_AFTER_FAILURE = 5.0
# Clients served before the loop turns to whoever wants a page.
_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the stream gives, to all and to each."""

    clients: int = 10_000
    clients_per_address: int = 500
    channels_per_client: int = 8
    unread_bytes: int = 65_536
    """Bytes on their way to one client."""
    unread_bytes_of_all: int = 134_217_728
    stuck_seconds: float = 10.0
    heartbeat_seconds: int = 20
    retry_ms: tuple[int, int] = (3_000, 15_000)
    """After how long a client comes back; each is told another time between these."""

    def unread_bytes_of_one_among(self, clients: int) -> int:
        return min(self.unread_bytes, self.unread_bytes_of_all // max(1, clients))


@dataclass(slots=True)
class Totals:
    """What the stream has done since the process began, and how many it serves."""

    clients: int = 0
    events: int = 0
    sent: int = 0
    resets: int = 0
    cut: int = 0
    refused: int = 0


@dataclass(eq=False)
class Streams:
    """Every client of this process's stream."""

    channels: Channels
    limits: Limits = field(default_factory=Limits)
    trusted: Sequence[str] = ()
    """Proxies whose `X-Forwarded-For` is believed."""
    totals: Totals = field(default_factory=Totals)
    position: int = 0
    """The last event that was, or is being, told."""
    is_closed: bool = False

    def __post_init__(self) -> None:
        self._audience = Audience(parts=self.limits.heartbeat_seconds)
        # Up to here everybody who is live has been told everything.
        self._told = 0
        self._waiting: set[Client] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._listener: Listener | None = None
        self._news = asyncio.Event()
        self._held_up = asyncio.Event()

    # From beginning to end

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to listen. Call it once, in the loop that serves."""
        self._take_descriptors()
        self._loop = loop
        with contextlib.suppress(OSError, sqlite3.Error):
            self._listen()
        work = (self._deliver, self._beat, self._look_after_waiting)
        self._tasks = [loop.create_task(self._again(one)) for one in work]

    def _listen(self) -> None:
        self.position = self._told = self.channels.span().newest
        self._listener = self.channels.listen()
        self._loop.add_reader(self._listener.fileno(), self._hear, self._listener)

    def close(self) -> None:
        """End every stream at once; whoever asks from now on is refused."""
        self.is_closed = True
        for task in self._tasks:
            task.cancel()
        for client in self._audience.everybody():
            self._end(client)
        if self._listener is not None:
            self._loop.remove_reader(self._listener.fileno())
            self._listener.close()

    def _take_descriptors(self) -> None:
        """Have as many files open as the machine lets us, and no more clients."""
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != resource.RLIM_INFINITY:
            most = max(1, soft - _DESCRIPTORS_FOR_OTHERS)
            most = min(self.limits.clients, most)
            self.limits = replace(self.limits, clients=most)

    async def _again(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it again and again, a little later where it failed."""
        while True:
            try:
                await work()
            except Exception:
                log.exception("stream failed", extra={"work": work.__name__})
                await asyncio.sleep(_AFTER_FAILURE)

    # One client

    async def serve(self, head: Head, exchange: Exchange) -> None:
        """Answer one request below `/events/`; the stream goes on after that."""
        try:
            asked = asking.read(
                head,
                head.path.removeprefix(PREFIX),
                channels=self.channels,
                most=self.limits.channels_per_client,
                trusted=self.trusted,
            )
            self._refuse_too_many(asked)
        except Refused as refused:
            self.totals.refused += 1
            headers = [("content-type", "text/plain; charset=utf-8")]
            headers += [("cache-control", "no-store"), *refused.headers]
            exchange.response_str(refused.status, headers, refused.says + "\n")
            return
        if head.method == "HEAD":
            exchange.response_empty(200, HEADERS)
            return
        client = self._audience.add(asked)
        gone = partial(self._end, client)
        client.live = exchange.response_live(200, HEADERS, gone=gone)
        self.totals.clients = len(self._audience)
        self._greet(client, asked.last)

    def _refuse_too_many(self, asked: Asked) -> None:
        if self.is_closed or self._listener is None:
            raise Refused(503, "The stream is not open.", ("retry-after", "5"))
        if len(self._audience) >= self.limits.clients:
            raise Refused(503, "Too many listen now.", ("retry-after", "60"))
        if self._audience.count_from(asked.address) >= self.limits.clients_per_address:
            raise Refused(429, "Too many listen there.", ("retry-after", "60"))

    def _greet(self, client: Client, last: int | None) -> None:
        """Say when to come back, and what has happened since the client left."""
        retry = random.randint(*self.limits.retry_ms)  # noqa: S311  (spreads work)
        if last is None:
            client.position = self.position
            self._send(client, f"retry: {retry}\nid: {client.position}\n\n".encode())
            return
        self._send(client, f"retry: {retry}\n\n".encode())
        client.position = last
        self._catch_up(client)

    def _end(self, client: Client) -> None:
        """End a stream; its client may come back with the last id it has seen."""
        live, client.live = client.live, None
        if live is None:
            return
        live.end()
        self._waiting.discard(client)
        self._audience.remove(client)
        self.totals.clients = len(self._audience)

    # Telling

    def _hear(self, listener: Listener) -> None:
        listener.heard()
        self._news.set()

    async def _deliver(self) -> None:
        """Tell what is new: when called, and at least once a second."""
        if self._listener is None:
            self._listen()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._news.wait()
        self._news.clear()
        while events := self.channels.after(self.position):
            for event in events:
                await self._tell(event)

    async def _tell(self, event: Event) -> None:
        # Who comes while others are being told has it from what is kept.
        self.position = event.id
        self.totals.events += 1
        frame = _frame(event)
        for turn, client in enumerate(self._audience.on(event.channel), 1):
            if client.is_live and client.position < event.id:
                client.position = event.id
                self._send(client, frame)
            if turn % _AT_A_TIME == 0:
                await asyncio.sleep(0)
        self._told = event.id

    def _send(self, client: Client, frame: bytes) -> None:
        if client.live is None:
            return
        client.live.send_bytes(frame)
        self.totals.sent += 1
        client.unread += len(frame) + _OVERHEAD
        budget = self.limits.unread_bytes_of_one_among(len(self._audience))
        if client.unread >= budget and client.waits_since is None:
            client.waits_since = time.monotonic()
            self._waiting.add(client)
            self._held_up.set()

    def _catch_up(self, client: Client) -> None:
        """Tell a client what it missed; if that cannot be read, it comes back later."""
        try:
            self._tell_missed(client)
        except (OSError, sqlite3.Error):
            log.exception("stream ended")
            self._end(client)

    def _tell_missed(self, client: Client) -> None:
        """Tell a client what it missed, as far as its budget goes."""
        if client.position == 0:
            # All that is kept, whatever was before.
            client.position = self.channels.span().gone
        while client.position < self.position:
            missed = self.channels.after(client.position, client.channels, limit=50)
            if not self.channels.span().holds_all_since(client.position):
                self._reset(client)
                return
            for event in missed:
                client.position = event.id
                self._send(client, _frame(event))
                if not client.is_live:
                    return
            if not missed:
                client.position = self.position
        if client.position > self.channels.span().newest:
            # It names an id from a history that was lost.
            self._reset(client)

    def _reset(self, client: Client) -> None:
        """Tell a client that it must look anew: what it missed is no longer kept."""
        client.position = self.position
        self.totals.resets += 1
        frame = f"id: {self.position}\nevent: reset\ndata: reset\n\n"
        self._send(client, frame.encode())

    # Keeping time

    async def _beat(self) -> None:
        """Show each client within the heartbeat's time that we are there."""
        for part in self._audience.parts():
            frame = f":\nid: {self._told}\n\n".encode()
            for client in part:
                if client.is_live:
                    ahead = client.position > self._told
                    self._send(client, b":\n\n" if ahead else frame)
            await asyncio.sleep(1)

    async def _look_after_waiting(self) -> None:
        """Let go on who has taken everything; cut off who takes nothing."""
        await self._held_up.wait()
        began = time.monotonic()
        for turn, client in enumerate(tuple(self._waiting), 1):
            self._look_after(client)
            if turn % _AT_A_TIME == 0:
                await asyncio.sleep(0)
        if not self._waiting:
            self._held_up.clear()
        # Where very many wait, most of the time is left to the others.
        await asyncio.sleep(max(_BETWEEN_LOOKS, 3 * (time.monotonic() - began)))

    def _look_after(self, client: Client) -> None:
        if client.live is None:
            return
        waited = time.monotonic() - (client.waits_since or 0)
        if not client.live.unsent():
            self._waiting.discard(client)
            client.waits_since, client.unread = None, 0
            self._catch_up(client)
        elif waited > self.limits.stuck_seconds:
            self.totals.cut += 1
            client.live.cut()
            self._end(client)


def _frame(event: Event) -> bytes:
    lines = "\n".join(f"data: {line}" for line in _LINE_END.split(event.data))
    return f"id: {event.id}\n{lines}\n\n".encode()
