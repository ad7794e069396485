"""Hear of a stop before the server does nothing but wait for its connections."""

import asyncio
import signal
from collections.abc import Callable
from types import FrameType


def at_stop(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
    """
    Have `work` done in the loop once this process is asked to stop.

    The server has the loop's own handler, and goes on to wait until every connection
    has ended, or its patience. This stands beside it: the loop hears of a signal
    through a descriptor, which is written to whatever handler there is.
    """

    def heard(number: int, frame: FrameType | None) -> None:
        del number, frame
        loop.call_soon_threadsafe(work)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, heard)
