"""
Inline spans: the stable handles in a text on which attributions hang.

A span is ``<span data-span="ID">…</span>`` inside a block's HTML, ID being 12
characters of a–z and 2–7. A span stays while any of its text stays; a copy of
it gets an id of its own with the same attribution (docs/adr).
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from typing import Any

#: What an attribution or a mark may hang on: a span, or a part as a whole.
HANDLE = re.compile(
    r"[a-z2-7]{12}|headline|lede|picture|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
_ID = re.compile(r'data-span="([a-z2-7]{12})"')
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def new_span_id() -> str:
    """Return an id that no other span has (60 random bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def wrap(html: str, span: str) -> str:
    """Return `html` inside a span."""
    return f'<span data-span="{span}">{html}</span>'


def span_ids(value: Any) -> list[str]:
    """Return the ids of all spans in a body, in the order of the text."""
    return list(dict.fromkeys(_found(value)))


def _found(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield from _ID.findall(value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _found(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _found(item)


def renew_copies(
    raw_body: list[dict[str, Any]],
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """
    Give each span that occurs in more than one block an id of its own.

    Returns the body and, for each new id, the id it was copied from. Within one
    block an id may recur: formatting in the middle of a span splits its HTML. The
    same copy gets the same new id each time, since an open editor that saves by
    itself goes on sending the old one.
    """
    taken: set[str] = set()
    copied: dict[str, str] = {}
    renewed = []
    for block in raw_body:
        swap = {old: _copied_id(old, block) for old in span_ids(block) if old in taken}
        copied |= {new: old for old, new in swap.items()}
        renewed.append(_swapped(block, swap) if swap else block)
        taken.update(span_ids(renewed[-1]))
    return renewed, copied


def _copied_id(old: str, block: dict[str, Any]) -> str:
    place = f"{old} in {block.get('id') or secrets.token_hex(16)}"
    digest = hashlib.sha256(place.encode()).digest()
    return base64.b32encode(digest)[:12].decode("ascii").lower()


def _swapped(value: Any, swap: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _ID.sub(lambda m: f'data-span="{swap.get(m[1], m[1])}"', value)
    if isinstance(value, dict):
        return {key: _swapped(item, swap) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_swapped(item, swap) for item in value]
    return value
