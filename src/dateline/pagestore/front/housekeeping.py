"""What the front does each second, whether anybody asks for a page or not."""

import asyncio
import logging

from dateline.pagestore.front.application import Front

log = logging.getLogger(__name__)
TICK_SECONDS = 1.0
TOUCH_TICKS = 30


class Housekeeping:
    """Looks after what a front shares with the other processes."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._shared = front.store.shared
        self._take_place()

    def _take_place(self) -> None:
        """Go on counting where the front before this one stopped."""
        self._words = self._shared.counters("front")
        counts = self._front.pages.counts
        for place in range(len(counts)):
            counts[place] += self._words[place]

    async def keep(self) -> None:
        """Go on until cancelled."""
        tick = 0
        while True:
            await asyncio.sleep(TICK_SECONDS)
            tick += 1
            try:
                self.tick()
                if tick % TOUCH_TICKS == 0:
                    await self._tell_asked()
            except Exception:
                log.exception("housekeeping failed")

    def tick(self) -> None:
        """Share the counts."""
        self._front.health.look()
        store = self._front.store
        store.look()
        if store.shared is not self._shared:
            self._shared = store.shared
            self._words = self._shared.counters("front")
        for place, count in enumerate(self._front.pages.counts):
            self._words[place] = count

    async def _tell_asked(self) -> None:
        """Tell the store what was asked for, without keeping a reader waiting."""
        asked = self._front.pages.memory.take_asked()
        await asyncio.to_thread(self._front.store.touch, asked)
