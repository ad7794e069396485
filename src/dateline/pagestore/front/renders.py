"""Pages asked of Django for everybody: one render of a key at a time."""

import asyncio
import logging
from collections.abc import Callable

from dateline.pagestore.front.backend import Asked, Backend, Told
from dateline.pagestore.front.forwarding import neutral_headers, target
from dateline.pagestore.front.vocabulary import Lane, Plan
from dateline.pagestore.front.waiting import Line
from dateline.pagestore.http.vocabulary import HeaderList

log = logging.getLogger(__name__)
LARGEST_SHARED = 200_000
_SERVER_ERROR = 500
Shared = tuple[int, HeaderList, bytes]


class Renders:
    """The renders under way, by key."""

    def __init__(self, plan: Plan, backend: Backend, line: Line) -> None:
        self._plan = plan
        self._backend = backend
        self._line = line
        self.ended: Callable[[str], object] = lambda _: None
        """Told of a key when its render has ended, before anybody who waited."""
        self._under_way: dict[str, asyncio.Task[Shared | None]] = {}

    def begin(
        self, key: str, path: str, host: str, accept_language: str
    ) -> "asyncio.Task[Shared | None]":
        """
        Have a page rendered and kept, unless that is under way already.

        Its result is a failure that everybody who waited may be shown (a status
        of 500 and above), or None. It raises `Unanswered` where Django gave no answer.
        """
        task = self._under_way.get(key)
        if task is None:
            language = accept_language if path in self._plan.keys.by_language else ""
            headers = neutral_headers(host, language, is_https=self._plan.is_https)
            asked = Asked(method="GET", target=target(path, ""), headers=headers)
            task = asyncio.create_task(self._render(asked))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._ended(key, task))
        return task

    def _ended(self, key: str, task: "asyncio.Task[Shared | None]") -> None:
        self._under_way.pop(key, None)
        self.ended(key)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Whoever waits tells the reader; nobody may be waiting.
            log.info("not rendered", extra={"key": key, "why": str(error)})

    async def _render(self, asked: Asked) -> Shared | None:
        silence = self._plan.longest_silence
        async with (
            self._line.place(Lane.READERS),
            self._backend.exchange(asked, longest_silence=silence) as told,
        ):
            return await _read(told)


async def _read(told: Told) -> Shared | None:
    """Hear an answer to its end, and keep it if it tells of a failure."""
    body = bytearray()
    is_failure = told.status >= _SERVER_ERROR
    async for piece in told.body:
        if is_failure and len(body) + len(piece) <= LARGEST_SHARED:
            body += piece
    return (told.status, told.headers, bytes(body)) if is_failure else None
