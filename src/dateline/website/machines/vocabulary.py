"""What a feed says, before it is written as RSS, Atom or JSON."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPicture:
    """One rendition of a picture, for machines that take no set of sizes."""

    url: str
    type: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What was wrong (or what was removed), and when that was said."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LogHead:
    """
    A signed entry of the publication log.

    Kept with a copy of the feed, it proves later that the history was not rewritten
    (``dateline verify --against SEQUENCE:HASH``).
    """

    sequence: int
    hash: str
    signature: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    id: str
    url: str
    title: str
    html: str
    published_at: datetime
    updated_at: datetime
    summary: str = ""
    authors: tuple[Author, ...] = ()
    section: str = ""
    picture: FeedPicture | None = None
    corrections: tuple[Notice, ...] = ()
    removals: tuple[Notice, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    version: int = 1
    versions_url: str = ""
    head: LogHead | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A killed article: readers' programs should drop what they kept of it."""

    id: str
    url: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    title: str
    publisher: str
    language: str
    """BCP 47."""
    direction: str
    page_url: str
    address: str
    """Where the feed is, without its last part: ``feed.rss`` and the others."""
    description: str = ""
    items: tuple[FeedItem, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    updated_at: datetime
    icon: str = ""
    key_url: str = ""
    head: LogHead | None = field(default=None)
    """The newest entry that the feed shows something of."""

    def url(self, extension: str) -> str:
        return f"{self.address}feed.{extension}"
