"""What a web page tells machines: JSON-LD, meta elements, the time element."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from dateline.sources.wire.formats.bare_text.credits import labeled_name
from dateline.sources.wire.formats.bare_text.phrases import keyed
from dateline.sources.wire.formats.bare_text.shapes import content_words, share_of
from dateline.sources.wire.told_times import parse_machine_time

_ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle",
        "BackgroundNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
        "AskPublicNewsArticle", "LiveBlogPosting", "BlogPosting", "SocialMediaPosting",
        "Report", "AdvertiserContentArticle", "SatiricalArticle", "TechArticle",
    }
)  # fmt: skip
_META_TIMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
)
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
)
_META_BYLINES = (
    "author",
    "parsely-author",
    "dc.creator",
    "article:author",
    "byl",
    "sailthru.author",
)
_META_SECTIONS = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "section",
)
_META_RIGHTS = ("dcterms.rights", "dc.rights", "copyright")
_DEEPEST = 20
_MOST_NODES = 2000
_LONGEST = 500
#: Longer is a box about the author; longer is no tag of BCP 47.
_LONGEST_BYLINE, _LONGEST_TAG = 100, 35
_ALIKE = 0.5
_TITLE_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " :: ")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    headline: str | None = None
    title: str | None = None
    byline: str | None = None
    published_at: date | None = None
    modified_at: datetime | None = None
    language: str | None = None
    section: str | None = None
    standfirst: str | None = None
    rights: str | None = None
    publisher: str | None = None
    uri: str | None = None
    address: str | None = None


def read_metadata(tree: HtmlElement, address: str | None) -> PageMetadata:
    """Return what the page tells of itself. What it does not tell is ``None``."""
    metas = _metas(tree)
    canonical = _canonical(tree, metas, address)
    node = _article_node(tree, metas, canonical)
    return PageMetadata(
        headline=_headline(tree, metas, node),
        title=_title(tree),
        byline=_names(node.get("author"))
        or _meta_byline(metas)
        or _marked_byline(tree),
        published_at=_published(tree, metas, node),
        modified_at=_modified(metas, node),
        language=_language(tree, metas, node),
        section=_text(node.get("articleSection")) or _first(metas, _META_SECTIONS),
        rights=_text(node.get("copyrightNotice")) or _first(metas, _META_RIGHTS),
        publisher=_text(node.get("publisher")) or _short(metas.get("og:site_name", "")),
        uri=_identifier(node) or canonical,
        address=canonical,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (
            meta.get("property")
            or meta.get("name")
            or meta.get("itemprop")
            or meta.get("http-equiv")
        )
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content[:2000])
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((_short(metas[name]) for name in names if metas.get(name)), None)


def _short(text: str) -> str | None:
    return " ".join(text.split())[:_LONGEST] or None


# JSON-LD


def _article_node(
    tree: HtmlElement, metas: dict[str, str], canonical: str | None
) -> dict[str, Any]:
    """Return the node of the page's own article, not of one it lists."""
    nodes = [node for data in _linked_data(tree) for node in _article_nodes(data, 0)]
    if not nodes:
        return {}
    title = content_words(metas.get("og:title") or _title(tree) or "")
    return max(
        nodes[:_MOST_NODES],
        key=lambda node: (
            _is_at(node, canonical),
            share_of(content_words(_text(node.get("headline")) or ""), title),
        ),
    )


def _linked_data(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                yield json.loads((script.text or "").strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue


def _article_nodes(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _article_nodes(entry, depth + 1)
    elif isinstance(data, dict):
        types = data.get("@type")
        if _ARTICLE_TYPES & set(
            types
            if isinstance(types, list)
            else [types]
            if isinstance(types, str)
            else []
        ):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _article_nodes(data.get(key), depth + 1)


def _is_at(node: dict[str, Any], canonical: str | None) -> bool:
    main = node.get("mainEntityOfPage")
    places = [
        node.get("url"),
        node.get("@id"),
        main.get("@id") if isinstance(main, dict) else main,
    ]
    return bool(canonical) and any(
        isinstance(place, str) and place.split("#")[0] == canonical for place in places
    )


def _text(value: Any) -> str | None:
    """Return the text of a JSON-LD value, the first of several."""
    if isinstance(value, list):
        return next((text for entry in value if (text := _text(entry))), None)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value"))
    return _short(value) if isinstance(value, str) else None


def _names(value: Any) -> str | None:
    """Return all the names of a JSON-LD author as one byline."""
    entries = value if isinstance(value, list) else [value]
    names = [name for entry in entries if (name := _text(entry)) and "://" not in name]
    return ", ".join(dict.fromkeys(names)) or None


def _identifier(node: dict[str, Any]) -> str | None:
    value = node.get("@id") or node.get("identifier")
    is_uri = isinstance(value, str) and bool(urlsplit(value).scheme)
    return value[:_LONGEST] if is_uri and isinstance(value, str) else None


# Elements


def _headline(
    tree: HtmlElement, metas: dict[str, str], node: dict[str, Any]
) -> str | None:
    """
    Return the headline that readers see, where the page says which one that is.

    The title alone says little: it may name the site only.
    """
    told = _text(node.get("headline")) or _short(metas.get("og:title", ""))
    guide = told or _title(tree)
    for heading in tree.iter("h1"):
        shown = _short(heading.text_content())
        if shown and guide and _alike(shown, guide):
            return shown
    return _without_site(told, metas) if told else None


def _alike(shown: str, told: str) -> bool:
    words = content_words(shown)
    return keyed(shown) == keyed(told) or (
        bool(words) and share_of(words, content_words(told)) >= _ALIKE
    )


def _title(tree: HtmlElement) -> str | None:
    title = tree.find(".//title")
    return _short(title.text_content()) if title is not None else None


def _without_site(title: str, metas: dict[str, str]) -> str:
    """Return the title without the site's name, if the page tells that name."""
    site = metas.get("og:site_name", "")
    for separator in _TITLE_SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and site and keyed(tail) == keyed(site):
            return head
    return title


def _meta_byline(metas: dict[str, str]) -> str | None:
    told = next(
        (metas[n] for n in _META_BYLINES if metas.get(n) and "://" not in metas[n]),
        None,
    )
    return (labeled_name(told) or _short(told)) if told else None


def _marked_byline(tree: HtmlElement) -> str | None:
    for element in tree.xpath("//*[@rel='author' or @itemprop='author']"):
        text = _short(element.text_content())
        if text and len(text) <= _LONGEST_BYLINE:
            return labeled_name(text) or text
    return None


def _published(
    tree: HtmlElement, metas: dict[str, str], node: dict[str, Any]
) -> date | None:
    told = [parse_machine_time(_text(node.get("datePublished")))]
    told += [parse_machine_time(metas.get(name)) for name in _META_TIMES]
    told += [parse_machine_time(e.get("datetime")) for e in _marked_times(tree)]
    return _finest([moment for moment in told if moment])


def _marked_times(tree: HtmlElement) -> list[HtmlElement]:
    marked: list[HtmlElement] = tree.xpath(
        "//time[@datetime][@pubdate or @itemprop='datePublished']"
    )
    first: list[HtmlElement] = tree.xpath(
        "(//article//header//time[@datetime] | //h1/following::time[@datetime])[1]"
    )
    return marked or first


def _finest(moments: list[date]) -> date | None:
    """Return the first told moment, or a later mention of the day that tells more."""
    if not moments:
        return None
    day = _day(moments[0])
    alike = [m for m in moments if _day(m) == day]
    return max(alike, key=_fineness)


def _fineness(moment: date) -> int:
    if not isinstance(moment, datetime):
        return 0
    return 1 if moment.tzinfo is None else 2


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _modified(metas: dict[str, str], node: dict[str, Any]) -> datetime | None:
    told = [parse_machine_time(_text(node.get("dateModified")))]
    told += [parse_machine_time(metas.get(name)) for name in _META_MODIFIED]
    return next((m for m in told if isinstance(m, datetime) and m.tzinfo), None)


def _language(
    tree: HtmlElement, metas: dict[str, str], node: dict[str, Any]
) -> str | None:
    told = (
        _text(node.get("inLanguage"))
        or tree.get("lang")
        or metas.get("content-language")
        or metas.get("og:locale", "")
    )
    tag = (told or "").split(",")[0].strip().replace("_", "-")
    is_tag = len(tag) <= _LONGEST_TAG and tag.replace("-", "").isalnum()
    return tag if is_tag else None


def _canonical(
    tree: HtmlElement, metas: dict[str, str], address: str | None
) -> str | None:
    links = [
        e.get("href")
        for e in tree.iter("link")
        if (e.get("rel") or "").lower() == "canonical"
    ]
    told = next(filter(None, [*links, metas.get("og:url")]), None)
    try:
        whole = urljoin(address or "", (told or address or "").strip())
        is_web = urlsplit(whole).scheme in {"http", "https"} and bool(
            urlsplit(whole).hostname
        )
    except ValueError:
        return address
    return whole[:2000] if is_web else address
