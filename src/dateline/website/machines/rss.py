"""A feed as RSS 2.0, with the whole text, credits and the signed head of the log."""

from email.utils import format_datetime

from dateline.website.machines.direction import directed, running
from dateline.website.machines.vocabulary import Feed, FeedItem, FeedPicture, LogHead
from dateline.website.machines.xml_text import Xml, document, element, optional

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:dateline": "urn:x-dateline:feed:1",
}


def render(feed: Feed) -> bytes:
    """Return the document."""
    channel = [
        element("title", directed(feed.title, feed.direction)),
        element("link", feed.page_url),
        element("description", feed.description),
        element("language", feed.language),
        element("lastBuildDate", format_datetime(feed.updated_at)),
        element(
            "atom:link",
            attributes={
                "rel": "self",
                "type": "application/rss+xml",
                "href": feed.url("rss"),
            },
        ),
        head_element(feed.head, feed.key_url),
        *(_item(item, feed) for item in feed.items),
    ]
    root = {"version": "2.0", "xml:lang": feed.language, **NAMESPACES}
    return document(element("rss", [element("channel", channel)], root))


def head_element(head: LogHead | None, key_url: str = "") -> Xml:
    """Return the signed entry of the log in a namespace of our own."""
    if head is None:
        return Xml("")
    told: dict[str, str | int] = {
        "sequence": head.sequence,
        "hash": head.hash,
        "signature": head.signature,
    }
    if key_url:
        told |= {"algorithm": "Ed25519", "key": key_url}
    return element("dateline:head", attributes=told)


def _item(item: FeedItem, feed: Feed) -> Xml:
    return element(
        "item",
        [
            element("title", directed(item.title, feed.direction)),
            element("link", item.url),
            element("guid", item.id, {"isPermaLink": "false"}),
            element("pubDate", format_datetime(item.published_at)),
            *(element("dc:creator", author.name) for author in item.authors),
            optional("category", item.section),
            element("description", item.summary),
            element(
                "content:encoded", running(item.html, feed.language, feed.direction)
            ),
            _media(item.picture) if item.picture else Xml(""),
            head_element(item.head),
        ],
    )


def _media(picture: FeedPicture) -> Xml:
    return element(
        "media:content",
        [
            optional("media:description", picture.caption or picture.alt),
            element("media:credit", picture.credit, {"role": "photographer"})
            if picture.credit
            else Xml(""),
        ],
        {
            "url": picture.url,
            "type": picture.type,
            "medium": "image",
            "width": picture.width,
            "height": picture.height,
        },
    )
