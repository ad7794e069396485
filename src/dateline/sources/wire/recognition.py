"""Which format an original is in, and its drafts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from dateline.sources.wire.decoding import read_text
from dateline.sources.wire.drafts import WireItemDraft
from dateline.sources.wire.limits import DEFAULT_LIMITS, WireLimits
from dateline.sources.wire.refusals import TypeUnsupported

_TEXTUAL = re.compile(
    r"text/|application/(?:[\w.-]+\+)?(?:xml|json)|application/(?:x-)?(?:ninjs|gzip|ndjson)"
    r"|application/octet-stream|binary/octet-stream"
)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "atom:feed"})
_ROOT = re.compile(r"<([\w:]{1,40})")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1)(?=[\s>])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Original:
    """What came, and what was said about it on the way."""

    content: bytes
    content_type: str = ""
    address: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return self._message().get_content_type() if self.content_type else ""

    @property
    def charset(self) -> str | None:
        charset = self._message().get_param("charset") if self.content_type else None
        return charset if isinstance(charset, str) else None

    def _message(self) -> Message:
        message = Message()
        message["content-type"] = self.content_type.replace("\n", " ").replace(
            "\r", " "
        )
        return message


def read_wire_items(
    original: Original, limits: WireLimits = DEFAULT_LIMITS
) -> list[WireItemDraft]:
    """
    Return the items in the original.

    :raises ReceiveRefusal: it is none, or cannot be read; the class says why
    """
    if original.media_type and not _TEXTUAL.match(original.media_type):
        raise TypeUnsupported(f"It is {original.media_type[:80]}.")
    text = read_text(original.content, declared=original.charset, limits=limits)
    drafts = _read(text, original, limits)
    return [draft.at(original.address) for draft in drafts]


def _read(text: str, original: Original, limits: WireLimits) -> list[WireItemDraft]:
    # Each reader is loaded when it is needed: one page must not pay for all formats.
    start = text[:4000].lstrip()
    if _looks_json(start, original.media_type):
        from dateline.sources.wire.formats.ninjs import read_ninjs

        return read_ninjs(text, limits)
    if _root_of(start) in _FEED_ROOTS:
        from dateline.sources.wire.formats.feed import read_feed

        return read_feed(text, limits)
    if original.media_type != "text/plain" and _HTML.search(text[:20_000]):
        from dateline.sources.wire.formats.web_page import read_web_page

        return read_web_page(text, limits, original.address)
    from dateline.sources.wire.formats.bare_text import read_bare_text

    return read_bare_text(text, limits)


def _looks_json(start: str, media_type: str) -> bool:
    """Tell JSON from a text that happens to begin with a bracket."""
    is_object = start[:1] == "{" or (start[:1] == "[" and start[1:].lstrip()[:1] == "{")
    return is_object or (start[:1] == "[" and "json" in media_type)


def _root_of(start: str) -> str:
    """Return the name of the first element, past what may stand before it."""
    while start.startswith(("<?", "<!")):
        _, found, rest = start.partition(_end_of_prolog(start))
        start = rest.lstrip() if found else ""
    root = _ROOT.match(start)
    return root[1].lower() if root else ""


def _end_of_prolog(start: str) -> str:
    if start.startswith("<!--"):
        return "-->"
    # A document type may hold declarations of its own.
    return "]>" if "[" in start.partition(">")[0] else ">"
