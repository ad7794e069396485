"""
An article as IPTC ninjs 3.1, whole: for other newsrooms and their systems.

Made from what the article's page shows, so that it can say nothing else. What was
withdrawn is told as canceled, with its public reason and without a word of its text.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml.html import fragment_fromstring

from dateline.editions.tags import Part
from dateline.pagestore.tags import read
from dateline.publishing.models import Publication, Tombstone
from dateline.sources.models import Picture
from dateline.sources.renditions import address, scaled_height, widths_of
from dateline.sources.wire.html_lines import lines_of
from dateline.website.machines.addresses import absolute, urn
from dateline.website.machines.blocks_html import Readings, body_html
from dateline.website.machines.xml_text import rfc3339
from dateline.website.pages import ArticleView, Byline, Link, Paper
from dateline.website.wording import STATUSES

Node = dict[str, Any]

TYPE = "application/json"
FILE = "ninjs.json"
VERSION = "3.1"
SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
GENRES = "http://cv.iptc.org/newscodes/genre/"
ROLES = "http://cv.iptc.org/newscodes/contentprodpartyrole/"
INDICATORS = "http://cv.iptc.org/newscodes/trustindicator/"
# Standing pages, by what IPTC calls such a promise.
POLICIES = {
    "ethics": ("ethicsPolicy",),
    "corrections-policy": ("correctionsPolicy",),
    "sources-policy": ("unnamedSourcesPolicy", "factCheckingPolicy"),
    "contact": ("feedbackPolicy",),
    "ownership": ("partyInfo",),
    "masthead": ("partyInfo",),
    "about": ("partyInfo",),
}
# The genres that IPTC has a code for; a plain report has none.
IPTC_GENRES = {
    "analysis": "Analysis",
    "background": "Background",
    "opinion": "Opinion",
    "review": "Review",
    "obituary": "Obituary",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What is told of: a public article as its page shows it, and its snapshot."""

    article: ArticleView
    content: Mapping[str, Any]
    paper: Paper
    readings: Readings
    gettext: Callable[[str], str]
    changed_at: datetime
    """When readers got what they get now, be it by a redaction."""


def item(piece: Piece) -> Node:
    """Return the article with all that is known of it."""
    read(Part.PUBLISHER)
    article, content = piece.article, piece.content
    return _without_empty(
        {
            **_head(article.uid, piece.paper),
            "representationType": "full",
            "profile": "dateline-article",
            "version": str(article.version),
            "firstCreated": rfc3339(article.published_at),
            "versionCreated": rfc3339(piece.changed_at),
            "pubStatus": "usable",
            "urgency": content["urgency"],
            **_rights(piece.paper),
            "edNote": _notes(piece),
            "headlines": [_text("main", article.headline)],
            "descriptions": [_text("summary", article.lede)] if article.lede else [],
            "bodies": list(_bodies(piece)),
            "by": _by(article),
            "slugline": content["slug"],
            "located": article.dateline
            or (article.place.text if article.place else ""),
            "genres": [_genre(article.genre)],
            "people": [_author(who) for who in article.byline if who.kind != "desk"],
            "organisations": [
                _author(who) for who in article.byline if who.kind == "desk"
            ],
            "places": [_named(article.place, "about")] if article.place else [],
            "subjects": list(_subjects(article)),
            "infoSources": list(_info_sources(piece)),
            "trustIndicators": list(_trust_indicators(piece)),
            "altIds": list(_alt_ids(article)),
            "renditions": [_page(article.url)],
            "associations": [*_pictures(piece), *_translations(article)],
        }
    )


def tombstone(publication: Publication, stone: Tombstone, paper: Paper) -> Node:
    """Return what is left of a withdrawn article: that, when and why."""
    read(Part.PUBLISHER)
    return {
        **_head(str(publication.uid), paper),
        "representationType": "partial",
        "profile": "dateline-tombstone",
        "version": str(publication.version.number),
        "firstCreated": rfc3339(publication.published_at),
        "versionCreated": rfc3339(stone.killed_at),
        "pubStatus": "canceled",
        "edNote": f"{stone.desk}: {stone.reason}",
        "infoSources": [{"name": _publisher(paper)}],
        "altIds": [
            {"role": "address", "value": absolute(publication.path)},
            {"role": "log", "value": f"{stone.entry.sequence}:{stone.entry.hash}"},
        ],
        "renditions": [_page(publication.path)],
    }


def _head(uid: str, paper: Paper) -> Node:
    return {
        "uri": urn(uid),
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
        "type": "text",
        "language": paper.tag,
    }


def _publisher(paper: Paper) -> str:
    return paper.publisher.name or paper.name


def _rights(paper: Paper) -> Node:
    terms = next((link for link in paper.standing if _purpose(link) == "terms"), None)
    told: Node = {"copyrightHolder": paper.publisher.legal_name or _publisher(paper)}
    if terms:
        url = absolute(terms.url)
        told |= {
            "usageTerms": f"{terms.text}: {url}",
            "rightsInfo": {"linkedRights": url},
        }
    return told


def _notes(piece: Piece) -> str:
    """Tell the desk that takes the item what was wrong, and what was removed."""
    notices = [
        *((piece.gettext("Correction"), row) for row in piece.article.corrections),
        *((piece.gettext("Removed"), row) for row in piece.article.redactions),
    ]
    notices.sort(key=lambda notice: notice[1].corrected_at, reverse=True)
    return "\n".join(
        f"{label} ({rfc3339(row.corrected_at)}): {row.text}" for label, row in notices
    )


def _text(role: str, value: str) -> Node:
    return {"role": role, "contentType": "text/plain", "value": value}


def _bodies(piece: Piece) -> Iterator[Node]:
    # The lead picture and the dateline have places of their own.
    body = {**piece.content, "picture": None, "dateline": ""}
    html = body_html(body, piece.readings, piece.gettext)
    text = _lines(html)
    yield {"role": "main", "contentType": "text/html", "value": html}
    yield _text("main", text) | {"charCount": len(text)}


def _lines(html: str) -> str:
    """Return the words of a body, a line for each that a reader sees."""
    tree = fragment_fromstring(html, create_parent="div")
    return "\n".join(line.text for line in lines_of(tree))


def _by(article: ArticleView) -> str:
    names = ", ".join(who.name for who in article.byline)
    return " ".join(filter(None, (names, article.byline_note)))


def _author(who: Byline) -> Node:
    return {"name": who.name, "rel": "author", "uri": absolute(who.url)}


def _genre(genre: str) -> Node:
    code = IPTC_GENRES.get(genre)
    told = {"name": genre, "literal": genre}
    return told | ({"uri": GENRES + code} if code else {})


def _named(link: Link, rel: str) -> Node:
    return {"name": link.text, "rel": rel, "uri": absolute(link.url)}


def _subjects(article: ArticleView) -> Iterator[Node]:
    if article.section:
        yield _named(article.section, "section")
    for topic in article.topics:
        code = _last(topic)
        told = {"name": topic.text, "rel": "about", "uri": TOPICS + code}
        yield told | {"literal": f"medtop:{code}"}
    if article.story:
        yield _named(article.story, "story")


def _info_sources(piece: Piece) -> Iterator[Node]:
    """Yield who made it, first of all the paper, and on whom it rests."""
    yield {"name": _publisher(piece.paper), "uri": absolute("/")}
    for who in piece.article.byline:
        told = {"name": who.name, "role": f"{ROLES}author"}
        yield told | {"uri": absolute(who.url)}
    for line in piece.article.sources:
        told = {"name": line.name, "role": f"{ROLES}contentSource"}
        yield told | {"literal": line.kind} | ({"uri": line.url} if line.url else {})


def _trust_indicators(piece: Piece) -> Iterator[Node]:
    for link in piece.paper.standing:
        for code in POLICIES.get(_purpose(link), ()):
            yield _indicator(code, link.text, link.url)
    for who in piece.article.byline:
        yield _indicator("journalistInfo", who.name, who.url)
    versions = piece.gettext("Versions")
    yield _indicator("pieceOfWorkInfo", versions, f"{piece.article.url}versions/")
    sources = f"{piece.article.url}#rests-on"
    for line in piece.article.sources:
        for word, count in line.statuses:
            # IPTC has no code for how well something is known.
            title = f"{line.name}: {piece.gettext(STATUSES[word])} ({count})"
            yield _indicator("pieceOfWorkInfo", title, sources)


def _indicator(code: str, title: str, url: str) -> Node:
    return {"role": INDICATORS + code, "title": title, "href": absolute(url)}


def _alt_ids(article: ArticleView) -> Iterator[Node]:
    yield {"role": "address", "value": absolute(article.url)}
    # With it a stranger finds the article's place in the signed log.
    yield {"role": "log", "value": f"{article.entry_number}:{article.entry_hash}"}


def _page(path: str) -> Node:
    return {"name": "web", "href": absolute(path), "contentType": "text/html"}


def _pictures(piece: Piece) -> Iterator[Node]:
    rows = piece.readings.pictures
    for number, value in enumerate(_picture_values(piece.content)):
        if row := rows.get(value["id"]):
            name = "lead" if value is piece.content["picture"] else f"picture-{number}"
            yield _picture(name, value, row)


def _picture_values(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if content["picture"]:
        yield content["picture"]
    for block in content["body"]:
        if block["type"] == "picture":
            yield block["value"]
        elif block["type"] == "gallery":
            yield from block["value"]["pictures"]


def _picture(name: str, value: Mapping[str, Any], row: Picture) -> Node:
    told = (("caption", value["caption"]), ("altText", value["alt"]))
    return _without_empty(
        {
            "name": name,
            "uri": urn(row.uid),
            "type": "picture",
            "title": value["title"],
            "by": value["credit"],
            "usageTerms": value["rights"],
            "descriptions": [_text(role, words) for role, words in told if words],
            "renditions": [_rendition(row, width) for width in widths_of(row)],
        }
    )


def _rendition(row: Picture, width: int) -> Node:
    shown = min(width, row.width)
    return {
        "name": f"{width}",
        "href": absolute(address(row, width, "jpg")),
        "contentType": "image/jpeg",
        "width": shown,
        "height": scaled_height(row, shown),
    }


def _translations(article: ArticleView) -> Iterator[Node]:
    for link in article.translations:
        is_original = article.original is not None and link.url == article.original.url
        url = absolute(link.url)
        yield {
            "name": f"translation-{link.lang}",
            "rel": "translationOf" if is_original else "translation",
            "uri": f"{url}{FILE}",
            "type": "text",
            "language": link.lang,
            "renditions": [_page(link.url)],
        }


def _purpose(link: Link) -> str:
    return _last(link)


def _last(link: Link) -> str:
    return link.url.strip("/").rpartition("/")[2]


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", None, [])}
