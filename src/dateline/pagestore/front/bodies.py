"""Request bodies: of known length, bounded in size and time, never whole in memory."""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

from dateline.pagestore.http.vocabulary import ClientGone, RequestRefused

GATHERED_BYTES = 1_000_000
"""A body up to here is gathered before Django hears of it: a slow client then holds
none of Django's places."""
GATHERING_SECONDS = 30.0
PIECE_SECONDS = 20.0
_LENGTH_REQUIRED, _TOO_LARGE, _TIMEOUT, _BAD = 411, 413, 408, 400


class Incoming(Protocol):
    """A request's body as the server gives it."""

    async def __call__(self) -> bytes: ...
    def __aiter__(self) -> AsyncIterator[bytes]: ...


def announced_length(length: str, transfer: str, *, largest: int) -> int:
    """
    Return how many bytes of body a request announces.

    :raises RequestRefused: it announces none that can be held to, or too many
    """
    if transfer:
        # How large it will be is known only when it is there.
        raise RequestRefused(_LENGTH_REQUIRED, "Say the length of the body.")
    if not length:
        return 0
    if not (length.isascii() and length.isdigit()):
        raise RequestRefused(_BAD, "The length of the body is not a number.")
    if len(length) > len(str(largest)) or int(length) > largest:
        raise RequestRefused(_TOO_LARGE, f"The body is larger than {largest} bytes.")
    return int(length)


async def gathered(incoming: Incoming, length: int) -> bytes:
    """
    Return the whole of a small body.

    :raises RequestRefused: it took too long
    :raises ClientGone: it broke off
    """
    try:
        async with asyncio.timeout(GATHERING_SECONDS):
            body = await incoming()
    except TimeoutError as error:
        raise RequestRefused(_TIMEOUT, "The body took too long.") from error
    if len(body) != length:
        raise ClientGone
    return body


async def pieces(incoming: Incoming, length: int) -> AsyncIterator[bytes]:
    """
    Yield a large body as it comes.

    :raises ClientGone: it broke off, or stood still too long
    """
    left = length
    iterator = aiter(incoming)
    while left > 0:
        try:
            async with asyncio.timeout(PIECE_SECONDS):
                piece = await anext(iterator)
        except (TimeoutError, StopAsyncIteration) as error:
            raise ClientGone from error
        left -= len(piece)
        yield bytes(piece)


async def whole(body: bytes) -> AsyncIterator[bytes]:
    """Yield a body that is there already."""
    yield body
