"""The plain text of a piece of HTML, and which spans hold which letters of it."""

import html
import re
from dataclasses import dataclass

TOKEN = re.compile(r"<(/?)([a-zA-Z0-9]+)([^<>]*)>|([^<]+|<)")
_SPAN = re.compile(r'data-span="([a-z2-7]{12})"')
BREAKS = {"p", "br", "li", "h2", "h3", "h4", "ul", "ol", "blockquote", "div"}
LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class SpanUse:
    """Where one element of a span stands in the plain text."""

    span: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    text: str
    spans: tuple[SpanUse, ...] = ()


def read_html(source: str) -> MarkedText:
    """Return the text of clean HTML; blocks and breaks are line ends."""
    reader = Reader()
    for token in TOKEN.finditer(source[:LONGEST_TEXT]):
        reader.take(token)
    return reader.told()


class Reader:
    """Reads token by token; `at` is how much text it has read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.at = 0
        self.open: list[tuple[str, int]] = []
        self.spans: list[SpanUse] = []

    def take(self, token: re.Match[str]) -> None:
        closes, tag, attributes, text = token.groups()
        if text is not None:
            self._write(html.unescape(text))
        elif tag.lower() == "span":
            self._close() if closes else self._open(attributes)
        elif tag.lower() in BREAKS and self.pieces and self.pieces[-1] != "\n":
            self._write("\n")

    @property
    def innermost(self) -> str:
        """The span in which the next letter stands, or nothing."""
        return next((span for span, _ in reversed(self.open) if span), "")

    def told(self) -> MarkedText:
        while self.open:
            self._close()
        return MarkedText("".join(self.pieces).rstrip("\n"), tuple(self.spans))

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.at += len(text)

    def _open(self, attributes: str) -> None:
        found = _SPAN.search(attributes)
        self.open.append((found[1] if found else "", self.at))

    def _close(self) -> None:
        if not self.open:
            return
        span, start = self.open.pop()
        if span and start < self.at:
            self.spans.append(SpanUse(span, start, self.at))
