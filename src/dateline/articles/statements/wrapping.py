"""Laying a stretch of a block's text to a span, or to none, whatever tags are in it."""

import html

from dateline.articles.spans import wrap
from dateline.articles.statements.marked_text import TOKEN, Reader


def wrap_stretch(source: str, start: int, end: int, span: str) -> str:
    """
    Return the HTML with the letters from `start` to `end` of its text in a span.

    Without a name for it they are in none.
    Where tags stand between them it becomes several elements with the one id. A letter
    is in one span: those that held some of these letters go on beside them.
    """
    reader = Reader()
    pieces: list[str] = []
    for token in TOKEN.finditer(source):
        at, held = reader.at, reader.innermost
        reader.take(token)
        if token[4] is not None:
            plain = html.unescape(token[0])
            begin, stop = (min(max(0, x - at), len(plain)) for x in (start, end))
            pieces += [
                _held(plain[:begin], held),
                _held(plain[begin:stop], span),
                _held(plain[stop:], held),
            ]
        elif token[2].lower() != "span":
            pieces.append(token[0])
    return "".join(pieces)


def _held(text: str, span: str) -> str:
    escaped = html.escape(text, quote=False)
    return wrap(escaped, span) if span and text else escaped
