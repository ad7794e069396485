"""
The front as the application of a server.

What most requests ask for, a page in memory, is answered in `recall`: each line there
is paid for tens of thousands of times a second.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping

from dateline.pagestore.front import metrics
from dateline.pagestore.front.backend import Backend
from dateline.pagestore.front.health import Health
from dateline.pagestore.front.memory import Entry, Heads, Ready
from dateline.pagestore.front.metrics import Metric, counter, gauge
from dateline.pagestore.front.pages import Pages
from dateline.pagestore.front.passing import Passing
from dateline.pagestore.front.renders import Renders
from dateline.pagestore.front.stream import Totals
from dateline.pagestore.front.tally import Tally
from dateline.pagestore.front.troubles import Troubles
from dateline.pagestore.front.vocabulary import (
    Busy,
    Count,
    Gauge,
    Plan,
    Unanswered,
)
from dateline.pagestore.front.waiting import Line
from dateline.pagestore.http.exchanges import Exchange, dates
from dateline.pagestore.http.vocabulary import ClientGone, Head, RequestRefused
from dateline.pagestore.keys import SAFE
from dateline.pagestore.store import Store

log = logging.getLogger(__name__)
Door = Callable[[Head, Exchange], Awaitable[None]]
"""Answers a request by itself."""

_MOST_HOSTS = 100
METRICS = "/metrics"
_OK, _BAD_REQUEST, _NOT_FOUND = 200, 400, 404


class Front:
    """The front of one house."""

    def __init__(
        self,
        plan: Plan,
        store: Store,
        *,
        troubles: Troubles,
        doors: Mapping[str, Door],
        stream: Totals,
    ) -> None:
        """Begin; `stream` is what the stream counts, told with the rest."""
        self.plan = plan
        self.store = store
        self.tally = Tally(store)
        backend = Backend(plan.socket, most_idle=plan.places)
        self.line = Line(
            places=plan.places,
            for_staff=plan.places_for_staff,
            seats=plan.seats,
            longest_wait=plan.longest_wait,
        )
        self.health = Health(backend, plan.alive_path)
        renders = Renders(plan, backend, self.line)
        self.pages = Pages(plan, store, renders=renders, health=self.health)
        self._passing = Passing(plan, backend, self.line)
        self._troubles = troubles
        self._doors = dict(doors)
        self._stream = stream
        # What a hit reads, one step away instead of three.
        self._entries = self.pages.memory.entries
        self._codings = self.pages.codings.known
        self._heads = Heads()
        self._counts = self.pages.counts
        self._hosts: set[str | None] = set()
        self._is_https = plan.is_https

    def recall(self, head: bytes) -> bytes | None:
        """Return the whole answer to a head that was a hit before, if it still is."""
        place = self._heads.known.get(head)
        if place is None:
            return None
        now = time.time()
        entry = self._fresh(place[0], now)
        if entry is None or (wire := entry.wires[place[1]]) is None:
            return None
        entry.was_asked = True
        self._counts[entry.count] += 1
        return b"".join((wire[0], dates.line(now), wire[1]))

    def _fresh(self, key: str, now: float) -> Entry | None:
        """Return a page in memory that is good without another look at the store."""
        entry = self._entries.get(key)
        if (
            entry is None
            or entry.generation != self.store.generation
            or entry.good_until <= now
        ):
            return None
        return entry

    def remember(self, head: bytes, place: tuple[str, int]) -> None:
        """Note what a head asks for; nothing but the head may have told."""
        self._heads.put(head, place)

    def __call__(self, head: Head, exchange: Exchange) -> Awaitable[None] | None:
        """Answer a request; return what is still to be awaited, if anything is."""
        entry = self._fresh(head.path, time.time())
        if entry is not None and head.method == "GET":
            say = head.headers.get
            coding = self._codings.get(say("accept-encoding"))
            if (
                coding is not None
                and (wire := entry.wires[coding]) is not None
                and say("if-none-match") is None
                and say("host") in self._hosts
                and (not self._is_https or say("x-forwarded-proto") == "https")
            ):
                entry.was_asked = True
                self._counts[entry.count] += 1
                exchange.hit = head.path, coding
                exchange.status = entry.found.page.status
                exchange.response_wire(*wire)
                return None
        return self._answer(head, exchange)

    async def _answer(self, head: Head, exchange: Exchange) -> None:
        """Answer a request that is no plain hit."""
        for prefix, door in self._doors.items():
            if head.path.startswith(prefix):
                await door(head, exchange)
                return
        try:
            status = await self._kept_or_passed(head, exchange)
        except ClientGone:
            status = _say(exchange, head, _plain(_BAD_REQUEST, "The body broke off."))
        except RequestRefused as refused:
            status = _say(exchange, head, _plain(refused.status, str(refused)))
        except Unanswered as error:
            status = self._trouble(head, exchange, error)
        self._counts[Count.ANSWERS_1XX + status // 100 - 1] += 1

    async def _kept_or_passed(self, head: Head, exchange: Exchange) -> int:
        if head.path == METRICS and head.method in SAFE:
            return _say(exchange, head, self._metrics(head))
        key = self._key_of(head)
        if key is not None:
            ready = await self.pages.answer(head, key)
            if ready is not None:
                return _say(exchange, head, ready)
        self._counts[Count.PASSED] += 1
        await self.health.admit()
        try:
            status = await self._passing.answer(head, exchange)
        except Unanswered as error:
            self.health.heard(error)
            raise
        self.health.heard()
        return status

    def _key_of(self, head: Head) -> str | None:
        """
        Return the key of a page that may be answered from what is kept.

        :raises RequestRefused: it is asked for under a name that is not ours
        """
        key = self.plan.keys.key_of(
            head.method, head.path, head.header("accept-language")
        )
        if key is None:
            return None
        if not self._is_ours(head.header("host")):
            raise RequestRefused(_BAD_REQUEST, "Nothing is published under this name.")
        if self._is_https and head.header("x-forwarded-proto") != "https":
            # Django leads to https.
            return None
        return key

    def _is_ours(self, host: str) -> bool:
        if host in self._hosts:
            return True
        is_ours = self.plan.is_ours(host)
        if is_ours and len(self._hosts) < _MOST_HOSTS:
            self._hosts.add(host)
        return is_ours

    def _metrics(self, head: Head) -> Ready:
        if not metrics.may_read(head, self.plan.metrics_token):
            return _plain(_NOT_FOUND, "There is nothing at this address.")
        self.share()
        counted = metrics.counted(self.tally.counts())
        body = metrics.text([*counted, *self._kept_metrics(), *self._now_metrics()])
        headers = [
            ("content-type", metrics.CONTENT_TYPE),
            ("content-length", str(len(body))),
            ("cache-control", "no-store"),
        ]
        return _OK, headers, body

    def share(self) -> None:
        """Show the other fronts what this one has counted, and that it lives."""
        counts, stream = self._counts, self._stream
        counts[Count.STREAM_SENT] = stream.sent
        counts[Count.STREAM_STUCK] = stream.cut
        counts[Count.STREAM_REFUSED] = stream.refused
        memory = self.pages.memory
        now = {
            Gauge.WORKING: self.line.working,
            Gauge.WAITING: self.line.waiting,
            Gauge.MEMORY_PAGES: len(memory.entries),
            Gauge.MEMORY_BYTES: memory.bytes,
            Gauge.STREAM_CLIENTS: stream.clients,
        }
        self.tally.share(counts, now)

    def _kept_metrics(self) -> list[Metric]:
        kept = self.store.totals()
        return [
            gauge("up", "Whether Django answers.", self.health.is_up),
            gauge("pages", "Pages in the store.", kept.pages),
            gauge("pages_stale", "Pages in the store that are stale.", kept.stale),
            gauge("pages_bytes", "Bytes of the pages in the store.", kept.bytes),
            counter("renders_total", "Pages rendered.", self.store.renders()),
            counter("purges_total", "Purges applied.", self.store.shared.applied),
        ]

    def _now_metrics(self) -> list[Metric]:
        return [
            gauge(name, says, self.tally.gauge(which))
            for which, (name, says) in metrics.NOW.items()
        ]

    def _trouble(self, head: Head, exchange: Exchange, error: Unanswered) -> int:
        is_busy = isinstance(error, Busy)
        self._counts[Count.TURNED_AWAY if is_busy else Count.UNANSWERED] += 1
        return _say(exchange, head, self._troubles.answer(head.path))


def _plain(status: int, says: str) -> Ready:
    body = f"{says}\n".encode()
    headers = [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", str(len(body))),
        ("cache-control", "no-store"),
    ]
    return status, headers, body


def _say(exchange: Exchange, head: Head, ready: Ready) -> int:
    status, headers, body = ready
    if head.method == "HEAD" or not body:
        exchange.response_empty(status, headers)
    else:
        exchange.response_bytes(status, headers, body)
    return status
