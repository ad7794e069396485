"""A feed as Atom (RFC 4287), with tombstones of what was withdrawn (RFC 6721)."""

from dateline.website.machines.direction import directed, running
from dateline.website.machines.rss import head_element
from dateline.website.machines.vocabulary import (
    Author,
    Feed,
    FeedItem,
    FeedPicture,
    Withdrawn,
)
from dateline.website.machines.xml_text import (
    Xml,
    document,
    element,
    optional,
    rfc3339,
)

NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:dateline": "urn:x-dateline:feed:1",
}


def render(feed: Feed) -> bytes:
    """Return the document."""
    parts = [
        # The feed's own address is its name: it never changes.
        element("id", feed.url("atom")),
        element("title", directed(feed.title, feed.direction)),
        element("subtitle", feed.description),
        element("updated", rfc3339(feed.updated_at)),
        _link("self", feed.url("atom"), "application/atom+xml"),
        _link("alternate", feed.page_url, "text/html"),
        element("icon", feed.icon),
        element("author", [element("name", feed.publisher)]),
        head_element(feed.head, feed.key_url),
        *(_deleted(row) for row in feed.withdrawn),
        *(_entry(item, feed) for item in feed.items),
    ]
    return document(element("feed", parts, {"xml:lang": feed.language, **NAMESPACES}))


def _entry(item: FeedItem, feed: Feed) -> Xml:
    text = running(item.html, feed.language, feed.direction)
    return element(
        "entry",
        [
            element("id", item.id),
            element("title", directed(item.title, feed.direction)),
            _link("alternate", item.url, "text/html"),
            _link("version-history", item.versions_url, "text/html"),
            element("published", rfc3339(item.published_at)),
            element("updated", rfc3339(item.updated_at)),
            *map(_author, item.authors),
            element("category", attributes={"term": item.section})
            if item.section
            else Xml(""),
            optional("summary", item.summary),
            element("content", text, {"type": "html"}),
            _media(item.picture) if item.picture else Xml(""),
            head_element(item.head),
        ],
    )


def _author(author: Author) -> Xml:
    return element("author", [element("name", author.name), element("uri", author.url)])


def _link(rel: str, href: str, type: str) -> Xml:
    return element("link", attributes={"rel": rel, "type": type, "href": href})


def _deleted(row: Withdrawn) -> Xml:
    """Tell readers' programs to drop what they kept (RFC 6721)."""
    return element(
        "at:deleted-entry",
        [
            element("at:by", [element("name", row.by)]),
            element("at:comment", row.reason),
            _link("alternate", row.url, "text/html"),
        ],
        {"ref": row.id, "when": rfc3339(row.at)},
    )


def _media(picture: FeedPicture) -> Xml:
    return element(
        "media:content",
        [optional("media:credit", picture.credit)],
        {"url": picture.url, "type": picture.type, "medium": "image"},
    )
