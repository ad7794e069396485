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

    async def keep(self) -> None:
        """Go on until cancelled."""
        tick = 0
        while True:
            try:
                self.tick()
                if tick % TOUCH_TICKS == TOUCH_TICKS - 1:
                    await self._tell_asked()
            except Exception:
                log.exception("housekeeping failed")
            tick += 1
            await asyncio.sleep(TICK_SECONDS)

    def tick(self) -> None:
        """Ask whether Django answers, and share the counts."""
        self._front.health.look()
        self._front.share()

    async def _tell_asked(self) -> None:
        """Tell the store what was asked for, without keeping a reader waiting."""
        asked = self._front.pages.memory.take_asked()
        await asyncio.to_thread(self._front.store.touch, asked)
