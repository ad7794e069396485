"""
Make the paper's web fonts from the packages of Fontsource.

    npm pack @fontsource-variable/newsreader @fontsource-variable/source-serif-4 \
        @fontsource-variable/public-sans @fontsource-variable/libre-franklin
    (unpack each into a folder of its own name)
    pip install fonttools brotli
    python bench/fonts.py FOLDER src/dateline/website/static/website/fonts

A serif has two designs that matter to a page: sturdy for text, sharp for headlines.
Both axes of the original (weight and optical size) would cost three times the bytes,
so each serif is rebuilt with one axis that runs from regular text to semibold
display: a paragraph at 400 is text, a headline at 600 is the display cut.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.designspaceLib import (
    AxisDescriptor,
    DesignSpaceDocument,
    SourceDescriptor,
)
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import build
from fontTools.varLib.instancer import instantiateVariableFont

ASCII = [*range(0x20, 0x7F)]
MARKS = [
    *(0xA0, 0xA3, 0xA7, 0xA9, 0xAA, 0xAB, 0xB0, 0xB7, 0xBA, 0xBB, 0xD7),
    *(0x2009, 0x200A, 0x202F, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A),
    *(0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC),
    *(0x2116, 0x2212),
]
LETTERS = [c for c in range(0xC0, 0x100) if c not in (0xD7, 0xF7)]
LATIN = [*ASCII, *MARKS, 0xA1, 0xBF, *LETTERS, 0x131, 0x152, 0x153, 0x178]
IN_LATIN = {0x131, 0x152, 0x153, 0x178}
LATIN_EXT = [
    *(c for c in range(0x100, 0x180) if c not in IN_LATIN),
    *(0x18F, 0x259, *range(0x218, 0x21C), 0x2BB, 0x2BC, 0x300, 0x301, 0x303, 0x304),
    *(0x308, 0x309, 0x323, *range(0x1E80, 0x1E86), 0x1E9E, 0x1EF2, 0x1EF3),
    *(0x20A6, 0x20B1, 0x20B9, 0x20BA, 0x20BC),
]
# Also the dotted letters of Yoruba and Igbo.
VIETNAMESE = [*range(0x1EA0, 0x1EF2), *range(0x1EF4, 0x1EFA), 0x1A0, 0x1A1, 0x1AF]
VIETNAMESE += [0x1B0, 0x20AB]
CYRILLIC = [*range(0x400, 0x460), 0x490, 0x491, 0x4B0, 0x4B1, 0x2116]
CYRILLIC_EXT = [*range(0x492, 0x4A4), 0x4AE, 0x4AF, 0x4B2, 0x4B3, 0x4B6, 0x4B7]
CYRILLIC_EXT += [0x4BA, 0x4BB, 0x4D8, 0x4D9, 0x4E2, 0x4E3, 0x4E8, 0x4E9, 0x4EE, 0x4EF]

TEXT = {"opsz": 18, "wght": 400}
DISPLAY = {"opsz": 48, "wght": 600}

SERIFS = [
    ("newsreader", "latin", LATIN, "serif"),
    ("newsreader", "latin-ext", LATIN_EXT, "serif-ext"),
    ("newsreader", "vietnamese", VIETNAMESE, "serif-vietnamese"),
    ("source-serif-4", "cyrillic", CYRILLIC, "serif-cyrillic"),
    ("source-serif-4", "cyrillic-ext", CYRILLIC_EXT, "serif-cyrillic-ext"),
]
GROTESQUES = [
    ("public-sans", "latin", LATIN, "sans"),
    ("public-sans", "latin-ext", LATIN_EXT, "sans-ext"),
    ("public-sans", "vietnamese", VIETNAMESE, "sans-vietnamese"),
    ("libre-franklin", "cyrillic", CYRILLIC, "sans-cyrillic"),
    ("libre-franklin", "cyrillic-ext", CYRILLIC_EXT, "sans-cyrillic-ext"),
]


def subset(path: Path, codes: list[int]) -> TTFont:
    """Return the font with these characters and the features that the pages use."""
    font = TTFont(path)
    options = Options()
    options.layout_features = ["kern", "ccmp", "locl", "mark", "mkmk", "tnum"]
    options.hinting = False
    options.name_IDs = [0, 13, 14]
    chosen = Subsetter(options)
    chosen.populate(unicodes=codes)
    chosen.subset(font)
    return reopened(font)


def reopened(font: TTFont) -> TTFont:
    """Return the font written and read again: the instancer wants whole tables."""
    held = BytesIO()
    font.flavor = None
    font.save(held)
    held.seek(0)
    return TTFont(held)


def pinned(font: TTFont, place: dict[str, Any]) -> TTFont:
    """Return one static (or narrower) design of a variable font."""
    return reopened(instantiateVariableFont(font, place, inplace=False))


def from_text_to_display(font: TTFont) -> TTFont:
    """Return a font whose one axis goes from regular text to semibold display."""
    space = DesignSpaceDocument()
    axis = AxisDescriptor(name="Weight", tag="wght")
    axis.minimum = axis.default = TEXT["wght"]
    axis.maximum = DISPLAY["wght"]
    space.addAxis(axis)
    # The text's kerning serves both: varying it costs 5 KB and shows nowhere.
    kerning = pinned(font, TEXT)["GPOS"]
    for place in (TEXT, DISPLAY):
        design = pinned(font, place)
        del design["GPOS"]
        at = {"Weight": place["wght"]}
        space.addSource(SourceDescriptor(font=design, location=at, name=str(place)))
    made, _, _ = build(space)
    for tag in ("HVAR", "MVAR", "STAT"):
        if tag in made:
            del made[tag]
    made["GPOS"] = kerning
    return made


def save(font: TTFont, path: Path) -> None:
    """Write the font as WOFF2 under a name of ours, and say what it weighs."""
    # The Open Font License keeps some authors' names for their own versions.
    for number, text in ((1, "Dateline"), (2, "Regular"), (4, f"Dateline {path.stem}")):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(path)
    print(f"{path.stat().st_size:7,d}  {path.name}")


def make(packages: Path, out: Path) -> None:
    """Write every file that the style sheet names."""
    for family, script, codes, name in SERIFS:
        for style, ending in (("normal", ""), ("italic", "-italic")):
            source = f"{family}/files/{family}-{script}-standard-{style}.woff2"
            font = from_text_to_display(subset(packages / source, codes))
            save(font, out / f"{name}{ending}.woff2")
    for family, script, codes, name in GROTESQUES:
        source = f"{family}/files/{family}-{script}-wght-normal.woff2"
        font = pinned(subset(packages / source, codes), {"wght": (400, 700)})
        save(font, out / f"{name}.woff2")


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
