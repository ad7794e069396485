"""HTML as the lines a reader sees, each with the tag that made it."""

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from dateline.sources.wire.drafts import Block, BlockKind
from dateline.sources.wire.limits import WireLimits
from dateline.sources.wire.refusals import (
    ArticleNotFound,
    MarkupTooDeep,
    OriginalTooLarge,
)

_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "svg", "math"}
    | {"iframe", "object", "canvas", "audio", "video", "select", "textarea"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del"}
    | {"dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q"}
    | {"ruby", "rb", "rt", "rp", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_CROSSHEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_OPENING = re.compile(r"<[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class HtmlLine:
    text: str
    tag: str
    is_quoted: bool = False


def parse_html(text: str, limits: WireLimits) -> HtmlElement:
    """
    Return the tree of the page.

    :raises MarkupTooDeep: its tags nest deeper than any page's
    :raises OriginalTooLarge: it has more elements than any page
    :raises ArticleNotFound: it holds no markup at all
    """
    if not _OPENING.search(text):
        raise ArticleNotFound
    # The text is decoded: what it declares of its encoding must not count again.
    parser = HTMLParser(encoding="utf-8", recover=True, huge_tree=False)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise ArticleNotFound from None
    _refuse_excess(tree, limits)
    return tree


def _refuse_excess(tree: HtmlElement, limits: WireLimits) -> None:
    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > limits.depth:
            raise MarkupTooDeep
        if count > limits.elements:
            raise OriginalTooLarge("It has more elements than a page of news.")


def lines_of(tree: HtmlElement) -> list[HtmlLine]:
    """Return the lines of the tree, in reading order, without what is never seen."""
    reading = _Reading()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        reading.start(element) if event == "start" else reading.end(element)
    reading.close()
    return reading.lines


class _Reading:
    """Text gathered while walking through a tree."""

    def __init__(self) -> None:
        self.lines: list[HtmlLine] = []
        self._pieces: list[str] = []
        self._blocks: list[str] = []
        self._unseen = 0

    def start(self, element: HtmlElement) -> None:
        tag = _tag_of(element)
        if tag in _UNSEEN or _is_hidden(element):
            self._unseen += 1
        elif tag not in _INLINE or self._is_station(tag):
            self.close()
            self._blocks.append(tag)
        self._add(element.text)

    def end(self, element: HtmlElement) -> None:
        tag = _tag_of(element)
        if tag in _UNSEEN or _is_hidden(element):
            self._unseen -= 1
        elif tag not in _INLINE or self._is_station(tag):
            self.close()
            self._blocks.pop()
        self._add(element.tail)

    def _is_station(self, tag: str) -> bool:
        """Tell whether it is a link of a menu: each stands in a line of its own."""
        return tag == "a" and "nav" in self._blocks

    def _add(self, text: str | None) -> None:
        if text and not self._unseen:
            self._pieces.append(text)

    def close(self) -> None:
        text = _SPACE.sub(" ", "".join(self._pieces)).strip()
        self._pieces.clear()
        if text:
            tag = self._blocks[-1] if self._blocks else "body"
            self.lines.append(
                HtmlLine(text, self._line_tag(tag), "blockquote" in self._blocks)
            )

    def _line_tag(self, tag: str) -> str:
        """Return what the line is in: a paragraph inside an item is the item."""
        around = self._blocks[-3:]
        return next(
            (t for t in ("figcaption", "li", *sorted(_CROSSHEADS)) if t in around), tag
        )


def _tag_of(element: HtmlElement) -> str:
    # Comments and processing instructions have a function for a tag.
    return element.tag if isinstance(element.tag, str) else "template"


def _is_hidden(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.get("hidden") is not None


def blocks_of(lines: list[HtmlLine]) -> tuple[Block, ...]:
    """Return the lines of running text as blocks of a draft."""
    return tuple(Block(line.text, _kind(line)) for line in lines)


def _kind(line: HtmlLine) -> BlockKind:
    if line.tag in _CROSSHEADS:
        return BlockKind.CROSSHEAD
    if line.tag == "figcaption":
        return BlockKind.CAPTION
    if line.tag in {"li", "dd", "dt"}:
        return BlockKind.LIST_ITEM
    return BlockKind.QUOTATION if line.is_quoted else BlockKind.PARAGRAPH
