"""Writing XML: every text is escaped, and what XML cannot hold is left out."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_QUOTES = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A sitemap is thousands of texts with nothing to escape, found by one look at each.
_ESCAPED = re.compile("[&<>]|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Xml(str):
    """Text that is XML already."""

    __slots__ = ()


def without_illegal(text: str) -> str:
    """Return the text without characters that no XML document may contain."""
    return _ILLEGAL.sub("", text)


def element(
    name: str,
    content: str | Iterable[Xml] = "",
    attributes: Mapping[str, str | int] | None = None,
) -> Xml:
    """Return one element; a `str` is escaped, an `Xml` or several are put inside."""
    opening = name
    if attributes:
        opening += "".join(
            f' {key}="{escape(without_illegal(str(value)), _QUOTES)}"'
            for key, value in attributes.items()
        )
    inner = _inner(content)
    return Xml(f"<{opening}>{inner}</{name}>" if inner else f"<{opening}/>")


def optional(name: str, content: str) -> Xml:
    """Return the element, or nothing if it would be empty."""
    return element(name, content) if content else Xml("")


def document(root: Xml) -> bytes:
    return (DECLARATION + root + "\n").encode()


def rfc3339(moment: datetime) -> str:
    """Return a moment as Atom, JSON Feed and sitemaps spell it, in UTC."""
    told = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{told.isoformat(timespec='seconds')}Z"


def _inner(content: str | Iterable[Xml]) -> str:
    if isinstance(content, Xml):
        return content
    if isinstance(content, str):
        if _ESCAPED.search(content) is None:
            return content
        return escape(without_illegal(content))
    return "".join(content)
