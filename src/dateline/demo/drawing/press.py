"""
A small printing press: blocks are carved, inked and pulled one over another.

Pictures are drawn in units of a sheet 1,600 wide. Each block is a mask carved at
twice the printed size, so that its edges come out clean, and takes one ink.
Pillow alone does the work; the same name always gives the same sheet.
"""

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Required, TypedDict, Unpack

from PIL import Image, ImageChops, ImageDraw, ImageFont

Point = tuple[float, float]
Box = tuple[int, int, int, int]
SHEET = 1600
FINENESS = 2


class Gouge(TypedDict, total=False):
    """How rows of cuts are made; each pair runs from the top of the box to its foot."""

    rows: Required[int]
    length: Required[tuple[float, float]]
    width: Required[tuple[float, float]]
    density: tuple[float, float]
    """How much of a row is cut."""
    power: float
    """Above 1 it crowds the rows at the top, as waves crowd at the horizon."""


class Block:
    """One carved block: `ink` where it stands, nothing where it was cut away."""

    def __init__(self, size: tuple[int, int], scale: float, rng: random.Random) -> None:
        self.mask = Image.new("L", size, 0)
        self._draw = ImageDraw.Draw(self.mask)
        self.scale = scale
        self.rng = rng

    def _at(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def all(self) -> None:
        self.mask.paste(255, (0, 0, *self.mask.size))

    def area(self, points: Iterable[Point], tone: int = 255) -> None:
        self._draw.polygon(self._at(points), fill=tone)

    def rect(
        self, x: float, y: float, width: float, height: float, tone: int = 255
    ) -> None:
        [start, end] = self._at([(x, y), (x + width, y + height)])
        # Pillow paints the last row too; on a small sheet nothing may be left of it.
        last = (max(start[0], end[0] - 1), max(start[1], end[1] - 1))
        self._draw.rectangle((*start, *last), fill=tone)

    def disc(self, x: float, y: float, radius: float, tone: int = 255) -> None:
        self.oval(x, y, radius, radius, tone)

    def oval(self, x: float, y: float, rx: float, ry: float, tone: int = 255) -> None:
        [start, end] = self._at([(x - rx, y - ry), (x + rx, y + ry)])
        self._draw.ellipse((*start, *end), fill=tone)

    def ring(
        self, x: float, y: float, radius: float, width: float, tone: int = 255
    ) -> None:
        reach = radius + width / 2
        [start, end] = self._at([(x - reach, y - reach), (x + reach, y + reach)])
        thick = max(1, round(width * self.scale))
        self._draw.ellipse((*start, *end), outline=tone, width=thick)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        angles: tuple[float, float],
        width: float,
    ) -> None:
        reach = radius + width / 2
        [first, last] = self._at([(x - reach, y - reach), (x + reach, y + reach)])
        thick = max(1, round(width * self.scale))
        self._draw.arc((*first, *last), *angles, fill=255, width=thick)

    def line(self, points: Sequence[Point], width: float, tone: int = 255) -> None:
        scaled = self._at(points)
        thick = max(1, round(width * self.scale))
        self._draw.line(scaled, fill=tone, width=thick, joint="curve")

    def dashes(
        self, points: Sequence[Point], width: float, dash: float = 16, gap: float = 12
    ) -> None:
        for start, end in _dashed(points, dash, gap):
            self.line([start, end], width)

    def stroke(
        self,
        x: float,
        y: float,
        length: float,
        width: float,
        *,
        lean: float = 0,
        tone: int = 255,
    ) -> None:
        """Make one cut of the gouge: pointed at both ends, thickest in the middle."""
        across = width / 2
        self.area(
            [
                (x, y),
                (x + length * 0.3, y + lean * 0.3 - across),
                (x + length * 0.7, y + lean * 0.7 - across * 0.8),
                (x + length, y + lean),
                (x + length * 0.65, y + lean * 0.65 + across * 0.8),
                (x + length * 0.25, y + lean * 0.25 + across),
            ],
            tone,
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        anchor: str = "mm",
        tone: int = 255,
    ) -> None:
        font = _font(max(6, round(size * self.scale)))
        self._draw.text(
            (x * self.scale, y * self.scale), words, fill=tone, font=font, anchor=anchor
        )

    def cuts(
        self,
        box: tuple[float, float, float, float],
        *,
        tone: int = 0,
        **gouge: Unpack[Gouge],
    ) -> None:
        """Fill a box with rows of level cuts; with `tone` 255 they print instead."""
        left, top, right, bottom = box
        rows, density = gouge["rows"], gouge.get("density", (1.0, 1.0))
        for row in range(rows):
            part = (row + 0.5) / rows
            y = top + (bottom - top) * part ** gouge.get("power", 1.0)
            share = _between(density, part)
            if share <= 0:
                continue
            long, thick = (
                _between(gouge["length"], part),
                _between(gouge["width"], part),
            )
            for start, end in self._cuts_of_a_row(left, right, long, share):
                if end - start > thick:
                    level = y + (self.rng.random() - 0.5) * thick
                    width = thick * (0.6 + 0.6 * self.rng.random())
                    self.stroke(start, level, end - start, width, tone=tone)

    def _cuts_of_a_row(
        self, left: float, right: float, long: float, share: float
    ) -> Iterator[tuple[float, float]]:
        x = left - self.rng.random() * long
        while x < right:
            reach = long * (0.45 + self.rng.random())
            # At the sheet's edge a cut runs off the paper; elsewhere it ends.
            start = x if left <= 0 else max(x, left)
            end = x + reach if right >= SHEET else min(x + reach, right)
            yield start, end
            x += reach / max(share, 0.02) * (0.75 + 0.5 * self.rng.random())


class Sheet:
    """A sheet of paper and the blocks pulled on it, in their order."""

    def __init__(
        self,
        name: str,
        paper: str,
        *,
        width: int = 1600,
        ratio: float = 1.5,
        grain: float = 1.0,
    ) -> None:
        self.size = (width, round(width / ratio))
        self.height = SHEET / ratio
        self.scale = FINENESS * width / SHEET
        self.rng = _dice(f"dateline {name}")
        self.paper = paper
        self.grain = grain
        self.pulled: list[tuple[Block, str, float]] = []

    def block(self, ink: str, *, strength: float = 1.0) -> Block:
        size = (self.size[0] * FINENESS, self.size[1] * FINENESS)
        block = Block(size, self.scale, self.rng)
        self.pulled.append((block, ink, strength))
        return block

    def print(self) -> Image.Image:
        """Return the printed sheet."""
        image = Image.new("RGB", self.size, self.paper)
        for place, (block, ink, strength) in enumerate(self.pulled):
            box = _inked(block.mask)
            if box:
                image.paste(ink, box, self._mask(block.mask, box, place, strength))
        return _on_paper(image, self.grain)

    def _mask(
        self, carved: Image.Image, box: Box, place: int, strength: float
    ) -> Image.Image:
        """Return how much of the ink reaches the paper within `box`."""
        left, top, right, bottom = (FINENESS * edge for edge in box)
        mask = carved.crop((left, top, right, bottom)).reduce(FINENESS)
        if self.grain:
            film = _ink_film(self.size, place % 3).crop(box)
            mask = ImageChops.multiply(mask, film)
        if strength < 1:
            mask = mask.point([round(tone * strength) for tone in range(256)])
        return mask


def _inked(mask: Image.Image) -> Box | None:
    """Return the part of the sheet that a block reaches, if it has any ink."""
    found = mask.getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    last_x, last_y = mask.size[0] // FINENESS, mask.size[1] // FINENESS
    return (
        left // FINENESS,
        top // FINENESS,
        min(-(-right // FINENESS), last_x),
        min(-(-bottom // FINENESS), last_y),
    )


def wave(x: float, *parts: tuple[float, float, float]) -> float:
    """Return the sum of sines (height, length, start) at `x`: a shore, a ridge."""
    return sum(
        h * math.sin(2 * math.pi * x / length + start) for h, length, start in parts
    )


def _between(pair: tuple[float, float], part: float) -> float:
    return pair[0] + (pair[1] - pair[0]) * part


def _dashed(
    points: Sequence[Point], dash: float, gap: float
) -> list[tuple[Point, Point]]:
    found: list[tuple[Point, Point]] = []
    rest, is_on = dash, True
    for start, end in pairwise(points):
        length = math.dist(start, end)
        done = 0.0
        while length - done > 1e-6:
            step = min(rest, length - done)
            here, there = (
                (
                    start[0] + (end[0] - start[0]) * at / length,
                    start[1] + (end[1] - start[1]) * at / length,
                )
                for at in (done, done + step)
            )
            if is_on:
                found.append((here, there))
            done += step
            rest -= step
            if rest <= 1e-6:
                is_on = not is_on
                rest = dash if is_on else gap
    return found


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


@lru_cache(maxsize=12)
def _ink_film(size: tuple[int, int], place: int) -> Image.Image:
    """Return how thick the ink lies: clouded by the roller, with a few pinholes."""
    rng = _dice(f"film {place}")
    clouds = _noise((size[0] // 90 + 2, size[1] // 90 + 2), rng).resize(
        size, Image.Resampling.BICUBIC
    )
    clouds = clouds.point([232 + tone * 23 // 255 for tone in range(256)])
    holes = _noise(size, rng).point(
        [176 if tone < 5 else 226 if tone < 22 else 255 for tone in range(256)]
    )
    return ImageChops.multiply(clouds, holes)


@lru_cache(maxsize=4)
def _fibers(size: tuple[int, int]) -> Image.Image:
    rng = _dice("paper")
    fine = _noise(size, rng)
    coarse = _noise((size[0] // 3 + 1, size[1] // 2 + 1), rng).resize(
        size, Image.Resampling.BILINEAR
    )
    return Image.blend(fine, coarse, 0.55).point([tone // 18 for tone in range(256)])


def _dice(seed: str) -> random.Random:
    """Return chance that falls the same way each time, so that no picture changes."""
    return random.Random(seed)  # noqa: S311  (a picture is no secret)


def _noise(size: tuple[int, int], rng: random.Random) -> Image.Image:
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))


def _on_paper(image: Image.Image, grain: float) -> Image.Image:
    if not grain:
        return image
    fibers = _fibers(image.size)
    return ImageChops.subtract(image, Image.merge("RGB", (fibers, fibers, fibers)))
