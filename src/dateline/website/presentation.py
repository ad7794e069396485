"""How things are shown: times, lengths of reading, focal points, words of the trade."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateline.website.pages import Block, Note, SourceLine

_TAG = re.compile(r"<[^>]*>")
_SPAN = re.compile(r'data-span="([^"]+)"')
_EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')
_SPACE = re.compile(r"\s+")


def plain(html: str) -> str:
    """Return the words of a piece of clean HTML."""
    from html import unescape

    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()


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
    return tuple(
        Block(
            id=block["id"],
            type=block["type"],
            value=_clean(block["value"]),
            notes=_notes(block["value"], attributions),
        )
        for block in content["body"]
    )


def source_lines(content: Mapping[str, Any]) -> tuple[SourceLine, ...]:
    """Return every source of a snapshot once, the one most relied on first."""
    spans = content.get("attributions", {}).values()
    lines = [
        SourceLine(source_id, name, kind, url, count)
        for (source_id, name, kind, url), count in _counted(spans)
    ]
    return tuple(sorted(lines, key=lambda line: -line.statements))


def _clean(value: Any) -> Any:
    return _EDITOR_KEY.sub("", value) if isinstance(value, str) else value


def _notes(value: Any, attributions: Mapping[str, Any]) -> tuple[Note, ...]:
    spans = [attributions[s] for s in _spans(value) if s in attributions]
    return tuple(
        Note(source_id, name, kind, url, count)
        for (source_id, name, kind, url), count in _counted(spans)
    )


def _spans(value: Any) -> Iterator[str]:
    """Yield the spans of a block in order, each once: a span may cross a link."""
    if isinstance(value, str):
        yield from dict.fromkeys(_SPAN.findall(value))
    elif isinstance(value, Mapping):
        texts = [value.get("text", ""), *value.get("items", ())]
        yield from dict.fromkeys(s for t in texts for s in _SPAN.findall(t))


def _counted(
    spans: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[tuple[int, str, str, str], int]]:
    counts: dict[tuple[int, str, str, str], int] = {}
    for span in spans:
        source = span["source"]
        key = (source["id"], source["name"], source["kind"], source["url"])
        counts[key] = counts.get(key, 0) + 1
    yield from counts.items()
