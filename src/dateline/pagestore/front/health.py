"""Whether Django answers, as the front has last found it."""

import asyncio
import logging

from dateline.pagestore.front.backend import Asked, Backend
from dateline.pagestore.front.forwarding import neutral_headers
from dateline.pagestore.front.vocabulary import Down, Unanswered

log = logging.getLogger(__name__)
PROBE_SECONDS = 2.0
BETWEEN_PROBES = 0.25


class Health:
    """
    Up until a request goes unanswered and a cheap one does so too.

    While Django is down it is asked again four times a second, so that readers are
    answered at once and need not try.
    """

    def __init__(self, backend: Backend, alive_path: str) -> None:
        self.is_up = True
        self._backend = backend
        self._asked = Asked(
            method="GET",
            target=alive_path,
            headers=neutral_headers("localhost", "", is_https=False),
        )
        self._watch: asyncio.Task[None] | None = None

    def heard(self, error: Unanswered | None = None) -> None:
        """Note how a request fared: answered, or not."""
        if error is None:
            self.is_up = True
            return
        if isinstance(error, Down):
            self.is_up = False
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._watch_until_up())

    async def _watch_until_up(self) -> None:
        while not await self._answers():
            if self.is_up:
                log.warning("Django does not answer")
            self.is_up = False
            await asyncio.sleep(BETWEEN_PROBES)
        if not self.is_up:
            log.warning("Django answers again")
        self.is_up = True

    async def _answers(self) -> bool:
        try:
            asked = self._backend.exchange(self._asked, longest_silence=PROBE_SECONDS)
            async with asyncio.timeout(PROBE_SECONDS), asked as told:
                async for _ in told.body:
                    pass
        except (Unanswered, TimeoutError):
            return False
        return True
