"""
What can be read of a kept copy, as plain text: for the eye, and to find quotations in.

Nothing of a copy is ever shown as markup; what cannot be read is kept all the same.
"""

import email
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser

from dateline.plumbing.fetching import AnswerDamaged, FetchRefusal, unpack
from dateline.sources.refusals import MailUnreadable
from dateline.sources.warc import ArchivedPage
from dateline.sources.wire.decoding import read_text
from dateline.sources.wire.html_lines import lines_of, parse_html
from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.recognition import Original
from dateline.sources.wire.refusals import ReceiveRefusal

MOST_CHARACTERS = 2_000_000
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/json")
_MARKUP = ("text/html", "application/xhtml")
_MOST_PARTS, _MOST_BOUNDARIES = 200, 2_000
_LONGEST_HEADER = 2_000
_MAIL_HEADERS = ("from", "to", "cc", "subject", "date", "message-id", "reply-to")
_PACKINGS = {"gzip", "x-gzip", "deflate"}


@dataclass(frozen=True, slots=True)
class Readable:
    """The text of a copy, and what it says of itself."""

    title: str = ""
    text: str = ""
    #: Why there is no text, in a sentence; "" if there is.
    unread: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def read_copy(content: bytes, content_type: str, packing: str = "") -> Readable:
    """Return what can be read of a page or file; never refuses, but says why not."""
    original = Original(content, content_type)
    if original.media_type and not original.media_type.startswith(_TEXTUAL):
        return Readable(unread=f"Of {original.media_type} no text is read here.")
    try:
        plain = _unpacked(content, packing)
        text = read_text(plain, declared=original.charset, limits=DEFAULT_LIMITS)
        return _lines(text, original.media_type)
    except (ReceiveRefusal, FetchRefusal) as refusal:
        return Readable(unread=str(refusal))


def _unpacked(content: bytes, packing: str) -> bytes:
    packing = packing.strip().lower()
    if packing in {"", "identity"}:
        return content
    if packing not in _PACKINGS:
        raise AnswerDamaged(f"It is packed as {packing[:40]}.")
    return b"".join(unpack([content], packing, DEFAULT_LIMITS.original_bytes))


def _lines(text: str, media_type: str) -> Readable:
    is_markup = media_type.startswith(_MARKUP) or "<html" in text[:2000].lower()
    if not is_markup:
        return Readable(text=text[:MOST_CHARACTERS])
    tree = parse_html(text, DEFAULT_LIMITS)
    title = " ".join((tree.findtext(".//title") or "").split())
    lines = "\n".join(line.text for line in lines_of(tree))
    return Readable(title=title[:300], text=lines[:MOST_CHARACTERS])


def markup_of(page: ArchivedPage) -> str:
    """Return the markup of a page as text, or a sentence that says why not."""
    original = Original(page.content, page.header("content-type"))
    try:
        plain = _unpacked(page.content, page.header("content-encoding"))
        return read_text(plain, declared=original.charset, limits=DEFAULT_LIMITS)
    except (ReceiveRefusal, FetchRefusal) as refusal:
        return f"{refusal}\n"


def read_mail(content: bytes) -> Readable:
    """
    Return the text of a mail (RFC 5322), its subject and the headers that date it.

    A mail of more parts than any is kept, and only its headers are read.

    :raises MailUnreadable: it is none
    """
    has_too_many = content.count(b"\n--") > _MOST_BOUNDARIES
    parse = _headers_alone if has_too_many else email.message_from_bytes
    try:
        # The newer policy reads headers by a grammar that hostile ones make slow.
        mail = parse(content)
        headers = _mail_headers(mail)
        text = "" if has_too_many else "\n\n".join(_texts(mail))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # What the standard library raises of mails that only look like mails.
        raise MailUnreadable from None
    if not headers.keys() & {"from", "date", "message-id"}:
        raise MailUnreadable
    return Readable(
        title=headers.get("subject", "")[:300],
        text=text[:MOST_CHARACTERS],
        unread="It has more parts than a mail that people write." * has_too_many,
        headers=headers,
    )


def _headers_alone(content: bytes) -> Message:
    """Return a mail of which nothing but the headers was read."""
    return BytesHeaderParser().parsebytes(content)


def _mail_headers(mail: Message) -> dict[str, str]:
    found = {name: _header(mail, name) for name in _MAIL_HEADERS}
    return {name: value for name, value in found.items() if value}


def _header(mail: Message, name: str) -> str:
    found = (value for key, value in mail.raw_items() if key.lower() == name)
    raw = " ".join(str(next(found, ""))[:_LONGEST_HEADER].split())
    # Letters that no encoding was told for are UTF-8 by now (RFC 6532).
    raw = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, UnicodeError):
        return raw


def _texts(mail: Message) -> Iterator[str]:
    for number, part in enumerate(mail.walk()):
        if number >= _MOST_PARTS:
            return
        told = str(part.get("content-type", "text/plain"))
        if len(told) > _LONGEST_HEADER or _is_attached(part):
            continue
        if part.get_content_type() in {"text/plain", "text/html"}:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content:
                yield read_copy(content, told).text


def _is_attached(part: Message) -> bool:
    told = str(part.get("content-disposition", ""))[:100]
    return told.strip().lower().startswith("attachment")
