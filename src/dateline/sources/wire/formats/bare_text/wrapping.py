"""Text that was broken into lines of one width is put together again."""

from typing import NamedTuple

from dateline.sources.wire.formats.bare_text.shapes import ends_sentence, weight_of

_NARROWEST, _WIDEST = 45, 130
_FILLED = 0.78
_ENOUGH_LINES = 6
_SHARE = 0.5


class RawLine(NamedTuple):
    """A line as it came, and what markup said of it, if there was any."""

    text: str
    is_apart: bool
    is_paragraph: bool = False
    is_heading: bool = False


def unwrap(raw: list[RawLine]) -> list[RawLine]:
    """Return the lines with paragraphs whole, if the page was wrapped at a width."""
    width = _width(raw)
    if width is None:
        return raw
    joined: list[RawLine] = []
    goes_on = False
    for text, is_apart, *_ in raw:
        if goes_on and not is_apart:
            joined[-1] = RawLine(_join(joined[-1].text, text), joined[-1].is_apart)
        else:
            joined.append(RawLine(text, is_apart))
        goes_on = weight_of(text) >= _FILLED * width
    return joined


def _width(raw: list[RawLine]) -> int | None:
    """Return the width at which the page was wrapped, if it was."""
    weights = [weight_of(line.text) for line in raw]
    width = max(weights, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    filled = [n for n in range(len(raw) - 1) if weights[n] >= _FILLED * width]
    running = [
        n for n in filled if not raw[n + 1].is_apart and not ends_sentence(raw[n].text)
    ]
    if len(running) < _ENOUGH_LINES or len(running) < _SHARE * len(filled):
        return None
    return width


def _join(above: str, below: str) -> str:
    if weight_of(above[-1]) > 1 or weight_of(below[0]) > 1:
        return above + below
    return f"{above} {below}"
