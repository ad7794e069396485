"""Bytes to text, without a single wrong letter."""

import codecs
import re
import zlib

from charset_normalizer import from_bytes

from dateline.sources.wire.limits import WireLimits
from dateline.sources.wire.refusals import (
    EncodingContradicted,
    EncodingUnknown,
    OriginalBinary,
    OriginalDamaged,
    OriginalEmpty,
    OriginalTooLarge,
    OriginalUnpacksTooLarge,
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,200}?encoding\s*=\s*["'])"""
    rb"""([A-Za-z0-9._:-]{2,40})""",
    re.IGNORECASE,
)
_GZIP = b"\x1f\x8b"
#: First bytes of what is certainly no text.
_BINARY_MARKS = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG", b"GIF8", b"\xff\xd8\xff",
    b"RIFF", b"\x7fELF", b"MZ\x90", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!",
    b"\x28\xb5\x2f\xfd", b"OggS", b"ID3", b"\x00\x00\x00\x18ftyp",
    b"\x00\x00\x00\x20ftyp", b"SQLite format 3", b"\xd0\xcf\x11\xe0", b"\x1aE\xdf\xa3",
)  # fmt: skip
#: How unlike any language a decoded text may look.
_MOST_CHAOS = 0.1
#: Latin 1 and its kin accept any byte, so that they decode proves nothing.
_ACCEPT_ANYTHING = {"iso8859-1", "cp1252", "ascii"}


def read_text(original: bytes, *, declared: str | None, limits: WireLimits) -> str:
    """
    Return the original as text.

    :raises OriginalEmpty: it holds no letter
    :raises OriginalTooLarge: it is larger than the limit
    :raises OriginalUnpacksTooLarge: it unpacks to more than the limit
    :raises OriginalDamaged: it cannot be unpacked
    :raises OriginalBinary: it is no text
    :raises EncodingContradicted: it is not written in the encoding it names
    :raises EncodingUnknown: no encoding fits
    """
    if len(original) > limits.original_bytes:
        raise OriginalTooLarge
    plain = _unpacked(original, limits.original_bytes)
    if not plain.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise OriginalEmpty
    if plain.startswith(_BINARY_MARKS):
        raise OriginalBinary
    text = _decoded(plain, declared)
    if _looks_binary(text):
        raise OriginalBinary
    if not text.strip("\ufeff\u200b \t\r\n"):
        raise OriginalEmpty
    return text.removeprefix("\ufeff")


def _unpacked(original: bytes, limit: int) -> bytes:
    if not original.startswith(_GZIP):
        return original
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(original, limit + 1)
    except zlib.error:
        raise OriginalDamaged from None
    if len(plain) > limit:
        raise OriginalUnpacksTooLarge
    if not unpacker.eof:
        raise OriginalDamaged
    if plain.startswith(_GZIP):
        raise OriginalBinary("It is packed twice.")
    return plain


def _decoded(plain: bytes, declared: str | None) -> str:
    for mark, name in _BOMS:
        if plain.startswith(mark):
            return _strictly(plain, name)
    named = declared or _named_inside(plain)
    if named:
        return _as_declared(plain, named)
    if b"\x00" in plain:
        raise OriginalBinary
    return _undeclared(plain)


def _named_inside(plain: bytes) -> str | None:
    found = _DECLARED.search(plain, 0, 4096)
    return found.group(1).decode("ascii") if found else None


def _as_declared(plain: bytes, named: str) -> str:
    try:
        codec = codecs.lookup(named).name
    except LookupError:
        return _undeclared(plain)
    if codec in _ACCEPT_ANYTHING:
        if _is_utf8_beyond_ascii(plain):
            raise EncodingContradicted(f"It names {named} but is UTF-8.")
        codec = "cp1252"  # as browsers read it, whatever it is called
    if codec.startswith(("utf-16", "utf-32")) and b"<" in plain[:200].split(b"\x00")[0]:
        # Its own declaration could be read as ASCII: it cannot be UTF-16.
        raise EncodingContradicted(f"It names {named} and is not.")
    return _strictly(plain, codec)


def _strictly(plain: bytes, codec: str) -> str:
    try:
        return str(codecs.decode(plain, codec, "strict"))
    except (UnicodeError, LookupError, ValueError):
        raise EncodingContradicted(f"It names {codec} and is not.") from None


def _is_utf8_beyond_ascii(plain: bytes) -> bool:
    try:
        return not plain.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _undeclared(plain: bytes) -> str:
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(plain):
        raise EncodingUnknown("It looks like UTF-8 with damaged letters.")
    best = from_bytes(plain[:200_000]).best()
    if best is None or best.encoding in {"utf_8", "ascii"} or best.chaos > _MOST_CHAOS:
        raise EncodingUnknown
    try:
        return plain.decode(best.encoding)
    except UnicodeError:
        raise EncodingUnknown from None


def _is_damaged_utf8(plain: bytes) -> bool:
    """Tell whether nearly all letters beyond ASCII are well-formed UTF-8."""
    decoded = plain.decode("utf-8", "replace")
    wrong = decoded.count("\ufffd")
    right = sum(1 for letter in decoded if letter > "\x7f") - wrong
    return right > 4 * wrong


def _looks_binary(text: str) -> bool:
    sample = text[:20_000]
    controls = sum(1 for c in sample if c < " " and c not in "\t\n\r\f\v\x1b")
    return "\x00" in sample or controls * 50 > len(sample)
