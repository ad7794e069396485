"""Scenes of harbor and sea."""

import math
from itertools import product

from PIL import Image

from dateline.demo.drawing.palette import (
    CORAL,
    DEEP,
    GOLD,
    INK,
    LAMP,
    NAVY,
    PALE,
    RUST,
    SAND,
    SEA,
    TEAL,
)
from dateline.demo.drawing.press import Block, Sheet, wave


def harbour_dawn(width: int) -> Image.Image:
    s = Sheet("harbour-dawn", "#f4e4cf", width=width)
    h = 560
    sky = s.block("#eab48a")
    sky.cuts(
        (0, 40, 1600, h),
        rows=46,
        length=(260, 520),
        width=(2, 9),
        density=(0.15, 0.95),
        tone=255,
    )
    sun = s.block(CORAL)
    sun.disc(1060, h - 6, 118)
    hills = s.block("#a88f80")
    hills.area(
        [
            (0, h),
            *[
                (x, h - 62 - wave(x, (34, 900, 0.5), (12, 310, 1)))
                for x in range(0, 760, 12)
            ],
            (760, h),
        ]
    )
    sea = s.block(SEA)
    sea.rect(0, h, 1600, s.height - h)
    sea.cuts(
        (0, h + 4, 1600, s.height),
        rows=64,
        length=(70, 300),
        width=(2, 11),
        density=(0.2, 0.34),
        power=1.7,
    )
    glitter = s.block(CORAL)
    for row in range(34):
        y = h + 6 + 480 * (row / 34) ** 1.5
        spread = 30 + row * 7
        for _ in range(3):
            x = 1060 + (s.rng.random() - 0.5) * 2 * spread
            glitter.stroke(x - 20 - row * 2, y, 40 + row * 4, 2.5 + row * 0.28)
    far = s.block(TEAL)
    far.area([(1296, h + 12), (1600, h - 2), (1600, h + 34), (1296, h + 20)])
    _light(far, 1330, h + 12, 0.7)
    near = s.block(INK)
    _smack(near, 210, 770, 1.25)
    _smack(near, 560, 700, 0.8)
    near.area([(0, 1067), (0, 930), (520, 962), (900, 1010), (1240, 1067)])
    near.area(
        [
            (250, 946),
            (256, 890),
            (240, 876),
            (244, 858),
            (306, 858),
            (310, 876),
            (294, 890),
            (300, 950),
        ]
    )
    near.cuts(
        (0, 960, 1000, 1060),
        rows=7,
        length=(160, 260),
        width=(2, 4),
        density=(0.25, 0.4),
    )
    gulls = s.block(INK)
    for x, y, k in ((760, 230, 1.0), (850, 190, 0.7), (905, 262, 0.55)):
        gulls.stroke(x - 42 * k, y - 14 * k, 44 * k, 7 * k, lean=16 * k)
        gulls.stroke(x, y + 2 * k, 44 * k, 7 * k, lean=-18 * k)
    return s.print()


def _light(b: Block, x: float, y: float, k: float) -> None:
    b.area(
        [
            (x - 22 * k, y),
            (x - 14 * k, y - 150 * k),
            (x + 14 * k, y - 150 * k),
            (x + 22 * k, y),
        ]
    )
    b.rect(x - 22 * k, y - 158 * k, 44 * k, 9 * k)
    b.rect(x - 11 * k, y - 186 * k, 22 * k, 28 * k)
    b.area([(x - 16 * k, y - 186 * k), (x, y - 208 * k), (x + 16 * k, y - 186 * k)])


def _smack(b: Block, x: float, y: float, k: float) -> None:
    """Draw a moored fishing smack with her reflection."""
    b.area(
        [
            (x - 150 * k, y - 34 * k),
            (x + 170 * k, y - 46 * k),
            (x + 120 * k, y + 22 * k),
            (x - 116 * k, y + 22 * k),
        ]
    )
    b.line([(x - 30 * k, y - 30 * k), (x - 30 * k, y - 420 * k)], 8 * k)
    b.line([(x + 84 * k, y - 30 * k), (x + 84 * k, y - 250 * k)], 6 * k)
    b.line([(x - 30 * k, y - 400 * k), (x + 168 * k, y - 46 * k)], 2 * k)
    b.line([(x - 30 * k, y - 400 * k), (x - 148 * k, y - 34 * k)], 2 * k)
    b.area(
        [
            (x - 30 * k, y - 90 * k),
            (x - 20 * k, y - 110 * k),
            (x + 76 * k, y - 60 * k),
            (x + 74 * k, y - 46 * k),
        ]
    )
    b.rect(x - 96 * k, y - 78 * k, 52 * k, 40 * k)
    for row in range(11):
        reach = (260 - row * 17) * k
        b.stroke(x - reach / 2 + _sway(row) * k, y + (34 + row * 13) * k, reach, 7 * k)


def _sway(row: int) -> float:
    return 14 * math.sin(row * 1.9)


def northern_basin(width: int) -> Image.Image:
    s = Sheet("northern-basin", PALE, width=width)
    h = 470
    sky = s.block("#cfd3c8")
    sky.cuts(
        (0, 30, 1600, h),
        rows=30,
        length=(420, 620),
        width=(3, 9),
        density=(0.5, 0.2),
        tone=255,
    )
    back = s.block("#9aaaa4")
    for x, w, top in (
        (0, 210, 392),
        (230, 150, 360),
        (400, 260, 404),
        (700, 190, 376),
        (930, 300, 412),
        (1260, 130, 368),
        (1410, 190, 400),
    ):
        back.area([(x, h), (x, top), (x + w * 0.5, top - 34), (x + w, top), (x + w, h)])
    for x in (560, 840, 1120):
        _gantry(back, x, h, 0.62)
    water = s.block(SEA)
    water.rect(0, h + 14, 1600, 600)
    water.cuts(
        (0, h + 26, 1600, 1067),
        rows=46,
        length=(60, 260),
        width=(2, 10),
        density=(0.16, 0.34),
        power=1.5,
    )
    dark = s.block(NAVY)
    dark.rect(0, h, 1600, 16)
    dark.area([(1600, h), (1600, 1067), (1180, 1067), (1490, h)])
    for i in range(9):
        t = i / 9
        x = 1500 - 330 * t**1.4
        y = h + 10 + 540 * t**1.4
        dark.area(
            [
                (x - 2, y),
                (x - 8 - 18 * t, y + 6),
                (x - 8 - 18 * t, y + 30 + 60 * t),
                (x - 2, y + 34 + 66 * t),
            ]
        )
    _coaster(dark, 430, 720, 1.1)
    light = s.block("#e8c37a")
    for i in range(3):
        light.rect(146 + i * 34, 574, 17, 15)
    far_ship = s.block(TEAL)
    _coaster(far_ship, 1010, 552, 0.55)
    cut = s.block(SEA)
    for i in range(22):
        t = i / 22
        cut.stroke(
            1590 - 20 - 330 * t - 60, 500 + 540 * t, 60 + 260 * t, 2 + 4 * t, lean=0
        )
    return s.print()


def _gantry(b: Block, x: float, y: float, k: float, *, raised: bool = False) -> None:
    """Draw a ship-to-shore crane, boom to the left."""
    for dx in (0, 108):
        b.line([(x + dx * k, y), (x + dx * k, y - 300 * k)], 12 * k)
    b.line([(x, y - 150 * k), (x + 108 * k, y - 150 * k)], 10 * k)
    b.line([(x, y - 150 * k), (x + 108 * k, y - 290 * k)], 5 * k)
    b.line([(x + 54 * k, y - 300 * k), (x + 54 * k, y - 420 * k)], 9 * k)
    b.line([(x - 10 * k, y - 300 * k), (x + 200 * k, y - 300 * k)], 14 * k)
    tip = (x - 150 * k, y - 540 * k) if raised else (x - 250 * k, y - 304 * k)
    b.line([(x, y - 300 * k), tip], 11 * k)
    b.line([(x + 54 * k, y - 418 * k), (x + 196 * k, y - 302 * k)], 4 * k)
    middle = ((x + tip[0]) / 2, (y - 300 * k + tip[1]) / 2)
    b.line([(x + 54 * k, y - 418 * k), tip], 3.4 * k)
    b.line([(x + 54 * k, y - 418 * k), middle], 3.4 * k)
    b.rect(x + 120 * k, y - 330 * k, 60 * k, 34 * k)
    if not raised:
        b.rect(x - 60 * k, y - 296 * k, 26 * k, 24 * k)


def _coaster(b: Block, x: float, y: float, k: float) -> None:
    b.area(
        [
            (x - 330 * k, y - 66 * k),
            (x - 300 * k, y),
            (x + 270 * k, y),
            (x + 350 * k, y - 92 * k),
            (x + 250 * k, y - 66 * k),
            (x - 120 * k, y - 56 * k),
        ]
    )
    b.rect(x - 290 * k, y - 156 * k, 130 * k, 96 * k)
    b.rect(x - 272 * k, y - 196 * k, 92 * k, 44 * k)
    b.rect(x - 290 * k, y - 250 * k, 34 * k, 70 * k)
    b.line([(x + 210 * k, y - 66 * k), (x + 210 * k, y - 260 * k)], 7 * k)
    b.line([(x + 210 * k, y - 250 * k), (x + 70 * k, y - 110 * k)], 4 * k)
    b.line([(x + 20 * k, y - 60 * k), (x + 20 * k, y - 220 * k)], 6 * k)
    for row in range(8):
        reach = (560 - row * 52) * k
        b.stroke(x - reach / 2 + _sway(row) * k, y + (12 + row * 12) * k, reach, 6 * k)


def boom_line(width: int) -> Image.Image:
    s = Sheet("boom-line", "#c9d4cf", width=width)
    clean = s.block("#8fb0ae")
    clean.cuts(
        (0, 0, 1600, 1067),
        rows=54,
        length=(120, 240),
        width=(3, 7),
        density=(0.3, 0.42),
        tone=255,
    )
    oil = s.block(INK)
    edge = [
        (760 + wave(y, (210, 1500, 0.4), (36, 420, 2)), y) for y in range(-20, 1100, 10)
    ]
    oil.area([(0, -20), *edge, (0, 1090)])
    sheen = s.block("#4a5560")
    for i in range(30):
        shift = 34 + i * 31
        points = [(x - shift - wave(y, (8 + 1.6 * i, 520, 1.2)), y) for x, y in edge]
        start = int(s.rng.random() * 22) - 10
        while start < len(points):
            reach = 12 + int(s.rng.random() * 26)
            piece = points[max(start, 0) : start + reach]
            if len(piece) > 4:
                sheen.line(piece, 2.6 + s.rng.random() * 2)
            start += reach + 6 + int(s.rng.random() * 20)
    boom = s.block(RUST)
    boom.line(edge, 30)
    joint = s.block(SAND)
    for x, y in edge[::9]:
        joint.disc(x, y, 9)
    wake = s.block("#f0eee2")
    for x, y in edge[2::3]:
        wake.stroke(x + 24, y, 26 + s.rng.random() * 50, 4)
    boat = s.block(INK)
    boat.area(
        [(1180, 700), (1216, 640), (1250, 620), (1258, 656), (1226, 716), (1192, 726)]
    )
    cabin = s.block(SAND)
    cabin.area([(1206, 690), (1224, 660), (1240, 668), (1220, 700)])
    wake.line([(1186, 720), (1100, 860)], 3)
    wake.line([(1196, 728), (1140, 880)], 3)
    return s.print()


def salt_bridge(width: int) -> Image.Image:
    s = Sheet("salt-bridge", "#efe3cf", width=width)
    h = 640
    sky = s.block("#e2bf97")
    sky.cuts(
        (0, 20, 1600, h),
        rows=52,
        length=(300, 560),
        width=(2, 8),
        density=(0.05, 0.85),
        tone=255,
    )
    town = s.block("#b59a86")
    x = 0.0
    while x < 1600:
        w = 38 + s.rng.random() * 70
        top = 520 - s.rng.random() * 70 - 50 * math.exp(-(((x - 1180) / 300) ** 2))
        town.area([(x, h), (x, top), (x + w / 2, top - 26), (x + w, top), (x + w, h)])
        x += w
    town.area([(1188, 480), (1196, 330), (1206, 300), (1216, 330), (1224, 480)])
    water = s.block(SEA)
    water.rect(0, h, 1600, 500)
    water.cuts(
        (0, h + 8, 1600, 1067),
        rows=46,
        length=(80, 330),
        width=(2, 11),
        density=(0.24, 0.36),
        power=1.6,
    )
    iron = s.block(INK)
    _swing_span(iron, 760, 560)
    stone = s.block(NAVY)
    stone.area([(676, 586), (844, 586), (872, 760), (648, 760)])
    stone.oval(760, 586, 96, 20)
    stone.oval(760, 760, 124, 24)
    stone.area([(0, 566), (96, 566), (120, 720), (0, 752)])
    stone.area([(1600, 560), (1466, 560), (1440, 706), (1600, 738)])
    stone.cuts(
        (660, 610, 860, 756), rows=8, length=(50, 70), width=(2, 3), density=(0.5, 0.5)
    )
    for row in range(24):
        reach = 250 - row * 5
        stone.stroke(760 - reach / 2 + _sway(row), 792 + row * 12, reach, 8)
    walkers = s.block(INK)
    for x, k in (
        (420, 1),
        (452, 0.92),
        (560, 1),
        (930, 1),
        (952, 0.9),
        (1090, 1),
        (1250, 0.95),
    ):
        walkers.oval(x, 508, 5 * k, 6 * k)
        walkers.area(
            [(x - 7 * k, 546), (x - 6 * k, 516), (x + 6 * k, 516), (x + 7 * k, 546)]
        )
    lamp = s.block(GOLD)
    lamp.rect(744, 396, 32, 20)
    for row in range(10):
        lamp.stroke(742 + _sway(row), 800 + row * 22, 40, 5)
    return s.print()


def _swing_span(b: Block, x: float, y: float) -> None:
    """Draw an iron truss, high over its pivot, with the keeper's cabin."""
    half = 660
    b.rect(x - half, y - 16, 2 * half, 26)
    b.rect(x - half, y - 50, 2 * half, 3)

    def top(dx: float) -> float:
        bow = math.cos(min(1, abs(dx) / half) * math.pi / 2)
        return float(y - 66 - 120 * bow**1.3)

    panels = 22
    edge = [
        (x + half * (2 * i / panels - 1), top(half * (2 * i / panels - 1)))
        for i in range(panels + 1)
    ]
    b.line(edge, 13)
    for i, (px, py) in enumerate(edge):
        b.line([(px, py), (px, y)], 6)
        if i < panels:
            nx, ny = edge[i + 1]
            b.line(
                [(px, py), (nx, y - 8)] if i < panels / 2 else [(px, y - 8), (nx, ny)],
                4,
            )
    b.area(
        [
            (x - 54, y - 150),
            (x - 54, y - 186),
            (x - 62, y - 192),
            (x, y - 236),
            (x + 62, y - 192),
            (x + 54, y - 186),
            (x + 54, y - 150),
        ]
    )
    b.line([(x, y - 230), (x, y - 280)], 4)
    for dx in (-40, -12, 20):
        b.rect(x + dx, y - 180, 18, 18, tone=0)


def old_quay_night(width: int) -> Image.Image:
    s = Sheet("old-quay-night", "#16283a", width=width)
    h = 660
    sky = s.block("#24405a")
    sky.cuts(
        (0, 0, 1600, 470),
        rows=34,
        length=(260, 420),
        width=(4, 8),
        density=(0.12, 0.62),
        tone=255,
    )
    houses = s.block("#0c1722")
    x = -20.0
    fronts: list[tuple[float, float, float]] = []
    while x < 1600:
        w = 92 + s.rng.random() * 76
        top = 330 + s.rng.random() * 90
        houses.area(
            [(x, h), (x, top), (x + w * 0.5, top - 70), (x + w, top), (x + w, h)]
        )
        houses.rect(x + w * 0.2, top - 84, 18, 60)
        fronts.append((x, w, top))
        x += w
    _windows(s.block(LAMP), fronts)
    quay = s.block("#3d5568")
    quay.rect(0, h - 12, 1600, 40)
    quay.cuts(
        (0, h + 28, 1600, h + 150),
        rows=8,
        length=(60, 90),
        width=(3, 4),
        density=(0.55, 0.55),
        tone=255,
    )
    for step in range(7):
        quay.rect(930 - step * 10, h + 28 + step * 18, 210 + step * 20, 9)
    water = s.block("#0c1722")
    water.rect(0, h + 156, 1600, 300)
    shine = s.block("#3d5568")
    shine.cuts(
        (0, h + 166, 1600, 1067),
        rows=24,
        length=(80, 220),
        width=(3, 7),
        density=(0.14, 0.2),
        tone=255,
    )
    _lamps(s, h, (150, 470, 790, 1230, 1500))
    return s.print()


def _windows(b: Block, fronts: list[tuple[float, float, float]]) -> None:
    """Light a third of the windows of a row of houses."""
    for x, w, top in fronts:
        for row, column in product(range(3), range(3)):
            if b.rng.random() < 0.34:
                b.rect(x + w * (0.2 + 0.25 * column), top + 34 + row * 74, 15, 28)


def _lamps(s: Sheet, quay: float, places: tuple[float, ...]) -> None:
    """Set street lamps on a quay, each with its rays and its path on the water."""
    path, post = s.block("#d9a94f"), s.block("#6d8296")
    rays, lamp = s.block("#f4d58a", strength=0.5), s.block(LAMP)
    for x in places:
        for row in range(18):
            reach = 46 + s.rng.random() * 60
            path.stroke(
                x - reach / 2 + _sway(row), quay + 172 + row * 14, reach, 4 + row * 0.18
            )
        post.line([(x, quay - 6), (x, quay - 150)], 7)
        post.line([(x - 26, quay - 150), (x + 26, quay - 150)], 5)
        for ray in range(16):
            turn = math.tau * ray / 16
            [inner, outer] = [
                (x + reach * math.cos(turn), quay - 170 + reach * math.sin(turn))
                for reach in (34, 50 + 16 * (ray % 2))
            ]
            rays.line([inner, outer], 3)
        lamp.area(
            [
                (x - 14, quay - 150),
                (x - 18, quay - 180),
                (x, quay - 194),
                (x + 18, quay - 180),
                (x + 14, quay - 150),
            ]
        )


def skerrin_light(width: int) -> Image.Image:
    s = Sheet("skerrin-light", "#e6d5bd", width=width, ratio=2 / 3)
    k = 1600 / 1067
    h = 1560 * k / 1.5 * 1.0
    sky = s.block("#c58d6d")
    sky.cuts(
        (0, 200, 1600, h),
        rows=70,
        length=(360, 620),
        width=(3, 15),
        density=(0.05, 1.0),
        tone=255,
    )
    high = s.block(TEAL)
    high.cuts(
        (0, 0, 1600, 900),
        rows=46,
        length=(700, 420),
        width=(22, 5),
        density=(1.3, 0.12),
        tone=255,
    )
    beam = s.block("#f4dfaa", strength=0.86)
    beam.area([(812, 520), (1600, 330), (1600, 560), (812, 540)])
    beam.area([(788, 520), (0, 420), (0, 560), (788, 540)])
    beam.cuts(
        (900, 330, 1600, 560),
        rows=12,
        length=(240, 360),
        width=(3, 6),
        density=(0.16, 0.16),
    )
    beam.cuts(
        (0, 420, 700, 560),
        rows=8,
        length=(240, 360),
        width=(3, 6),
        density=(0.16, 0.16),
    )
    sea = s.block("#557f86")
    sea.rect(0, h, 1600, 1000)
    sea.cuts(
        (0, h + 10, 1600, 2400),
        rows=44,
        length=(110, 420),
        width=(3, 17),
        density=(0.25, 0.4),
        power=1.6,
    )
    rock = s.block(INK)
    rock.area(
        [
            (120, 2130),
            (230, 1900),
            (330, 1870),
            (420, 1730),
            (560, 1700),
            (640, 1600),
            (970, 1590),
            (1070, 1690),
            (1180, 1710),
            (1290, 1850),
            (1400, 1880),
            (1520, 2130),
        ]
    )
    rock.cuts(
        (300, 1740, 1330, 2110),
        rows=20,
        length=(60, 120),
        width=(4, 6),
        density=(0.16, 0.3),
    )
    for row in range(10):
        reach = 1300 - row * 70
        rock.stroke(820 - reach / 2 + _sway(row) * 2, 2150 + row * 24, reach, 12)
    tower = s.block("#f3ead8")
    tower.area([(668, 1620), (716, 640), (884, 640), (932, 1620)])
    shade = s.block("#b98a70")
    shade.area([(846, 1620), (838, 640), (884, 640), (932, 1620)])
    for row in range(48):
        y = 660 + row * 20
        tooth = 46 + row * 0.5
        shade.stroke(842 - tooth * 0.7, y, tooth, 4)
    dark = s.block(INK)
    dark.rect(690, 616, 220, 26)
    dark.rect(738, 486, 8, 132)
    dark.rect(854, 486, 8, 132)
    dark.area([(716, 488), (740, 440), (800, 396), (860, 440), (884, 488)])
    dark.rect(796, 340, 8, 60)
    for x in range(690, 911, 22):
        dark.rect(x, 580, 4, 40)
    dark.rect(690, 576, 220, 5)
    dark.rect(770, 1440, 60, 180)
    dark.oval(800, 1440, 30, 30)
    dark.rect(782, 980, 36, 58)
    lamp = s.block(LAMP)
    lamp.rect(748, 494, 104, 76)
    lamp.rect(786, 1226, 30, 46)
    hut = s.block("#22343d")
    hut.area([(956, 1640), (956, 1530), (1040, 1470), (1124, 1530), (1124, 1740)])
    window = s.block(LAMP)
    window.rect(1002, 1562, 30, 36)
    return s.print()


def night_sky(width: int) -> Image.Image:
    s = Sheet("night-sky", DEEP, width=width)
    h = 812
    band = s.block("#26435a", strength=0.9)
    rng = s.rng
    for _ in range(900):
        t = rng.random()
        spread = rng.gauss(0, 1)
        x = -80 + 1760 * t + spread * 46
        y = 640 - 560 * t + spread * 92
        if y < h - 10:
            band.stroke(x, y, 24 + rng.random() * 60, 3 + rng.random() * 4, lean=-14)
    fine = s.block("#d9d6c3")
    for _ in range(780):
        x, y = rng.random() * 1600, rng.random() * (h - 14)
        fine.disc(x, y, 0.8 + 1.3 * rng.random() ** 3)
    bright = s.block("#f3ecd6")
    for _ in range(46):
        x, y = rng.random() * 1600, rng.random() * (h - 60)
        r = 2.2 + 2.6 * rng.random()
        bright.disc(x, y, r)
        if r > 4:
            bright.stroke(x - 16, y, 32, 2.2)
            bright.area([(x, y - 16), (x + 1.4, y), (x, y + 16), (x - 1.4, y)])
    sea = s.block("#0a141c")
    sea.rect(0, h, 1600, 300)
    shine = s.block("#31536a")
    shine.cuts(
        (0, h + 4, 1600, 1067),
        rows=28,
        length=(60, 280),
        width=(1.6, 9),
        density=(0.26, 0.3),
        power=1.6,
        tone=255,
    )
    ship = s.block("#0a141c")
    ship.area(
        [
            (1130, h - 4),
            (1140, h + 4),
            (1262, h + 4),
            (1276, h - 8),
            (1180, h - 5),
            (1180, h - 26),
            (1146, h - 26),
            (1146, h - 5),
        ]
    )
    ship.line([(1244, h - 6), (1244, h - 40)], 3)
    lights = s.block(LAMP)
    lights.disc(1244, h - 42, 3.4)
    lights.disc(1164, h - 32, 3)
    lights.rect(1152, h - 20, 22, 5)
    for row in range(9):
        lights.stroke(1232 + _sway(row) * 0.6, h + 14 + row * 13, 26, 3)
    return s.print()


def fog(width: int) -> Image.Image:
    s = Sheet("fog", "#dfe0da", width=width, grain=1)
    tones = ["#d3d6d0", "#c3c8c3", "#aab2af", "#8b9694"]
    haze = s.block(tones[0])
    haze.cuts(
        (0, 60, 1600, 1000),
        rows=30,
        length=(520, 760),
        width=(10, 16),
        density=(0.3, 0.7),
        tone=255,
    )
    end = s.block(tones[0])
    end.area([(1120, 640), (1190, 636), (1190, 660), (1120, 662)])
    _light(end, 1150, 640, 1.35)
    steps = ((980, 1130, 0), (820, 1000, 1), (600, 840, 2), (300, 620, 3))
    for left, right, tone in steps:
        part = s.block(tones[tone])
        part.area(
            [
                (left, 655 + (1130 - left) * 0.16),
                (right, 655 + (1130 - right) * 0.16),
                (right, 668 + (1130 - right) * 0.34),
                (left, 668 + (1130 - left) * 0.34),
            ]
        )
    near = s.block("#5f6d6d")
    near.area([(-10, 838), (320, 786), (320, 944), (-10, 1067)])
    near.cuts(
        (0, 860, 310, 1040), rows=7, length=(90, 140), width=(3, 5), density=(0.4, 0.5)
    )
    for x, y, k in ((70, 826, 1.0), (260, 796, 0.8)):
        near.area(
            [
                (x - 18 * k, y + 4),
                (x - 14 * k, y - 44 * k),
                (x - 24 * k, y - 54 * k),
                (x + 24 * k, y - 54 * k),
                (x + 14 * k, y - 44 * k),
                (x + 18 * k, y + 4),
            ]
        )
    water = s.block(tones[1])
    water.cuts(
        (330, 760, 1600, 1067),
        rows=20,
        length=(120, 380),
        width=(3, 10),
        density=(0.06, 0.22),
        power=1.4,
        tone=255,
    )
    veil = s.block("#e9e9e3", strength=0.85)
    veil.cuts(
        (200, 560, 1600, 800),
        rows=16,
        length=(300, 620),
        width=(8, 14),
        density=(0.25, 0.32),
        tone=255,
    )
    lamp = s.block("#e9c98a", strength=0.75)
    lamp.disc(1150, 404, 17)
    ring = s.block("#f1e3bd", strength=0.4)
    ring.disc(1150, 404, 48)
    return s.print()


def cranes(width: int) -> Image.Image:
    s = Sheet("cranes", "#f0d9bb", width=width)
    h = 770
    sky = s.block("#dc9a6c")
    sky.cuts(
        (0, 120, 1600, h),
        rows=58,
        length=(340, 600),
        width=(3, 11),
        density=(0.05, 1.0),
        tone=255,
    )
    sun = s.block("#f6ead2")
    sun.disc(330, 600, 84)
    back = s.block("#a9685a")
    back.rect(0, h - 56, 1600, 60)
    for x, w, t in (
        (40, 130, 90),
        (200, 80, 120),
        (640, 200, 84),
        (1010, 150, 110),
        (1420, 160, 92),
    ):
        back.rect(x, h - t, w, t)
    tall = s.block(INK)
    _gantry(tall, 300, h, 1.12)
    _gantry(tall, 680, h, 1.12)
    _gantry(tall, 1040, h, 1.12)
    _gantry(tall, 1390, h, 1.12, raised=True)
    tall.rect(0, h - 12, 1600, 44)
    boxes = s.block("#7a3f33")
    for stack, (x, count) in enumerate(((440, 2), (500, 3), (560, 3), (620, 1))):
        for level in range(count):
            boxes.rect(x + stack * 2, h - 74 - level * 36 + 22, 54, 31)
    water = s.block(NAVY)
    water.rect(0, h + 32, 1600, 300)
    water.cuts(
        (0, h + 40, 1600, 1067),
        rows=26,
        length=(90, 320),
        width=(2, 10),
        density=(0.22, 0.36),
        power=1.4,
    )
    glint = s.block("#dc9a6c")
    for row in range(16):
        reach = 90 + row * 9
        glint.stroke(
            330 - reach / 2 + _sway(row) * 2, h + 46 + row * 16, reach, 4 + row * 0.3
        )
    return s.print()


def buoy(width: int) -> Image.Image:
    s = Sheet("buoy", "#e3e2d4", width=width)
    h = 560
    sky = s.block("#b7c7c1")
    sky.cuts(
        (0, 30, 1600, h),
        rows=36,
        length=(360, 560),
        width=(4, 10),
        density=(0.75, 0.2),
        tone=255,
    )
    coast = s.block("#8fa39d")
    coast.area(
        [
            (0, h),
            *[
                (x, h - 26 - max(0, wave(x, (30, 1300, 4.4), (8, 240, 0))))
                for x in range(0, 1610, 10)
            ],
            (1600, h),
        ]
    )
    sea = s.block(TEAL)
    sea.area(
        [
            (0, 1067),
            *[(x, h + wave(x, (3, 300, 0))) for x in range(0, 1610, 10)],
            (1600, 1067),
        ]
    )
    sea.cuts(
        (0, h + 8, 1600, 1067),
        rows=40,
        length=(70, 380),
        width=(2, 16),
        density=(0.2, 0.36),
        power=1.8,
    )
    _number_buoy(s)
    return s.print()


def _number_buoy(s: Sheet) -> None:
    lean = 0.2

    def at(dx: float, dy: float) -> tuple[float, float]:
        return (960 + dx + lean * -dy, 800 + dy)

    body = s.block("#2f5a41")
    body.area([at(-116, 26), at(-150, -44), at(150, -44), at(116, 26)])
    body.area([at(-70, -44), at(-34, -330), at(34, -330), at(70, -44)])
    body.area([at(-54, -352), at(0, -470), at(54, -352)])
    frame = s.block(INK)
    for dx in (-62, -22, 22, 62):
        frame.line([at(dx, -44), at(dx * 0.5, -330)], 6)
    for dy in (-120, -200, -270):
        frame.line([at(-66 - dy * 0.12, dy), at(66 + dy * 0.12, dy)], 5)
    frame.rect(960 + lean * 340 - 30, 452, 60, 9)
    plate = s.block("#e9e2cc")
    plate.area([at(-44, -236), at(-36, -150), at(40, -150), at(34, -236)])
    number = s.block(INK)
    number.text(960 + lean * 193, 800 - 193, "14", 62)
    lamp = s.block(LAMP)
    lamp.disc(*at(0, -490), 17)
    foam = s.block("#eef0e6")
    for row in range(9):
        reach = 330 - row * 16
        foam.stroke(
            944 - reach / 2 + _sway(row) * 1.6, 818 + row * 13, reach, 9 - row * 0.5
        )
    foam.cuts(
        (560, 840, 1400, 960),
        rows=7,
        length=(80, 200),
        width=(4, 6),
        density=(0.12, 0.12),
        tone=255,
    )
    seal = s.block(INK)
    seal.area(
        [
            at(-96, -44),
            at(-104, -78),
            at(-84, -110),
            at(-52, -116),
            at(-34, -92),
            at(10, -70),
            at(86, -60),
            at(110, -46),
        ]
    )


SCENES = {
    "harbour-dawn": harbour_dawn,
    "northern-basin": northern_basin,
    "boom-line": boom_line,
    "salt-bridge": salt_bridge,
    "old-quay-night": old_quay_night,
    "skerrin-light": skerrin_light,
    "night-sky": night_sky,
    "fog": fog,
    "cranes": cranes,
    "buoy": buoy,
}
