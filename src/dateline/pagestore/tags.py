"""
What a page read while it rendered, as tags (``article:17``).

Reads that can reach a public page call :func:`read`; the response of a page
carries what was recorded, and an act that changes something names the same
tags. Nobody writes tags by hand in a view.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Value = TypeVar("Value")

_recording: ContextVar[set[str] | None] = ContextVar("page_tags", default=None)
_at_hand: ContextVar[dict[str, Any] | None] = ContextVar("page_reads", default=None)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the tags of everything read inside the block."""
    tags: set[str] = set()
    token, of_page = _recording.set(tags), _at_hand.set({})
    try:
        yield tags
    finally:
        _recording.reset(token)
        _at_hand.reset(of_page)


@contextmanager
def asking_once() -> Iterator[None]:
    """Have what is asked for by :func:`once` inside the block asked for once."""
    token = _at_hand.set({})
    try:
        yield
    finally:
        _at_hand.reset(token)


def read(*tags: str) -> None:
    """Note that the page being rendered depends on these tags."""
    recorded = _recording.get()
    if recorded is not None:
        recorded.update(tags)


def once(name: str, ask: Callable[[], Value]) -> Value:
    """
    Return what `ask` returns, asked once for each page that is rendered.

    For what every part of a page, or of an act, needs: the editions, the sections.
    The caller reads the tags, each for what it shows.
    """
    at_hand = _at_hand.get()
    if at_hand is None:
        return ask()
    if name not in at_hand:
        at_hand[name] = ask()
    return cast("Value", at_hand[name])


def recorded() -> frozenset[str]:
    """Return what the page being rendered has read so far."""
    return frozenset(_recording.get() or ())
