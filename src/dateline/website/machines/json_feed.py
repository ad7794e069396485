"""
A feed as JSON Feed 1.1.

``_dateline`` (described in docs/reference/feeds.md) says what no other field can:
corrections, sources, versions, and the signed head of the log.
"""

import json
from typing import Any

from dateline.website.machines.addresses import absolute
from dateline.website.machines.direction import directed, running
from dateline.website.machines.vocabulary import Author, Feed, FeedItem, LogHead, Notice
from dateline.website.machines.xml_text import rfc3339, without_illegal

VERSION = "https://jsonfeed.org/version/1.1"


def render(feed: Feed) -> bytes:
    """Return the document."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url("json"),
        "description": feed.description,
        "language": feed.language,
        "favicon": feed.icon,
        "authors": [{"name": feed.publisher, "url": absolute("/")}],
        "items": [_item(item, feed) for item in feed.items],
        "_dateline": {
            "direction": feed.direction,
            "head": _head(feed.head),
            "algorithm": "Ed25519",
            "key": feed.key_url,
            "withdrawn": [
                {
                    "id": row.id,
                    "url": row.url,
                    "at": rfc3339(row.at),
                    "by": row.by,
                    "reason": row.reason,
                }
                for row in feed.withdrawn
            ],
        },
    }
    return without_illegal(json.dumps(document, ensure_ascii=False, indent=1)).encode()


def _item(item: FeedItem, feed: Feed) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": directed(item.title, feed.direction),
        "summary": item.summary,
        "content_html": running(item.html, feed.language, feed.direction),
        "date_published": rfc3339(item.published_at),
        "date_modified": rfc3339(item.updated_at),
        "authors": [_author(author) for author in item.authors],
        "language": feed.language,
        "image": item.picture.url if item.picture else "",
        "tags": [item.section] if item.section else [],
    }
    extension = {
        "version": item.version,
        "versions_url": item.versions_url,
        "head": _head(item.head),
        "corrections": _notices(item.corrections),
        "removals": _notices(item.removals),
        "sources": list(item.sources),
        "image_credit": item.picture.credit if item.picture else "",
    }
    return {key: value for key, value in told.items() if value} | {
        "_dateline": {key: value for key, value in extension.items() if value}
    }


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url}


def _head(head: LogHead | None) -> dict[str, Any] | None:
    if head is None:
        return None
    return {"sequence": head.sequence, "hash": head.hash, "signature": head.signature}


def _notices(notices: tuple[Notice, ...]) -> list[dict[str, str]]:
    return [{"text": notice.text, "at": rfc3339(notice.at)} for notice in notices]
