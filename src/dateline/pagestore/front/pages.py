"""Requests for pages that every reader shares: from memory, the store, or a render."""

import asyncio
import time

from dateline.pagestore.adapters.marks import tells_caches
from dateline.pagestore.answers import answer
from dateline.pagestore.front.decisions import decide
from dateline.pagestore.front.health import Health
from dateline.pagestore.front.memory import NO_GENERATION, Codings, Entry, Memory, Ready
from dateline.pagestore.front.renders import Renders, Shared
from dateline.pagestore.front.vocabulary import (
    Count,
    Plan,
    Unanswered,
    Verdict,
)
from dateline.pagestore.http.vocabulary import Head
from dateline.pagestore.store import Store

MOST_ROUNDS = 3
LOOK_SECONDS = 0.02
"""How long a stale page may go on being taken for the newest."""


class Pages:
    """What is kept, as readers get it."""

    def __init__(
        self, plan: Plan, store: Store, *, renders: Renders, health: Health
    ) -> None:
        self.memory = Memory(plan.memory_bytes)
        self.codings = Codings()
        self.counts = [0] * len(Count)
        self._plan = plan
        self._store = store
        self.renders = renders
        self._health = health
        renders.ended = self._was_rendered

    async def answer(self, head: Head, key: str) -> Ready | None:
        """
        Return the answer for a key; None where Django's own would be for one reader.

        :raises Unanswered: there is nothing to show, and Django makes nothing
        """
        entry = self._look(key)
        verdict = self._decide(entry)
        if entry is not None and verdict in {Verdict.SERVE, Verdict.SERVE_AND_RENEW}:
            return self._kept(head, key, entry, verdict)
        self.counts[Count.MISSES] += 1
        if entry is not None:
            return await self._renewed(head, key)
        return await self._rendered(head, key)

    def _look(self, key: str) -> Entry | None:
        """Return what is kept under a key now."""
        generation = self._store.generation
        entry = self.memory.entries.get(key)
        if entry is not None and entry.generation == generation:
            # Purges change the generation and renders do not. Our own say when they
            # have ended; for those of others a stale page is looked at before long.
            now = time.time()
            if entry.good_until > now or now - entry.looked_at < LOOK_SECONDS:
                return entry
        found = self._store.find(key)
        if found is None:
            self.memory.drop(key)
            return None
        if entry is not None and entry.holds(found):
            entry.renew(found, generation)
            return entry
        entry = Entry(found, generation)
        self.memory.put(key, entry)
        return entry

    def _was_rendered(self, key: str) -> None:
        entry = self.memory.entries.get(key)
        if entry is not None:
            entry.generation = NO_GENERATION

    def _decide(self, entry: Entry | None) -> Verdict:
        found = entry.found if entry is not None else None
        return decide(found, now=time.time(), is_up=self._health.is_up)

    def _kept(self, head: Head, key: str, entry: Entry, verdict: Verdict) -> Ready:
        is_fresh = entry.good_until > time.time()
        self.counts[Count.HITS if is_fresh else Count.STALE] += 1
        if verdict is Verdict.SERVE_AND_RENEW:
            self._begin(head, key)
        return self._made(head, key, entry)

    async def _renewed(self, head: Head, key: str) -> Ready:
        """Wait a little for a new page, and serve the stale one if none comes."""
        task = self._begin(head, key)
        await asyncio.wait({task}, timeout=self._plan.longest_renewal)
        self._hear(task)
        renewed = self._look(key)
        if renewed is None:
            # Withdrawn meanwhile: not even the old one may be shown.
            return await self._rendered_or_raise(head, key)
        if renewed.found.purged_at is not None:
            self.counts[Count.STALE] += 1
        return self._made(head, key, renewed)

    async def _rendered_or_raise(self, head: Head, key: str) -> Ready:
        made = await self._rendered(head, key)
        if made is None:
            raise Unanswered("The page was withdrawn while it was renewed.")
        return made

    async def _rendered(self, head: Head, key: str) -> Ready | None:
        """Wait for a page that nobody has yet."""
        for _ in range(MOST_ROUNDS):
            await self._health.admit()
            task = self._begin(head, key)
            try:
                failed = await asyncio.shield(task)
            except Unanswered as error:
                self._health.heard(error)
                raise
            if failed is not None:
                return failed
            entry = self._look(key)
            if entry is not None:
                return self._made(head, key, entry)
        return None

    def _begin(self, head: Head, key: str) -> "asyncio.Task[Shared | None]":
        return self.renders.begin(
            key, head.path, head.header("host"), head.header("accept-language")
        )

    def _hear(self, task: "asyncio.Task[Shared | None]") -> None:
        if task.done() and isinstance(error := task.exception(), Unanswered):
            self._health.heard(error)

    def _made(self, head: Head, key: str, entry: Entry) -> Ready:
        """Return the answer to this one request, from an entry."""
        entry.was_asked = True
        wanted = head.header("accept-encoding")
        known = head.header("if-none-match")
        page = entry.found.page
        # A stale page is for this reader alone: a cache in front has been told of the
        # purge, and would keep it as a new one.
        is_fresh = entry.good_until > time.time() or not tells_caches(page.headers)
        if head.method == "GET" and not known and is_fresh:
            number = self.codings.read(wanted)
            ready, grown = entry.answer(number, wanted)
            self.memory.grow(key, grown)
            return ready
        made = answer(
            page,
            method=head.method,
            if_none_match=known,
            accept_encoding=wanted,
            is_fresh=is_fresh,
        )
        return made.status, made.headers, made.body
