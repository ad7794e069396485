"""Making a stretch of a block's text a span, whatever tags stand in it."""

import html

from dateline.articles.spans import wrap
from dateline.articles.statements.marked_text import TOKEN, Reader


def wrap_stretch(source: str, start: int, end: int, span: str) -> str:
    """
    Return the HTML with the letters from `start` to `end` of its text in a span.

    Where tags stand between them it becomes several elements with the one id.
    """
    reader = Reader()
    pieces: list[str] = []
    for token in TOKEN.finditer(source):
        at = reader.at
        reader.take(token)
        is_text = token[4] is not None
        pieces.append(
            _wrapped(token[0], start - at, end - at, span) if is_text else token[0]
        )
    return "".join(pieces)


def _wrapped(text: str, start: int, end: int, span: str) -> str:
    plain = html.unescape(text)
    begin, stop = max(0, start), min(len(plain), end)
    if begin >= stop:
        return text
    held = _escaped(plain[begin:stop])
    return _escaped(plain[:begin]) + wrap(held, span) + _escaped(plain[stop:])


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
