"""
Read IPTC's sheet of Media Topics and write it as the package's own small file.

A developer runs it, through `scripts/media-topics`, when IPTC has a new sheet.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml import ElementTree

LARGEST_PART = 30_000_000
"""Bytes of one unpacked part; the largest of the sheet of 2025 has 1.7 million."""

# IPTC's own language tags, by our codes; the first that has a name gives it.
COLUMNS = {
    "en": ("en-US", "en-GB"),
    "ar": ("ar",),
    "da": ("dk",),
    "de": ("de",),
    "es": ("es",),
    "fr": ("fr",),
    "no": ("no-NB",),
    "pt": ("pt-BR", "pt-PT"),
    "sv": ("se",),
    "zh-CN": ("zh-Hans",),
}

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CODE = re.compile(r"medtop:[0-9]{8}", re.ASCII)
_SPACE = re.compile(r"\s+")

Cells = dict[str, str]
"""One row: its texts by column letters."""


class UnreadableSheet(ValueError):
    """The file is not IPTC's sheet of Media Topics, or not as it was in 2025."""


def convert(sheet: Path, target: Path) -> int:
    """
    Write the topics of `sheet` to `target`, all or nothing; return how many.

    :raises UnreadableSheet: it is not a sheet of Media Topics
    """
    lines = ["\t".join(["code", "parent", "retired", *COLUMNS])]
    lines += ["\t".join(row) for row in _topics(_rows(sheet))]
    part = target.with_suffix(".part")
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(target)
    return len(lines) - 1


def _topics(rows: Iterable[Cells]) -> Iterator[list[str]]:
    rows = iter(rows)
    columns = _columns(rows)
    path: list[str] = []
    for cells in rows:
        code, depth = _place(cells, columns)
        if depth > len(path):
            raise UnreadableSheet(f"{code} has no parent in the sheet")
        path[depth:] = [code]
        parent = path[depth - 1] if depth else ""
        retired = cells.get(columns["RetiredDate"], "")[:10]
        yield [code, parent, retired, *_names(cells, columns)]
    if not path:
        raise UnreadableSheet("the sheet holds no topic")


def _columns(rows: Iterator[Cells]) -> dict[str, str]:
    """Return the letters of each column by its title, which a title line precedes."""
    for cells in rows:
        columns = {title: letters for letters, title in cells.items()}
        if {"RetiredDate", "Name (en-US)"} <= columns.keys():
            return columns
    raise UnreadableSheet("no row names the columns")


def _place(cells: Cells, columns: dict[str, str]) -> tuple[str, int]:
    """Return the topic's code and how deep it stands, 0 for the widest."""
    for depth in range(9):
        code = cells.get(columns.get(f"Level{depth + 1}/NewsCode", ""))
        if code and _CODE.fullmatch(code):
            return code, depth
    raise UnreadableSheet(f"a row has no code: {list(cells.values())[:2]}")


def _names(cells: Cells, columns: dict[str, str]) -> Iterator[str]:
    for tags in COLUMNS.values():
        names = (cells.get(columns.get(f"Name ({tag})", ""), "") for tag in tags)
        yield next((_SPACE.sub(" ", name).strip() for name in names if name), "")


def _rows(sheet: Path) -> Iterator[Cells]:
    try:
        with ZipFile(sheet) as package:
            strings = [_text(item) for item in _part(package, "xl/sharedStrings.xml")]
            table = _part(package, "xl/worksheets/sheet1.xml").find(f"{_MAIN}sheetData")
    except (BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise UnreadableSheet(f"{sheet.name} is no spreadsheet (.xlsx)") from error
    for row in [] if table is None else table:
        yield dict(_cells(row, strings))


def _cells(row: Element, strings: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row:
        letters = cell.get("r", "").rstrip("0123456789")
        text = _text(cell)
        if text and letters:
            # Most cells hold not a text but its number in the list of all texts.
            yield letters, strings[int(text)] if cell.get("t") == "s" else text


def _text(element: Element) -> str:
    texts = (part.text or "" for part in element.iter() if part.tag in _TEXTS)
    return "".join(texts)


_TEXTS = {f"{_MAIN}t", f"{_MAIN}v"}


def _part(package: ZipFile, name: str) -> Element:
    if package.getinfo(name).file_size > LARGEST_PART:
        raise UnreadableSheet(f"{name} is larger than {LARGEST_PART} bytes")
    root: Element = ElementTree.fromstring(package.read(name))
    return root


def main() -> None:
    """Convert the sheet named on the command line into the package's file."""
    target = Path(__file__).with_name("data") / "mediatopics.tsv"
    try:
        [sheet] = sys.argv[1:]
        count = convert(Path(sheet), target)
    except (ValueError, OSError) as error:
        sys.exit(f"usage: scripts/media-topics FILE.xlsx\n{error}")
    sys.stdout.write(f"{count} topics written to {target.name}\n")


if __name__ == "__main__":
    main()
