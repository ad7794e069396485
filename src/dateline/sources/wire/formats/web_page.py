"""
A web page: what it tells machines first, what it shows readers where it does not.

The text comes from trafilatura; where that finds nothing, the page is read as bare
text. Lines around the text that trafilatura lets through are judged as there.
"""

from datetime import date, datetime

import trafilatura
from lxml.html import HtmlElement

from dateline.sources.wire.drafts import Block, BlockKind, WireItemDraft
from dateline.sources.wire.formats.bare_text import article_lines, read_bare_lines
from dateline.sources.wire.formats.page_metadata import PageMetadata, read_metadata
from dateline.sources.wire.html_lines import lines_of, parse_html
from dateline.sources.wire.limits import WireLimits
from dateline.sources.wire.refusals import ArticleNotFound
from dateline.sources.wire.spoken import language_of, same_script

_KINDS = {"head": BlockKind.CROSSHEAD, "item": BlockKind.LIST_ITEM}
_CONTAINERS = frozenset({"quote", "list", "div", "body", "main"})
_LIGHTEST = 120


def read_web_page(
    text: str, limits: WireLimits, address: str | None
) -> list[WireItemDraft]:
    """
    Return the one article on the page.

    :raises ArticleNotFound: the page holds no article
    :raises MarkupTooDeep: its tags nest deeper than any page's
    """
    tree = parse_html(text, limits)
    told = read_metadata(tree, address)
    shown = _as_shown(tree, limits)
    blocks = _text_of(tree, told, shown)
    if not blocks:
        raise ArticleNotFound
    return [_draft(told, shown, blocks)]


def _as_shown(tree: HtmlElement, limits: WireLimits) -> WireItemDraft | None:
    """Return the page read as a reader sees it, if an article is seen at all."""
    raw = [(line.text, True) for line in lines_of(tree)]
    try:
        return read_bare_lines(raw, limits)
    except ArticleNotFound:
        return None


def _text_of(
    tree: HtmlElement, told: PageMetadata, shown: WireItemDraft | None
) -> tuple[Block, ...]:
    extracted = _extracted(tree)
    names = told.byline or (shown.byline if shown else None)
    blocks = article_lines(extracted, headline=told.headline or "", names=names)
    if _weight(blocks) >= _LIGHTEST or (blocks and not shown):
        return blocks
    return shown.blocks if shown and _weight(shown.blocks) > _weight(blocks) else blocks


def _extracted(tree: HtmlElement) -> tuple[Block, ...]:
    document = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=False, include_formatting=False
    )
    body = getattr(document, "body", None)
    return () if body is None else tuple(_blocks(body, is_quoted=False))


def _blocks(element: HtmlElement, *, is_quoted: bool) -> list[Block]:
    found: list[Block] = []
    for child in element:
        if child.tag in _CONTAINERS and len(child):
            found += _blocks(child, is_quoted=is_quoted or child.tag == "quote")
            continue
        text = " ".join("".join(child.itertext()).split())
        if text:
            found.append(Block(text, _kind(child, is_quoted=is_quoted)))
    return found


def _kind(element: HtmlElement, *, is_quoted: bool) -> BlockKind:
    if is_quoted or element.tag == "quote":
        return BlockKind.QUOTATION
    return _KINDS.get(element.tag, BlockKind.PARAGRAPH)


def _weight(blocks: tuple[Block, ...]) -> int:
    return sum(len(b.text) for b in blocks if b.kind is not BlockKind.CROSSHEAD)


def _draft(
    told: PageMetadata, shown: WireItemDraft | None, blocks: tuple[Block, ...]
) -> WireItemDraft:
    seen = shown or WireItemDraft(format="web_page")
    headline = told.headline or seen.headline or told.title
    return WireItemDraft(
        format="web_page",
        headline=headline,
        byline=told.byline or seen.byline,
        published_at=_finer(told.published_at, seen.published_at),
        language=_language(told.language, blocks),
        section=told.section or seen.section,
        standfirst=told.standfirst,
        blocks=_without_headline(blocks, headline),
        uri=told.uri,
        version_created_at=told.modified_at,
        rights=told.rights,
        publisher=told.publisher,
        address=told.address,
    )


def _finer(told: date | None, shown: date | None) -> date | None:
    """Return the time told to machines, or the shown one if that tells more of it."""
    if told is None or shown is None:
        return told or shown
    is_day_alone = not isinstance(told, datetime)
    return shown if is_day_alone and _day(shown) == told else told


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _language(declared: str | None, blocks: tuple[Block, ...]) -> str | None:
    """Return the declared language, unless the text is in another script."""
    heard = language_of(" ".join(b.text for b in blocks))
    if declared and heard and not same_script(declared, heard):
        return heard
    return declared or heard


def _without_headline(
    blocks: tuple[Block, ...], headline: str | None
) -> tuple[Block, ...]:
    """Return the blocks without the headline, which is not a crosshead of its own."""
    if blocks and headline and blocks[0].text.casefold() == headline.casefold():
        blocks = blocks[1:]
    return blocks
