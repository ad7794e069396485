"""
What a picture says of itself: IPTC, XMP and EXIF, read into plain text.

XMP is believed before IPTC and IPTC before EXIF: the later the standard, the less doubt
about its letters. Where a picture says nothing, nothing is put in its place. Where
it was taken on the globe is not read: a position can lead to a source's door; the town
that somebody typed is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import ExifTags, Image, IptcImagePlugin

from dateline.languages import find

LARGEST_XMP = 256 * 1024
LONGEST_TEXT = 1000
DEFAULT = "x-default"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_XMP_NAMES = {
    f"{_DC}creator": "creator",
    f"{_DC}description": "caption",
    f"{_DC}rights": "rights",
    f"{_PHOTOSHOP}Credit": "credit",
    f"{_PHOTOSHOP}DateCreated": "taken_at",
    f"{_PHOTOSHOP}Headline": "headline",
    f"{_PHOTOSHOP}City": "city",
    f"{_PHOTOSHOP}Country": "country",
    f"{_IPTC_CORE}AltTextAccessibility": "alt_text",
}
_IPTC_NAMES = {
    (2, 80): "creator",
    (2, 90): "city",
    (2, 101): "country",
    (2, 105): "headline",
    (2, 110): "credit",
    (2, 116): "rights",
    (2, 120): "caption",
}
_IPTC_DATE, _IPTC_TIME, _IPTC_CHARSET = (2, 55), (2, 60), (1, 90)
_EXIF_NAMES = {
    ExifTags.Base.ImageDescription: "caption",
    ExifTags.Base.Artist: "creator",
    ExifTags.Base.Copyright: "rights",
}
_CAMERA_TALK = re.compile(
    r"(olympus|sony|samsung|kodak|minolta)( digital camera| dsc)?|dsc.?\d*"
    r"|digital camera|untitled|default|unknown|n/a",
    re.IGNORECASE,
)
"""What cameras write where nobody wrote anything."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

Told = dict[str, str]
InLanguages = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Embedded:
    """What was found in a file. An empty text was not told."""

    creator: str = ""
    credit: str = ""
    rights: str = ""
    headline: str = ""
    caption: str = ""
    alt_text: str = ""
    taken_at: str = ""
    city: str = ""
    country: str = ""
    captions: dict[str, str] = field(default_factory=dict)
    alt_texts: dict[str, str] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return what is not empty, to be kept with the picture."""
        return {name: value for name, value in asdict(self).items() if value}


def day_of(taken_at: str) -> date | None:
    """Return the day of what a file says of when it was taken."""
    try:
        return date.fromisoformat(taken_at[:10])
    except ValueError:
        return None


def read_metadata(image: Image.Image) -> Embedded:
    """Return what an opened picture says of itself; a broken record says nothing."""
    languages = _xmp(image)
    xmp = {name: texts[DEFAULT] for name, texts in languages.items()}
    found = _exif(image) | _iptc(image) | xmp
    told = {name: clean for name, text in found.items() if (clean := _cleaned(text))}
    return Embedded(
        **told,
        captions=_by_code(languages.get("caption", {})),
        alt_texts=_by_code(languages.get("alt_text", {})),
    )


def _cleaned(text: str) -> str:
    text = _CONTROL.sub("", text).strip()
    return "" if _CAMERA_TALK.fullmatch(text) else text[:LONGEST_TEXT]


def _by_code(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts by the house's codes; a language that it does not know is left."""
    found = ((find(tag), _cleaned(text)) for tag, text in texts.items())
    return {language.code: text for language, text in found if language and text}


def _xmp(image: Image.Image) -> InLanguages:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not raw or len(raw) > LARGEST_XMP:
        return {}
    try:
        root = fromstring(raw.strip(b"\0 \r\n\t"))
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return {}
    found: InLanguages = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, texts in _properties(description):
            found.setdefault(name, texts)
    if "taken_at" in found:
        found["taken_at"] = {DEFAULT: _iso(found["taken_at"][DEFAULT])}
    return found


def _properties(description: Element) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each known property: as attribute, plain element, list or alternatives."""
    for name, value in description.attrib.items():
        if name in _XMP_NAMES:
            yield _XMP_NAMES[name], {DEFAULT: value}
    for child in description:
        if child.tag in _XMP_NAMES:
            yield _XMP_NAMES[child.tag], _texts(child)


def _texts(element: Element) -> dict[str, str]:
    entries = list(element.iter(f"{_RDF}li"))
    told = [(entry.get(_LANG, ""), entry.text or "") for entry in entries]
    if any(tag for tag, _ in told):
        texts = dict(told)
        return {DEFAULT: next(iter(texts.values()))} | texts
    plain = ", ".join(filter(None, (text.strip() for _, text in told)))
    return {DEFAULT: plain if entries else element.text or ""}


def _iptc(image: Image.Image) -> Told:
    try:
        # Asks for a file's image, and reads every image that has been opened.
        records = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    except (OSError, SyntaxError, ValueError, AttributeError, TypeError):
        return {}
    is_utf8 = _first(records.get(_IPTC_CHARSET)) == b"\x1b%G"
    told = {
        name: _decoded(_first(records[number]), is_utf8=is_utf8)
        for number, name in _IPTC_NAMES.items()
        if number in records
    }
    day = _first(records.get(_IPTC_DATE)).decode("ascii", "ignore")
    clock = _first(records.get(_IPTC_TIME)).decode("ascii", "ignore")
    return told | ({"taken_at": taken} if (taken := _iso(_joined(day, clock))) else {})


def _joined(day: str, clock: str) -> str:
    """Return IPTC's 20261122 and 101500+0200 as one ISO moment."""
    return f"{day}T{clock}" if clock else day


def _first(value: bytes | list[bytes] | None) -> bytes:
    if isinstance(value, list):
        return value[0] if value else b""
    return value or b""


def _decoded(raw: bytes, *, is_utf8: bool) -> str:
    """Return text; agencies often write UTF-8 and forget to say so."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if is_utf8 else "cp1252", "replace")


def _exif(image: Image.Image) -> Told:
    try:
        exif = image.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError):
        return {}
    told = {
        name: _exif_text(exif.get(tag))
        for tag, name in _EXIF_NAMES.items()
        if exif.get(tag)
    }
    moment = _exif_text(inner.get(ExifTags.Base.DateTimeOriginal))
    zone = _exif_text(inner.get(ExifTags.Base.OffsetTimeOriginal))
    spelled = moment.replace(":", "-", 2).replace(" ", "T") + zone
    return told | ({"taken_at": taken} if (taken := _iso(spelled)) else {})


def _exif_text(value: Any) -> str:
    """Return EXIF's text; it is UTF-8 in practice, read as Latin-1 by the library."""
    if not isinstance(value, str):
        return ""
    try:
        text = value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = value
    # "photographer\0editor": two notices in one field.
    return ", ".join(part.strip() for part in text.split("\0") if part.strip())


def _iso(text: str) -> str:
    """Return a date or moment in one spelling, or nothing if it is neither."""
    text = text.strip()
    try:
        if "T" in text:
            return datetime.fromisoformat(text).isoformat(timespec="seconds")
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
