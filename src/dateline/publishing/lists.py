"""Where a publication stands: its lists and its address. Pure."""

import hashlib
from typing import Any

from dateline.articles.vocabulary import Form
from dateline.publishing.vocabulary import ListKind


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
