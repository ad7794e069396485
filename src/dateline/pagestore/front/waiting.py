"""
The line of those who wait for Django.

Django works on as many requests at once as it has threads. Readers never take all
of them: the desk must be able to work while pages are rendered.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator

from dateline.pagestore.front.vocabulary import Busy, Lane


class Line:
    """Places to be worked on, and seats to wait for one."""

    def __init__(
        self, *, places: int, for_staff: int, seats: int, longest_wait: float
    ) -> None:
        self._places = places
        self._limits = {Lane.STAFF: places, Lane.READERS: max(1, places - for_staff)}
        self._working = dict.fromkeys(Lane, 0)
        self._seats = seats
        self._longest_wait = longest_wait
        self._waiting: dict[Lane, deque[asyncio.Future[None]]] = {
            # Staff come first where both could go.
            Lane.STAFF: deque(),
            Lane.READERS: deque(),
        }

    @property
    def working(self) -> int:
        return sum(self._working.values())

    @property
    def waiting(self) -> int:
        return sum(len(lane) for lane in self._waiting.values())

    @contextlib.asynccontextmanager
    async def place(self, lane: Lane) -> AsyncIterator[None]:
        """
        Hold a place.

        :raises Busy: no place came free in time, or nobody else may wait
        """
        await self._enter(lane)
        try:
            yield
        finally:
            self._leave(lane)

    def _has_place(self, lane: Lane) -> bool:
        return self.working < self._places and self._working[lane] < self._limits[lane]

    async def _enter(self, lane: Lane) -> None:
        if self._has_place(lane) and not self._waiting[lane]:
            self._working[lane] += 1
            return
        if len(self._waiting[lane]) >= self._seats:
            raise Busy("Too many are waiting.")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[lane].append(turn)
        try:
            async with asyncio.timeout(self._longest_wait):
                await turn
        except BaseException as error:
            self._give_up(lane, turn)
            if isinstance(error, TimeoutError):
                raise Busy("The wait was too long.") from error
            raise

    def _give_up(self, lane: Lane, turn: "asyncio.Future[None]") -> None:
        if turn.done() and not turn.cancelled():
            # The place was given at the very moment of leaving.
            self._leave(lane)
        else:
            with contextlib.suppress(ValueError):
                self._waiting[lane].remove(turn)

    def _leave(self, left: Lane) -> None:
        self._working[left] -= 1
        for lane, turns in self._waiting.items():
            while turns and self._has_place(lane):
                turn = turns.popleft()
                if not turn.done():
                    self._working[lane] += 1
                    turn.set_result(None)


class Uploads:
    """Turns for large bodies: slow ones must not take every place of Django."""

    def __init__(self, most: int, longest_wait: float) -> None:
        self._turns = asyncio.Semaphore(most)
        self._longest_wait = longest_wait

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """
        Hold a turn.

        :raises Busy: none came free in time
        """
        try:
            async with asyncio.timeout(self._longest_wait):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Busy("Too much is being uploaded.") from error
        try:
            yield
        finally:
            self._turns.release()
