"""
Taking pictures in.

A file is a picture only if it decodes to its last row within limits; its name and its
declared type are not believed. Readers get re-encoded renditions (`renditions`), so
whatever else the file carries stays in the original.
"""

import io
import struct
import threading
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from wagtail.utils.file import hash_filelike

from dateline.people.models import User
from dateline.sources.models import Picture, Source
from dateline.sources.picture_metadata import Embedded, day_of, read_metadata

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
MOST_PIXELS = 80_000_000
"""All frames together; a camera of the press has half as many."""
LONGEST_SIDE = 16_000
"""WebP ends at 16,383."""
_MARKUP = (b"<svg", b"<?xml", b"<!doctype", b"<html", b"<script", b"<body")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
_UPRIGHT = 1
_ONE_AT_A_TIME = threading.Lock()
"""A picture of 80 million pixels takes 320 MB while it is looked at."""


class PictureRefused(Exception):
    """The file is not taken as a picture. The message says what to do."""

    code = "refused"
    message = "This picture cannot be used."

    def __init__(self) -> None:
        super().__init__(self.message)


class PictureEmpty(PictureRefused):
    code = "picture-empty"
    message = "The file is empty. Export the picture again."


class PictureTooLarge(PictureRefused):
    code = "picture-too-large"
    message = "The file is larger than 20 MB. Export it smaller: 3,000 pixels will do."


class PictureIsMarkup(PictureRefused):
    code = "picture-is-markup"
    message = (
        "This is a page or a drawing in SVG, which can carry programs. "
        "Export it as PNG, JPEG or WebP."
    )


class PictureUnknown(PictureRefused):
    code = "picture-unknown"
    message = "This is no JPEG, PNG, WebP, AVIF or GIF, whatever its name says."


class PictureTooManyPixels(PictureRefused):
    code = "picture-too-many-pixels"
    message = (
        "It has more than 80 million pixels, or a side of more than 16,000. "
        "Export it smaller."
    )


class PictureDamaged(PictureRefused):
    code = "picture-damaged"
    message = "The file ends early or is damaged. Export the picture again."


@dataclass(frozen=True, slots=True)
class Examined:
    """A picture that decodes whole, and what it says of itself."""

    content: bytes
    """The file as it came; turned upright if it was taken sideways."""
    extension: str
    embedded: Embedded


def receive_picture(
    file: BinaryIO,
    *,
    title: str,
    by: User | None,
    source: Source | None = None,
    **told: Any,
) -> Picture:
    """
    Take a picture in and keep its original.

    What `told` does not say (`credit`, `rights`, `caption`, `alt_text`…) is taken
    from the file's own metadata where it has any.

    :raises PictureRefused: with a code of its own for each reason
    """
    examined = examine(file)
    content = examined.content
    picture = Picture(title=title, uploaded_by_user=by, source=source, **told)
    fill_from(picture, examined.embedded)
    picture.file_size = len(content)
    picture.file_hash = hash_filelike(io.BytesIO(content))
    picture.file = ContentFile(content, name=f"{picture.uid}.{examined.extension}")
    picture.save()
    return picture


def examine(file: BinaryIO) -> Examined:
    """
    Return what a file shows, after decoding all of it.

    :raises PictureRefused: with a code of its own for each reason
    """
    content = _read(file)
    if not content:
        raise PictureEmpty
    if content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        raise PictureIsMarkup
    with _ONE_AT_A_TIME, open_picture(content) as image:
        embedded = read_metadata(image)
        extension = FORMATS[image.format or ""]
        content = _decoded(image, content)
    return Examined(content, extension, embedded)


def open_picture(content: bytes) -> Image.Image:
    """
    Open a picture without decoding it, if it is small enough to be decoded.

    :raises PictureRefused: it is none, or holds too many pixels
    """
    try:
        image = Image.open(io.BytesIO(content), formats=tuple(FORMATS))
        frames = getattr(image, "n_frames", 1)
    except UnidentifiedImageError:
        raise PictureUnknown from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooManyPixels from None
    except _BROKEN:
        raise PictureDamaged from None
    if max(image.size) > LONGEST_SIDE:
        raise PictureTooManyPixels
    if image.width * image.height * frames > MOST_PIXELS:
        raise PictureTooManyPixels
    return image


def fill_from(picture: Picture, embedded: Embedded) -> None:
    """Put what the file says of itself where nobody has said anything."""
    picture.embedded = embedded.told()
    said = {
        "credit": embedded.credit or embedded.creator,
        "rights": embedded.rights,
        "caption": embedded.caption,
        "alt_text": embedded.alt_text,
        "taken_at": embedded.taken_at,
        "taken_place": ", ".join(filter(None, (embedded.city, embedded.country))),
    }
    for name, text in said.items():
        if text and not getattr(picture, name):
            longest = getattr(Picture._meta.get_field(name), "max_length", None)
            setattr(picture, name, text[:longest])
    if picture.taken_on is None:
        picture.taken_on = day_of(embedded.taken_at)
    picture.captions = embedded.captions | picture.captions
    picture.alt_texts = embedded.alt_texts | picture.alt_texts


def _read(file: BinaryIO) -> bytes:
    largest: int = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    file.seek(0)
    content = file.read(largest + 1)
    file.seek(0)
    if len(content) > largest:
        raise PictureTooLarge
    return content


def _decoded(image: Image.Image, content: bytes) -> bytes:
    """
    Read the picture to its end: a header alone proves nothing.

    The desk and Wagtail count pixels as the file has them, so a picture that says
    "turn me" is turned once, here, and every focal point is where it was set.
    """
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, _UPRIGHT)
        if orientation != _UPRIGHT:
            return _upright(image)
        # A JPEG is decoded at an eighth of its size, and still to its last byte.
        image.draft("RGB", (1, 1))
        image.load()
    except (Image.DecompressionBombError, MemoryError):
        raise PictureTooManyPixels from None
    except _BROKEN:
        raise PictureDamaged from None
    return content


def _upright(image: Image.Image) -> bytes:
    carried = {
        name: image.info[name] for name in ("xmp", "icc_profile") if name in image.info
    }
    out = io.BytesIO()
    turned = ImageOps.exif_transpose(image)
    turned.save(out, image.format, quality=95, exif=turned.getexif(), **carried)
    return out.getvalue()
