"""
What a page read while it rendered, as tags (``article:17``).

Reads that can reach a public page call :func:`read`; the response of a page
carries what was recorded, and an act that changes something names the same
tags. Nobody writes tags by hand in a view.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_recording: ContextVar[set[str] | None] = ContextVar("page_tags", default=None)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the tags of everything read inside the block."""
    tags: set[str] = set()
    token = _recording.set(tags)
    try:
        yield tags
    finally:
        _recording.reset(token)


def read(*tags: str) -> None:
    """Note that the page being rendered depends on these tags."""
    recorded = _recording.get()
    if recorded is not None:
        recorded.update(tags)


def recorded() -> frozenset[str]:
    """Return what the page being rendered has read so far."""
    return frozenset(_recording.get() or ())
