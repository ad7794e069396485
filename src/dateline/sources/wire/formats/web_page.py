"""
A web page: what it tells machines first, what it shows readers where it does not.

The text is what two readings agree on: trafilatura's, which reads the markup, and
that of the bare text, which reads what is seen.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import takewhile

import trafilatura
from lxml.html import HtmlElement

from dateline.sources.wire.drafts import TEXT_KINDS, Block, BlockKind, WireItemDraft
from dateline.sources.wire.formats.bare_text import article_lines, read_bare_lines
from dateline.sources.wire.formats.bare_text.phrases import phrases
from dateline.sources.wire.formats.bare_text.shapes import (
    content_words,
    ends_sentence,
    share_of,
)
from dateline.sources.wire.formats.bare_text.wrapping import RawLine
from dateline.sources.wire.formats.page_metadata import PageMetadata, read_metadata
from dateline.sources.wire.html_lines import (
    HtmlLine,
    blocks_of,
    lines_of,
    parse_html,
)
from dateline.sources.wire.limits import WireLimits
from dateline.sources.wire.refusals import ArticleNotFound
from dateline.sources.wire.spoken import language_of, same_script

_KINDS = {"head": BlockKind.CROSSHEAD, "item": BlockKind.LIST_ITEM}
_CONTAINERS = frozenset({"quote", "list", "div", "body", "main"})
#: Lines of these stand apart from the line above; menus are made of others.
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_APART = _HEADINGS | {"p", "blockquote"}
#: The share of the seen text that the markup has to confirm.
_AGREEMENT = 0.5
_ENOUGH_BEHIND = 2
_SAME_SUBJECT = 0.3
Blocks = tuple[Block, ...]


def read_web_page(
    text: str, limits: WireLimits, address: str | None
) -> list[WireItemDraft]:
    """
    Return the one article on the page.

    :raises ArticleNotFound: the page holds no article
    :raises MarkupTooDeep: its tags nest deeper than any page's
    :raises OriginalTooLarge: it has more elements or lines than any page
    """
    tree = parse_html(text, limits)
    told = read_metadata(tree, address)
    lines = lines_of(tree)
    shown = _as_shown(lines, limits)
    blocks = _text_of(tree, lines, told, shown)
    if not blocks:
        raise ArticleNotFound
    return [_draft(told, shown, blocks)]


def _as_shown(lines: list[HtmlLine], limits: WireLimits) -> WireItemDraft | None:
    """Return the page read as a reader sees it, if an article is seen at all."""
    raw = [
        RawLine(line.text, line.tag in _APART, line.tag == "p", line.tag in _HEADINGS)
        for line in lines
    ]
    try:
        return read_bare_lines(raw, limits)
    except ArticleNotFound:
        return None


def _text_of(
    tree: HtmlElement,
    lines: list[HtmlLine],
    told: PageMetadata,
    shown: WireItemDraft | None,
) -> tuple[Block, ...]:
    """
    Return the text on which two readings agree.

    One reads what is seen, line by line; the other, trafilatura, the markup. The
    first knows captions and credits better, the second where the article is.
    """
    extracted = _extracted(tree)
    names = told.byline or (shown.byline if shown else None)
    marked_up = article_lines(extracted, headline=told.headline or "", names=names)
    if shown is None:
        return marked_up
    seen = _with_tags(shown.blocks, lines)
    known = {_squeezed(block.text) for block in extracted}
    agreed = [n for n, block in enumerate(seen) if _squeezed(block.text) in known]
    if _weight(seen[n] for n in agreed) < _AGREEMENT * _weight(seen):
        return max(seen, marked_up, key=_weight)
    return seen[: agreed[-1] + 1] + _further(seen, extracted, marked_up, lines)


def _further(
    seen: Blocks, extracted: Blocks, marked_up: Blocks, lines: list[HtmlLine]
) -> Blocks:
    """Return the text that goes on in the markup right behind the last line seen."""
    last = _squeezed(next(b.text for b in reversed(seen) if b.kind in TEXT_KINDS))
    places = [n for n, b in enumerate(extracted) if _squeezed(b.text) == last]
    behind = extracted[places[-1] + 1 :] if places else ()
    goes_on = tuple(
        takewhile(lambda b: b in marked_up and ends_sentence(b.text), behind)
    )
    if len(goes_on) < _ENOUGH_BEHIND or _is_closed(lines, last, goes_on[0]):
        return ()
    alike = share_of(_words_of(goes_on), _words_of(seen))
    return goes_on if alike > _SAME_SUBJECT else ()


def _is_closed(lines: list[HtmlLine], last: str, following: Block) -> bool:
    """Tell whether the page ends the article between the two lines."""
    squeezed = [_squeezed(line.text) for line in lines]
    if last not in squeezed or _squeezed(following.text) not in squeezed:
        return True
    between = lines[squeezed.index(last) : squeezed.index(_squeezed(following.text))]
    return any(
        line.tag in _HEADINGS or phrases().is_one("closing", line.text)
        for line in between
    )


def _words_of(blocks: Blocks) -> set[str]:
    return content_words(" ".join(block.text for block in blocks))


def _with_tags(blocks: Blocks, lines: list[HtmlLine]) -> Blocks:
    """Return the blocks as the kinds that their tags say they are."""
    tagged = {block.text: block for block in blocks_of(lines)}
    return tuple(_as_tagged(block, tagged.get(block.text)) for block in blocks)


def _as_tagged(block: Block, tagged: Block | None) -> Block:
    if tagged is None or block.kind is BlockKind.CAPTION:
        return block
    # A page may set crossheads as paragraphs, never paragraphs as crossheads.
    is_paragraph = tagged.kind is BlockKind.PARAGRAPH
    return block if is_paragraph and not ends_sentence(block.text) else tagged


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


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


def _weight(blocks: Iterable[Block]) -> int:
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
