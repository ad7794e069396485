"""
An answer that Django streams goes no faster than its reader takes it.

Granian takes every byte at once. So after a few megabytes the kernel is asked how
many the other end has not taken yet, and Django waits as long as there are any.
"""

import asyncio
import logging
from dataclasses import dataclass, field

from dateline.pagestore.front.sockets import Sockets
from dateline.pagestore.front.vocabulary import ClientGone

log = logging.getLogger(__name__)
BURST = 4_000_000
LOOK_SECONDS = 0.02
STUCK_SECONDS = 30.0


@dataclass
class Pace:
    """The pace of one answer, to the client at one end of a connection."""

    client: str
    sent: int = 0
    _sockets: Sockets = field(default_factory=Sockets, repr=False)

    async def keep(self, count: int) -> None:
        """
        Note that so many bytes were sent; wait if too many are on their way.

        :raises ClientGone: nothing is taken any more
        """
        self.sent += count
        if self.sent < BURST:
            return
        self.sent = 0
        # What the server holds is handed to the kernel a moment later.
        await asyncio.sleep(LOOK_SECONDS)
        if not self._sockets.knows(self.client):
            await self._sockets.look()
        await self._until_taken()

    async def _until_taken(self) -> None:
        loop = asyncio.get_running_loop()
        least, since = None, loop.time()
        while left := self._sockets.unsent(self.client):
            if least is None or left < least:
                least, since = left, loop.time()
            elif loop.time() - since > STUCK_SECONDS:
                self._sockets.cut(self.client)
                raise ClientGone
            await asyncio.sleep(LOOK_SECONDS)
