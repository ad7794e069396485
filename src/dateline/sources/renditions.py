"""
The sizes and formats in which readers get a picture, and their addresses.

A page prints addresses only, which follow from the picture's row; the first
request for one makes the rendition and keeps it. The address names what the
rendition was made from (the file, the credit that is written into it), so it may be
kept for ever. Nothing is cropped: the focal point is `object-position` in the page.
"""

import hashlib
import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from PIL import Image, ImageCms, ImageOps

from dateline.pagestore.tags import read
from dateline.sources import tags
from dateline.sources.models import Picture, PictureRendition
from dateline.sources.pictures import open_picture

WIDTHS = (320, 640, 960, 1280)
FALLBACK_WIDTH = 960
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}

_SAVING: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 52, "speed": 7},
    "webp": {"format": "WEBP", "quality": 74, "method": 4},
    "jpg": {"format": "JPEG", "quality": 78, "progressive": True, "optimize": True},
}
_ENCODERS = threading.BoundedSemaphore(2)
"""A new picture on a busy page is asked for a hundred times in its first second."""


@dataclass(frozen=True, slots=True)
class PictureSet:
    """What a `<picture>` needs, as addresses that may not exist as files yet."""

    avif_srcset: str
    webp_srcset: str
    src: str
    width: int
    height: int
    sizes: str
    focus: tuple[int, int]
    """The focal point in percent from the left and from the top."""

    @property
    def object_position(self) -> str:
        """Return the focal point as CSS spells it."""
        return f"{self.focus[0]}% {self.focus[1]}%"


def picture_set(picture: Picture, *, sizes: str = "100vw") -> PictureSet:
    """Return the addresses of a picture's renditions. Asks no database."""
    widths = widths_of(picture)
    fallback = max(w for w in widths if w <= FALLBACK_WIDTH)
    width = min(widths[-1], picture.width)
    return PictureSet(
        avif_srcset=_srcset(picture, widths, "avif"),
        webp_srcset=_srcset(picture, widths, "webp"),
        src=address(picture, fallback, "jpg"),
        width=width,
        height=scaled_height(picture, width),
        sizes=sizes,
        focus=_focus(picture),
    )


def widths_of(picture: Picture) -> list[int]:
    """Return the widths that a picture has; one even if it is smaller than all."""
    return [width for width in WIDTHS if width <= picture.width] or [WIDTHS[0]]


def scaled_height(picture: Picture, width: int) -> int:
    return max(1, int(picture.height * width / picture.width + 0.5))


def address(picture: Picture, width: int, format: str) -> str:
    """Return where a rendition is found."""
    made_from = version_of(picture)
    return f"{settings.MEDIA_URL}{picture.uid}/{made_from}/{width}.{format}"


def version_of(picture: Picture) -> str:
    """Return a short hash of all that a rendition is made from."""
    parts = (picture.file_hash or picture.file.name, picture.credit, picture.rights)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def pictures_by_id(ids: Iterable[int]) -> dict[int, Picture]:
    """Return the rows that a body's pictures refer to, in one query."""
    wanted = set(ids)
    read(*map(tags.picture, wanted))
    return shown_pictures().in_bulk(wanted) if wanted else {}


def shown_pictures() -> QuerySet[Picture]:
    """Return pictures with what pages print of them, and nothing else."""
    return Picture.objects.only(
        "uid", "title", "file", "file_hash", "width", "height", "credit", "rights",
        "alt_text", "alt_texts", "focal_point_x", "focal_point_y", "is_archive",
    )  # fmt: skip


def get_or_make(picture: Picture, width: int, format: str) -> PictureRendition:
    """
    Return a kept rendition, or make it; two requests at once make one.

    :raises OSError: the original is gone
    :raises PictureRefused: it no longer reads as a picture
    """
    made_from = version_of(picture)
    alike = PictureRendition.objects.filter(
        image=picture, filter_spec=_filter_spec(width, format)
    )
    kept = alike.filter(focal_point_key=made_from)
    found: PictureRendition | None = kept.first()
    if found is None:
        with _ENCODERS:
            found = kept.first() or _make(picture, width, format)
        alike.exclude(pk=found.pk).delete()
    return found


def _filter_spec(width: int, format: str) -> str:
    """Return what Wagtail calls this rendition."""
    return f"width-{width}|format-{'jpeg' if format == 'jpg' else format}"


def _make(picture: Picture, width: int, format: str) -> PictureRendition:
    # Wagtail's own encoder would drop the credit with all other metadata, and decode
    # a press photograph at full size, whatever width it is for.
    with picture.file.storage.open(picture.file.name) as original:
        made = encode(
            original.read(), width=width, format=format, xmp=credit_xmp(picture)
        )
    made_from = version_of(picture)
    name = f"{picture.uid}.{made_from}.{width}.{format}"
    row: PictureRendition = PictureRendition.objects.get_or_create(
        image=picture,
        filter_spec=_filter_spec(width, format),
        focal_point_key=made_from,
        defaults={"file": ContentFile(made, name)},
    )[0]
    return row


def encode(original: bytes, *, width: int, format: str, xmp: bytes = b"") -> bytes:
    """
    Return a picture upright, in sRGB, at most `width` wide, without its metadata.

    :raises PictureRefused: it is none, or holds too many pixels
    """
    with open_picture(original) as opened:
        # A JPEG can be decoded at an eighth of its size: a large one costs little.
        opened.draft("RGB", (width, width))
        upright = ImageOps.exif_transpose(opened)
    upright = _in_srgb(upright, keep_alpha=format != "jpg")
    if upright.width > width:
        height = max(1, round(upright.height * width / upright.width))
        upright = upright.resize((width, height), Image.Resampling.LANCZOS)
    for carried in ("exif", "xmp", "icc_profile", "comment", "photoshop"):
        upright.info.pop(carried, None)
    out = io.BytesIO()
    upright.save(out, **(_SAVING[format] | ({"xmp": xmp} if xmp else {})))
    return out.getvalue()


def _in_srgb(image: Image.Image, *, keep_alpha: bool) -> Image.Image:
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            return _by_profile(image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile costs some truth of color, not the picture
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if not has_alpha:
        return image.convert("RGB")
    image = image.convert("RGBA")
    if keep_alpha:
        return image
    paper = Image.new("RGB", image.size, (255, 255, 255))
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    ours = ImageCms.createProfile("sRGB")
    changed = ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB")
    return changed or image


def credit_xmp(picture: Picture) -> bytes:
    """Return credit and rights as XMP: the only metadata that leaves the house."""
    if not picture.credit and not picture.rights:
        return b""
    credit = escape(picture.credit, {'"': "&quot;"})
    rights = escape(picture.rights or picture.credit)
    return _XMP.format(credit=credit, rights=rights).encode()


_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' photoshop:Credit="{credit}">'
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt>'
    "</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)


def _srcset(picture: Picture, widths: list[int], format: str) -> str:
    return ", ".join(
        f"{address(picture, width, format)} {min(width, picture.width)}w"
        for width in widths
    )


def _focus(picture: Picture) -> tuple[int, int]:
    if picture.focal_point_x is None or picture.focal_point_y is None:
        return (50, 50)
    return (
        _percent(picture.focal_point_x, picture.width),
        _percent(picture.focal_point_y, picture.height),
    )


def _percent(part: int, whole: int) -> int:
    return max(0, min(100, round(100 * part / whole))) if whole else 50
