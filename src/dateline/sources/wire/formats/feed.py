"""RSS and Atom. Each entry is an item of its own."""

import io
import re
from datetime import date, datetime
from typing import Any

import feedparser
from lxml.html import fragment_fromstring

from dateline.plumbing.markup import clean
from dateline.sources.wire.drafts import Block, WireItemDraft
from dateline.sources.wire.html_lines import blocks_of, lines_of
from dateline.sources.wire.limits import WireLimits
from dateline.sources.wire.refusals import (
    FeedUnreadable,
    FeedWithoutItems,
    OriginalTooLarge,
)
from dateline.sources.wire.spoken import language_of
from dateline.sources.wire.told_times import parse_machine_time

_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_ITEM = re.compile(r"<(?:item|entry)(?=[\s>])", re.IGNORECASE)
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_feed(text: str, limits: WireLimits) -> list[WireItemDraft]:
    """
    Return the feed's entries, in its order.

    :raises FeedUnreadable: it is not well-formed, or declares entities of its own
    :raises FeedWithoutItems: it holds no entry
    :raises OriginalTooLarge: it holds more entries than are taken at once
    """
    if _ENTITY.search(text):
        raise FeedUnreadable("It declares entities, which no feed needs.")
    if sum(1 for _ in _ITEM.finditer(text)) > limits.items:
        raise OriginalTooLarge(f"It has more than {limits.items} items.")
    # The declaration inside names the encoding it came in: it is text by now.
    plain = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    parsed = feedparser.parse(
        io.BytesIO(plain.encode("utf-8", "replace")), response_headers=_HEADERS
    )
    if not parsed.entries:
        raise FeedUnreadable if parsed.bozo else FeedWithoutItems
    return [_draft(entry, parsed.feed) for entry in parsed.entries]


def _draft(entry: Any, feed: Any) -> WireItemDraft:
    blocks = _blocks(entry)
    return WireItemDraft(
        format="feed",
        headline=_plain(entry.get("title")),
        byline=_byline(entry),
        published_at=_time(entry, "published") or _time(entry, "updated"),
        language=_language(entry, feed, blocks),
        section=next(
            (
                _plain(tag.get("term"))
                for tag in entry.get("tags", ())
                if tag.get("term")
            ),
            None,
        ),
        blocks=blocks,
        uri=_short(entry.get("id") or entry.get("link")),
        version_created_at=_aware(_time(entry, "updated")),
        rights=_plain(entry.get("rights") or feed.get("rights")),
        publisher=_plain(entry.get("source", {}).get("title") or feed.get("title")),
        address=_web(entry.get("link")),
    )


def _blocks(entry: Any) -> tuple[Block, ...]:
    """Return the text: the whole content if the feed carries it, else the summary."""
    contents = [c.get("value", "") for c in entry.get("content", ())]
    whole = max(contents, key=len, default="") or entry.get("summary", "")
    cleaned = clean(whole)
    if not cleaned.strip():
        return ()
    return blocks_of(lines_of(fragment_fromstring(cleaned, create_parent="div")))


def _byline(entry: Any) -> str | None:
    names = [_plain(a.get("name")) for a in entry.get("authors", ())]
    return ", ".join(dict.fromkeys(filter(None, names))) or _plain(entry.get("author"))


def _language(entry: Any, feed: Any, blocks: tuple[Block, ...]) -> str | None:
    told = entry.get("title_detail", {}).get("language") or feed.get("language")
    return told or language_of(
        " ".join(b.text for b in blocks) or entry.get("title", "")
    )


def _time(entry: Any, name: str) -> date | None:
    # Asked for plainly, feedparser gives the one time for the other.
    return parse_machine_time(entry[name]) if name in entry else None


def _aware(moment: date | None) -> datetime | None:
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _plain(html: str | None) -> str | None:
    if not html:
        return None
    text = fragment_fromstring(
        clean(html) or "<p></p>", create_parent="div"
    ).text_content()
    return _short(" ".join(text.split()))


def _short(text: str | None) -> str | None:
    return text[:500] if text else None


def _web(link: str | None) -> str | None:
    return link[:2000] if link and link.startswith(("http://", "https://")) else None
