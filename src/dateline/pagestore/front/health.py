"""Whether Django answers, as the front has last found it."""

import asyncio
import contextlib
import logging

from dateline.pagestore.front.backend import Asked, Backend
from dateline.pagestore.front.forwarding import neutral_headers
from dateline.pagestore.front.vocabulary import Busy, Down, Unanswered

log = logging.getLogger(__name__)
PROBE_SECONDS = 3.0
BETWEEN_PROBES = 0.25
MOST_SILENCES = 3
LOOKS_BETWEEN = 2
"""Looks, a second apart, from one question to the next while nobody waits."""
START_SECONDS = 10.0
MOST_EARLY = 200
"""Requests that wait for Django's first answer; more are told at once."""
SUSPICIOUS_SECONDS = 3.0
"""Whoever has waited so long for an answer raises the question."""


class Health:
    """
    Down at first; then up, until nobody listens or some cheap requests go unanswered.

    Who waits then is told so, and who comes is answered at once and need not try.
    Django is asked again four times a second until it answers.
    """

    def __init__(self, backend: Backend, alive_path: str) -> None:
        self.is_up = False
        # Set once Django has answered for the first time.
        self._has_started = asyncio.Event()
        self._early = 0
        self._backend = backend
        self._asked = Asked(
            method="GET",
            target=alive_path,
            headers=neutral_headers("localhost", "", is_https=False),
        )
        self._watch: asyncio.Task[None] | None = None
        self._looks = 0

    async def admit(self) -> None:
        """
        Let a request try its luck; one that comes while all is starting waits a little.

        :raises Down: it has none
        """
        if not self._has_started.is_set() and self._early < MOST_EARLY:
            self._early += 1
            self._begin_watch()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(START_SECONDS):
                    await self._has_started.wait()
            self._early -= 1
        if not self.is_up:
            raise Down("Django did not answer a moment ago.")

    def heard(self, error: Unanswered | None = None) -> None:
        """Note how a request fared: answered, or not."""
        if error is None:
            self._is_now(up=True)
            return
        if not isinstance(error, Busy):
            self._begin_watch()

    def look(self) -> None:
        """Ask whether Django is there: at once if somebody has been waiting for it."""
        self._looks += 1
        suspicious = self._backend.longest_wait() > SUSPICIOUS_SECONDS
        if suspicious or not self.is_up or self._looks % LOOKS_BETWEEN == 0:
            self._begin_watch()

    def _begin_watch(self) -> None:
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._watch_until_up())

    async def _watch_until_up(self) -> None:
        silences = 0
        while (error := await self._probe()) is not None:
            silences += 1
            if silences >= MOST_SILENCES or isinstance(error, Down):
                self._is_now(up=False)
            await asyncio.sleep(BETWEEN_PROBES)
        self._is_now(up=True)

    def _is_now(self, *, up: bool) -> None:
        if up != self.is_up and self._has_started.is_set():
            log.warning("Django answers again" if up else "Django does not answer")
        self.is_up = up
        if up:
            self._has_started.set()
        else:
            self._backend.give_up()

    async def _probe(self) -> Unanswered | None:
        """Return why a cheap request went unanswered, if it did."""
        exchange = self._backend.exchange(self._asked, longest_silence=PROBE_SECONDS)
        try:
            async with exchange as told:
                async for _ in told.body:
                    pass
        except Unanswered as error:
            return error
        return None
