"""
What attributions rest on, as a snapshot keeps it: the chain, and the hash of each copy.

The hash makes the signed version vouch for the very bytes that were cited. Of what
came from a source that is not named, nothing is told: not even that a certain file
is held, which a hash would confirm to whoever has the file.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.articles.models import Attribution
from dateline.sources.models import Citation, KeptCopy, WireItem
from dateline.sources.rules import MOST_STEPS
from dateline.sources.vocabulary import SourceKind

Step = dict[str, Any]


def traced(rows: Iterable[Attribution], language: str) -> dict[str, list[Step]]:
    """Return by span the steps from whom we cite to the one that it all rests on."""
    held = list(rows)
    chains = _chains(row.citation_id for row in held)
    return {row.span: _steps(row, chains, language) for row in held}


def _chains(ids: Iterable[int | None]) -> dict[int, Citation]:
    """Read the citations, and those that they rest on: one query a step."""
    found: dict[int, Citation] = {}
    wanted = {one for one in ids if one}
    for _ in range(MOST_STEPS):
        if not wanted:
            break
        rows = Citation.objects.select_related("source", "wire_item", "kept_copy")
        read = rows.defer(
            "wire_item__content", "kept_copy__text", "kept_copy__headers"
        ).in_bulk(wanted)
        found |= read
        wanted = {row.rests_on_id for row in read.values() if row.rests_on_id}
        wanted -= found.keys()
    return found


def _steps(row: Attribution, chains: dict[int, Citation], language: str) -> list[Step]:
    if row.citation_id is None:
        return [_uncited(row, language)]
    return [_step(link, language) for link in _links(row.citation_id, chains)]


def _links(first: int | None, chains: dict[int, Citation]) -> Iterator[Citation]:
    while first is not None:
        citation = chains[first]
        yield citation
        first = citation.rests_on_id


def _uncited(row: Attribution, language: str) -> Step:
    """Return the one step of an attribution that says no more than whom."""
    unnamed = row.source.kind == SourceKind.UNNAMED
    return {
        "name": row.source.name_in(language),
        "kind": row.source.kind,
        "source": row.source_id,
        "place": "",
        "said_on": None,
        "kept": _kept(None if unnamed else row.wire_item),
    }


def _step(citation: Citation, language: str) -> Step:
    source = citation.source
    told = {
        "name": source.name_in(language) if source else citation.described_as,
        "kind": source.kind if source else "",
        "source": citation.source_id,
        "place": citation.place,
        "said_on": citation.said_on.isoformat() if citation.said_on else None,
    }
    if source is not None and source.kind == SourceKind.UNNAMED:
        return told | {"place": "", "kept": None}
    return told | {"kept": _kept(citation.kept_copy or citation.wire_item)}


def _kept(held: KeptCopy | WireItem | None) -> Step | None:
    if held is None:
        return None
    return {
        "form": held.form if isinstance(held, KeptCopy) else "wire item",
        "sha256": held.original_hash,
        "size": held.original_size,
        "type": held.original_type,
    }
