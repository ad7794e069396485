"""Requests that Django answers itself: each passed on whole, and its answer back."""

import logging
from collections.abc import AsyncIterator

from dateline.pagestore.front import bodies, handing
from dateline.pagestore.front.backend import Asked, Backend, Told
from dateline.pagestore.front.forwarding import (
    request_headers,
    response_headers,
    target,
)
from dateline.pagestore.front.vocabulary import Lane, Plan, Unanswered
from dateline.pagestore.front.waiting import Line, Uploads
from dateline.pagestore.http.exchanges import Exchange, Stream
from dateline.pagestore.http.vocabulary import ClientGone, Head

log = logging.getLogger(__name__)
GATHERED_ANSWER = 256 * 1024
"""An answer up to here is sent in one piece."""
_NO_BODY = frozenset({204, 304})


class Passing:
    """The way to Django and back."""

    def __init__(self, plan: Plan, backend: Backend, line: Line) -> None:
        self._plan = plan
        self._backend = backend
        self._line = line
        self._uploads = Uploads(max(1, plan.places // 4), plan.longest_wait)

    async def answer(self, head: Head, exchange: Exchange) -> int:
        """
        Pass a request on and send the answer; return its status.

        :raises Unanswered: Django gave none; nothing has been sent
        :raises RequestRefused: the request cannot be passed on
        :raises ClientGone: the client went away while it was speaking
        """
        length = bodies.announced_length(
            head.header("content-length"),
            head.header("transfer-encoding"),
            largest=self._plan.largest_body,
        )
        if length > bodies.GATHERED_BYTES:
            async with self._uploads.turn():
                body = bodies.pieces(exchange, length)
                return await self._pass(head, exchange, body)
        if not length:
            return await self._pass(head, exchange, None)
        gathered = await bodies.gathered(exchange, length)
        return await self._pass(head, exchange, bodies.whole(gathered))

    async def _pass(
        self, head: Head, exchange: Exchange, body: AsyncIterator[bytes] | None
    ) -> int:
        is_staff = head.path.startswith(self._plan.staff_path)
        silence = (
            self._plan.longest_staff_silence if is_staff else self._plan.longest_silence
        )
        asked = Asked(
            method=head.method,
            target=target(head.path, head.query_string),
            headers=request_headers(head.headers.items(), head.peer),
            body=body,
        )
        async with (
            self._line.place(Lane.STAFF if is_staff else Lane.READERS),
            self._backend.exchange(asked, longest_silence=silence) as told,
        ):
            await self._send(told, head, exchange)
            return told.status

    async def _send(self, told: Told, head: Head, exchange: Exchange) -> None:
        handed = handing.taken(told.headers, self._plan.files)
        if handed is None:
            await send(told, exchange, head)
            return
        async for _ in told.body:
            pass
        path, start, end = handed
        headers = response_headers(told.headers)
        headers = handing.headers_with_length(headers, end - start)
        exchange.response_file_range(told.status, headers, path, start, end)


async def send(told: Told, exchange: Exchange, head: Head) -> None:
    """Send Django's answer: a small one in one piece, a large one as it comes."""
    headers = response_headers(told.headers)
    gathered = bytearray()
    async for piece in told.body:
        gathered += piece
        if len(gathered) > GATHERED_ANSWER:
            break
    else:
        if head.method == "HEAD" or told.status in _NO_BODY:
            exchange.response_empty(told.status, headers)
        else:
            exchange.response_bytes(told.status, headers, bytes(gathered))
        return
    stream = exchange.response_stream(told.status, headers)
    await _send_on(told, stream, bytes(gathered))


async def _send_on(told: Told, stream: Stream, gathered: bytes) -> None:
    """Send the rest as it comes, and no faster than its reader takes it."""
    try:
        await stream.send_bytes(gathered)
        async for piece in told.body:
            await stream.send_bytes(piece)
    except (Unanswered, ClientGone) as error:
        log.warning("an answer broke off", extra={"why": str(error)})
        stream.break_off()
