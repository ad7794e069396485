"""Which way a line of text runs where no attribute can say it."""

import unicodedata

RIGHT_TO_LEFT_MARK = "\u200f"
LEFT_TO_RIGHT_MARK = "\u200e"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def directed(text: str, direction: str) -> str:
    """
    Return a title that also runs in its language's direction in a feed reader.

    A reader's program takes the first strong letter for the direction of the whole
    line: an Arabic headline that begins with “NATO” would be set from the left.
    """
    first = next(filter(None, map(_strong, text)), direction)
    if first == direction:
        return text
    return (RIGHT_TO_LEFT_MARK if direction == "rtl" else LEFT_TO_RIGHT_MARK) + text


def running(html: str, language: str, direction: str) -> str:
    """Return a text in an element that tells its language and which way it runs."""
    return f'<div lang="{language}" dir="{direction}">{html}</div>'


def _strong(character: str) -> str | None:
    return _STRONG.get(unicodedata.bidirectional(character))
