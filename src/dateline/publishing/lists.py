"""Where a publication stands: its lists and its address. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.articles.vocabulary import Form
from dateline.publishing.vocabulary import REDACTED, ListKind
from dateline.sources.vocabulary import SourceKind

UNNAMED = "unnamed"
"""The key under which all sources stand that are not named."""


def listing_keys(content: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the (kind, key) of every list that a snapshot stands in."""
    if content["form"] != Form.ARTICLE:
        return set()
    keys = {(ListKind.LATEST.value, "")}
    for kind in (ListKind.SECTION, ListKind.STORY, ListKind.PLACE):
        if content[kind.value]:
            keys.add((kind.value, content[kind.value]))
    keys |= {(ListKind.TOPIC.value, code) for code in content["topics"]}
    keys |= {(ListKind.CONTRIBUTOR.value, who["slug"]) for who in content["byline"]}
    return keys


def slug_hash(slug: str) -> str:
    """Return what is kept of a slug that an article no longer has."""
    return hashlib.sha256(slug.encode()).hexdigest()


def source_counts(content: Mapping[str, Any]) -> Counter[str]:
    """
    Return how many statements of an article rest on each source, by its key.

    A source whose name was redacted here is no reason to lead from its page here.
    """
    if content["form"] != Form.ARTICLE:
        return Counter()
    return Counter(
        UNNAMED if source["kind"] == SourceKind.UNNAMED else str(source["id"])
        for source in _sources(content)
        if REDACTED not in source["name"]
    )


def _sources(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for row in content.get("attributions", {}).values():
        yield row["source"]
        if second := row.get("status_set", {}).get("second"):
            yield second
