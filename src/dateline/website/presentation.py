"""How things are shown: times, lengths of reading, focal points, words of the trade."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateline.website.ledger import differences, notes, plain
from dateline.website.pages import Block

_EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')


def words_of(body: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the running text of a body, block by block."""
    for block in body:
        value = block["value"]
        if isinstance(value, str):
            yield plain(value)
        elif "items" in value:
            yield from (plain(item) for item in value["items"])
        elif "text" in value:
            yield plain(value["text"])


def blocks(content: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return the body of a public snapshot, each block with its notes."""
    attributions = content.get("attributions", {})
    differing = differences(content)
    return tuple(
        Block(
            id=block["id"],
            type=block["type"],
            value=_clean(block["value"]),
            notes=notes(block, attributions),
            differences=tuple(differing.get(block["id"], ())),
        )
        for block in content["body"]
    )


def _clean(value: Any) -> Any:
    return _EDITOR_KEY.sub("", value) if isinstance(value, str) else value
