"""
The demonstration paper's pictures, drawn by code.

Duotones in the manner of a linocut: landscapes, charts, maps and emblems; no
faces. The same name always gives the same picture.
"""

import tomllib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from dateline.demo.drawing import figures, land, water
from dateline.demo.drawing.emblems import emblem

CREDIT = "Data and Maps Desk / The Pellorin Tidings"
RIGHTS = "Drawn by code for Dateline's demonstration paper (AGPL-3.0-or-later)."
WORDS = Path(__file__).parent.parent / "paper" / "pictures.toml"
SCENES = water.SCENES | land.SCENES | figures.SCENES
# The two that are not three to two would otherwise be the largest.
NARROW = {"skerrin-light": 2 / 3, "letters": 3 / 4}
FOCUS = {
    "harbour-dawn": (0.63, 0.5),
    "salt-bridge": (0.475, 0.46),
    "skerrin-light": (0.5, 0.22),
    "observatory": (0.39, 0.42),
    "the-pans": (0.55, 0.5),
    "letters": (0.5, 0.5),
    "tram-four": (0.36, 0.65),
    "dune-fence": (0.65, 0.66),
    "anchor": (0.4, 0.68),
    "cranes": (0.5, 0.55),
    "buoy": (0.6, 0.6),
    "region-map": (0.6, 0.5),
    "fog": (0.6, 0.5),
}


@dataclass(frozen=True)
class PictureSpec:
    """What is said of a picture, besides what it shows."""

    title: str
    alts: dict[str, str]
    captions: dict[str, str] = field(default_factory=dict)
    credit: str = CREDIT
    rights: str = RIGHTS
    focus: tuple[float, float] | None = None


def _specs() -> dict[str, PictureSpec]:
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {
        name: PictureSpec(
            title=words[name]["title"], alts=words[name]["alts"], focus=FOCUS.get(name)
        )
        for name in SCENES
    }


PICTURES = _specs()


def draw(name: str, width: int = 1600) -> Image.Image:
    """Return the picture of that name; portraits and squares come narrower."""
    return SCENES[name](round(width * NARROW.get(name, 1)))


def portrait(slug: str, width: int = 480) -> Image.Image:
    """Return the emblem that stands beside a contributor's name."""
    return emblem(slug, width)


def encoded(image: Image.Image, quality: int = 90) -> bytes:
    """Return the image as a JPEG file."""
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=False, subsampling=0)
    return out.getvalue()
