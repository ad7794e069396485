"""Drawn pictures, as files and as rows."""

from hashlib import sha1
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from dateline.demo.drawing import PICTURES, draw, encoded
from dateline.sources.models import Picture
from dateline.sources.vocabulary import PictureKind

FOLDER = "original_images"


def draw_all(width: int) -> dict[str, bytes]:
    """Return every picture of the paper as a file. It needs no database."""
    return {name: encoded(draw(name, width)) for name in PICTURES}


def keep_pictures(drawn: dict[str, bytes]) -> dict[str, Picture]:
    """Write files and rows; a file that a cut-short load left is replaced."""
    return {name: _keep(name, content) for name, content in drawn.items()}


def _keep(name: str, content: bytes) -> Picture:
    spec = PICTURES[name]
    path = f"{FOLDER}/{name}.jpg"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
    width, height = Image.open(BytesIO(content)).size
    picture = Picture(
        title=spec.title,
        file=path,
        width=width,
        height=height,
        file_size=len(content),
        file_hash=sha1(content, usedforsecurity=False).hexdigest(),
        kind=PictureKind.DRAWING,
        credit=spec.credit,
        rights=spec.rights,
        caption=spec.captions.get("en", ""),
        alt_text=spec.alts["en"],
        captions=spec.captions,
        alt_texts=spec.alts,
    )
    if spec.focus:
        picture.focal_point_x = round(spec.focus[0] * width)
        picture.focal_point_y = round(spec.focus[1] * height)
        picture.focal_point_width = picture.focal_point_height = round(width * 0.2)
    picture.save()
    return picture
