"""What each statement rests on, as readers open it: who, when, and how we know."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dateline.articles.vocabulary import Status
from dateline.publishing.statuses import told_status
from dateline.website.pages import (
    Answer,
    Difference,
    Kept,
    MarkLine,
    Note,
    Saying,
    SourceLine,
)

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_PIECE = re.compile(r'<span data-span="([a-z2-7]+)">(.*?)</span>', re.DOTALL)
LONGEST_WORDS = 72

Attributions = Mapping[str, Mapping[str, Any]]


def plain(html: str) -> str:
    """Return the words of a piece of clean HTML."""
    from html import unescape

    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()


def notes(block: Mapping[str, Any], attributions: Attributions) -> tuple[Note, ...]:
    """Return what stands beside a block: for each source what it says there."""
    words = _words_by_span(block["value"])
    # What hangs on the whole block says all of it.
    words.setdefault(block["id"], "")
    said: dict[int, list[Saying]] = {}
    sources: dict[int, Mapping[str, Any]] = {}
    for span, text in words.items():
        if span in attributions:
            source = attributions[span]["source"]
            sources[source["id"]] = source
            said.setdefault(source["id"], []).append(_saying(text, attributions[span]))
    return tuple(
        Note(
            source_id=source_id,
            name=source["name"],
            kind=source["kind"],
            url=source["url"],
            said=tuple(said[source_id]),
        )
        for source_id, source in sources.items()
    )


def source_lines(content: Mapping[str, Any]) -> tuple[SourceLine, ...]:
    """Return every source of a snapshot once, the one most relied on first."""
    told = content.get("attributions", {}).values()
    seconds = [second for row in told if (second := _second(row))]
    held: dict[int, list[Mapping[str, Any]]] = {s["id"]: [] for s in seconds}
    sources = {source["id"]: source for source in seconds}
    for attribution in told:
        source = attribution["source"]
        sources[source["id"]] = source
        held.setdefault(source["id"], []).append(attribution)
    confirms = Counter(source["id"] for source in seconds)
    lines = [_source_line(sources[pk], held[pk], confirms[pk]) for pk in held]
    return tuple(sorted(lines, key=lambda line: (-line.statements, -line.confirms)))


def differences(content: Mapping[str, Any]) -> dict[str, list[Difference]]:
    """Return on what the sources differ, by the block after which it stands."""
    found: dict[str, list[Difference]] = {}
    for number, row in enumerate(content.get("contradictions", ()), 1):
        settled = row.get("resolved", {})
        told = Difference(
            number=number,
            question=row["question"],
            answers=tuple(_answers(row["sides"], content["attributions"])),
            settled_by=settled.get("by", ""),
            settled_because=settled.get("reason", ""),
        )
        found.setdefault(row["after"], []).append(told)
    return found


def _answers(
    sides: Iterable[Mapping[str, str]], attributions: Attributions
) -> Iterator[Answer]:
    for side in sides:
        row = attributions[side["handle"]]
        second = _second(row)
        yield Answer(
            says=side["says"],
            source_id=row["source"]["id"],
            name=row["source"]["name"],
            kind=row["source"]["kind"],
            status=told_status(row).value,
            second=second["name"] if second else "",
        )


def mark_lines(content: Mapping[str, Any]) -> tuple[MarkLine, ...]:
    """Return for which statements who stands with their own name, and as what."""
    counts: dict[tuple[str, str], int] = {}
    for mark in content.get("marks", {}).values():
        key = (mark["kind"], mark["by"])
        counts[key] = counts.get(key, 0) + 1
    return tuple(MarkLine(*key, count) for key, count in sorted(counts.items()))


def override_reasons(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return why a text passed although our rules refused it."""
    return tuple(row["reason"] for row in content.get("overrides", ()))


def _source_line(
    source: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], confirms: int
) -> SourceLine:
    known = Counter(told_status(row) for row in rows)
    chains = dict.fromkeys(_rests_on(row) for row in rows)
    return SourceLine(
        source_id=source["id"],
        name=source["name"],
        kind=source["kind"],
        url=source["url"],
        statements=len(rows),
        chains=tuple(chain for chain in chains if chain),
        statuses=tuple((word.value, known[word]) for word in Status if known[word]),
        confirms=confirms,
    )


def _saying(text: str, attribution: Mapping[str, Any]) -> Saying:
    steps = attribution.get("steps", ())
    first = steps[0] if steps else {}
    said_on = first.get("said_on")
    setting = attribution.get("status_set", {})
    second = _second(attribution)
    return Saying(
        words=_shortened(text),
        status=told_status(attribution).value,
        rests_on=_rests_on(attribution),
        place=first.get("place") or "",
        said_on=date.fromisoformat(said_on) if said_on else None,
        kept=_kept(first.get("kept")),
        second=second["name"] if second else "",
        set_by=setting.get("by", ""),
        set_because=setting.get("reason", ""),
    )


def _second(attribution: Mapping[str, Any]) -> Mapping[str, Any] | None:
    second: Mapping[str, Any] | None = attribution.get("status_set", {}).get("second")
    return second


def _rests_on(attribution: Mapping[str, Any]) -> tuple[str, ...]:
    """Return whom the source rests on, step by step."""
    return tuple(step["name"] for step in attribution.get("steps", ())[1:])


def _kept(told: Mapping[str, Any] | None) -> Kept | None:
    if not told:
        return None
    return Kept(form=told["form"], sha256=told["sha256"])


def _words_by_span(value: Any) -> dict[str, str]:
    """Return the words of each span of a block; a span may cross a link."""
    words: dict[str, str] = {}
    for html in _texts(value):
        for span, piece in _PIECE.findall(html):
            words[span] = f"{words.get(span, '')} {plain(piece)}".strip()
    return words


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield value.get("text", "")
        yield from _strings(value.get("items", ()))


def _strings(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_WORDS:
        return text
    head = text[:LONGEST_WORDS]
    # Between words where the script has spaces between them.
    cut = head.rpartition(" ")[0] or head
    return f"{cut.rstrip(' ,.;:')}…"
