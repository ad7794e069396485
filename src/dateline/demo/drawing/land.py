"""Scenes of town, hill, dune and field."""

import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image

from dateline.demo.drawing.palette import (
    BRICK,
    INK,
    LAMP,
    MOSS,
    PALE,
    SEA,
)
from dateline.demo.drawing.press import Block, Sheet, wave


def observatory(width: int) -> Image.Image:
    s = Sheet("observatory", "#1a3146", width=width)
    trails = s.block("#dcd5bd")
    for _ in range(210):
        radius = 40 + s.rng.random() * 1150
        start = s.rng.random() * 360
        trails.arc(
            1120,
            170,
            radius,
            (start, start + 5 + s.rng.random() * 17),
            1.1 + 1.7 * s.rng.random(),
        )
    trails.disc(1120, 170, 4)
    hill = s.block("#0b1721")
    hill.area(
        [
            (-5, 1067),
            *[
                (
                    x,
                    800
                    - 250 * math.exp(-(((x - 620) / 430) ** 2))
                    + wave(x, (9, 330, 1)),
                )
                for x in range(-5, 1620, 8)
            ],
            (1605, 1067),
        ]
    )
    dome = s.block("#0b1721")
    dome.rect(470, 470, 300, 110)
    dome.arc(620, 470, 75, (180, 360), 150)
    dome.disc(620, 470, 149)
    slit = s.block("#e9c978")
    slit.area([(640, 340), (676, 350), (702, 470), (664, 470)])
    rib = s.block("#2d4960")
    for dx in (-112, -74, -36, 10):
        rib.line([(620 + dx * 0.2, 324), (620 + dx * 0.86, 384), (620 + dx, 470)], 3)
    rib.rect(462, 466, 316, 7)
    grass = s.block("#25414f")
    grass.cuts(
        (60, 640, 1590, 1060),
        rows=22,
        length=(60, 150),
        width=(3, 6),
        density=(0.06, 0.26),
        tone=255,
    )
    _shelter(s)
    return s.print()


def _shelter(s: Sheet) -> None:
    """Draw the terminus of line 4, and a tram that waits."""
    tram = s.block("#7d3f31")
    tram.area(
        [(1130, 864), (1136, 772), (1150, 756), (1400, 756), (1414, 772), (1420, 864)]
    )
    dark = s.block("#0b1721")
    dark.rect(1150, 864, 244, 12)
    dark.line([(1270, 756), (1250, 720), (1296, 712)], 4)
    dark.line([(900, 704), (1600, 724)], 2.4)
    dark.line([(960, 890), (960, 706)], 7)
    lit = s.block(LAMP)
    for i in range(6):
        lit.rect(1152 + i * 43, 778, 32, 36)
    lit.disc(1140, 836, 7)
    lit.area([(990, 800), (1076, 800), (1076, 872), (990, 872)])
    dark.area([(976, 800), (984, 786), (1084, 786), (1092, 800)])
    figure = s.block("#0b1721")
    figure.disc(1024, 828, 7)
    figure.area([(1014, 872), (1016, 838), (1032, 838), (1034, 872)])
    ground = s.block("#0b1721")
    ground.rect(880, 874, 640, 6)


def the_pans(width: int) -> Image.Image:
    s = Sheet("the-pans", "#d9d2bd", width=width)
    pans = s.block("#b7c4bd")
    pans.all()
    grid = s.block("#efe9da")
    for i in range(9):
        grid.line([(1130 + i * 90, -10), (1030 + i * 96, 1080)], 9)
    for i in range(8):
        grid.line([(1020, 20 + i * 150), (1620, -60 + i * 156)], 9)
    salt = s.block("#f7f3e8")
    for x, y in ((1290, 250), (1430, 560), (1230, 720), (1500, 180), (1370, 880)):
        salt.oval(x, y, 30 + s.rng.random() * 12, 16)
    ground = s.block("#8c8a7c")
    ground.area([(80, 130), (1120, 130), (1120, 940), (80, 940)])
    stands = s.block(INK)
    for box in (
        (130, 150, 940, 92),
        (130, 830, 940, 92),
        (1000, 270, 92, 530),
        (104, 270, 66, 530),
    ):
        stands.rect(*box)
    _crowd(s.block("#c9c3b2"))
    grass = s.block("#5d7a58")
    grass.rect(200, 270, 770, 530)
    stripe = s.block("#6f8b66")
    for i in range(0, 10, 2):
        stripe.rect(200 + i * 77, 270, 77, 530)
    _pitch(s.block("#f3efe2"))
    _fog_bank(s)
    return s.print()


def _crowd(b: Block) -> None:
    """Draw who is there: most seats of three stands."""
    seats = [
        *(
            (146 + i * 20, y + row * 22)
            for i in range(46)
            for row in range(3)
            for y in (166, 846)
        ),
        *((1014 + row * 24, 280 + i * 20) for i in range(26) for row in range(3)),
    ]
    for x, y in seats:
        if b.rng.random() < 0.85:
            b.rect(x, y, 12, 12)


def _fog_bank(s: Sheet) -> None:
    """Fog in tongues from the left, over the low stand."""
    for ink, strength, reach, thick in (
        ("#dcdcd3", 0.8, 640, 20),
        ("#eceae1", 0.95, 400, 26),
    ):
        bank = s.block(ink, strength=strength)
        for row in range(76):
            y = -10 + row * 14.4
            bulge = 1 + 0.35 * math.sin(y / 150 + thick)
            bank.stroke(
                -260, y, 260 + reach * bulge * (0.55 + 0.45 * s.rng.random()), thick
            )


def _pitch(b: Block) -> None:
    left, top, right, bottom = 226, 296, 944, 774
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    b.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], 4)
    b.line([(middle_x, top), (middle_x, bottom)], 4)
    b.ring(middle_x, middle_y, 66, 4)
    b.disc(middle_x, middle_y, 5)
    for side, inward in ((left, 1), (right, -1)):
        for deep, half in ((112, 140), (38, 64)):
            x = side + inward * deep
            b.line(
                [
                    (side, middle_y - half),
                    (x, middle_y - half),
                    (x, middle_y + half),
                    (side, middle_y + half),
                ],
                4,
            )
        b.disc(side + inward * 76, middle_y, 4)


def post_office(width: int) -> Image.Image:
    s = Sheet("post-office", "#efe5d2", width=width)
    sky = s.block("#cdb897")
    sky.cuts(
        (0, 0, 1600, 720),
        rows=44,
        length=(300, 520),
        width=(3, 7),
        density=(0.5, 0.12),
        tone=255,
    )
    wall = s.block("#a4614a")
    wall.rect(180, 300, 1240, 560)
    wall.area([(560, 300), (800, 150), (1040, 300)])
    wall.cuts(
        (180, 310, 1420, 860),
        rows=52,
        length=(40, 70),
        width=(2, 3),
        density=(0.24, 0.3),
    )
    stone = s.block(PALE)
    stone.rect(160, 286, 1280, 22)
    stone.rect(180, 560, 1240, 16)
    stone.rect(160, 840, 1280, 34)
    dark = s.block(INK)
    for i in range(9):
        x = 232 + i * 136
        stone.rect(x - 9, 350, 70, 176)
        dark.rect(x, 360, 52, 156)
        stone.rect(x - 12, 640, 76, 200)
        stone.disc(x + 26, 640, 38)
        dark.rect(x, 640, 52, 200)
        dark.disc(x + 26, 640, 26)
    pane = s.block("#e0b464")
    for i in (2, 3, 6):
        pane.rect(236 + i * 136, 366, 20, 66)
    stone.disc(800, 236, 48)
    dark.ring(800, 236, 46, 5)
    dark.line([(800, 236), (800, 204)], 5)
    dark.line([(800, 236), (822, 248)], 5)
    ground = s.block("#6f6a60")
    ground.rect(0, 874, 1600, 200)
    ground.cuts(
        (0, 890, 1600, 1067),
        rows=13,
        length=(60, 170),
        width=(3, 7),
        density=(0.5, 0.3),
        power=1.3,
    )
    rail = s.block(INK)
    rail.area([(0, 1000), (1600, 930), (1600, 936), (0, 1008)])
    rail.area([(0, 1046), (1600, 956), (1600, 962), (0, 1056)])
    _cart(rail)
    return s.print()


def _cart(b: Block) -> None:
    b.ring(470, 926, 34, 6)
    b.line([(420, 884), (548, 884), (600, 850)], 8)
    for i in range(4):
        b.area(
            [
                (426 + i * 30, 882),
                (430 + i * 30, 846),
                (456 + i * 30, 846),
                (454 + i * 30, 882),
            ]
        )


def letters(width: int) -> Image.Image:
    s = Sheet("letters", "#c9a57f", width=width, ratio=1)
    table = s.block("#7b4a35")
    table.all()
    table.cuts(
        (0, 0, 1600, 1600),
        rows=52,
        length=(400, 900),
        width=(3, 7),
        density=(0.3, 0.34),
    )
    piles = (
        (800, 1330, 1040, -0.05, 17),
        (470, 760, 620, 0.09, 12),
        (1120, 690, 700, -0.12, 11),
        (800, 340, 520, 0.04, 8),
    )
    for x, y, w, lean, count in sorted(piles, key=lambda pile: pile[1]):
        _bundle(s, x, y, w, lean, count)
    return s.print()


def _bundle(
    s: Sheet, x: float, y: float, width: float, lean: float, count: int
) -> None:
    """Draw a bundle of envelopes seen from above and in front, tied with string."""
    papers = ("#f1e6cc", "#e4d2ad", "#d9bd93", "#eadfc8", "#cfc3ab")
    depth = width * 0.56
    shadow = s.block("#4b2a1f", strength=0.8)
    shadow.area(
        [
            (x - width / 2 + 30, y + 40),
            (x + width / 2 + 34, y + 40 + lean * width),
            (x + width / 2 + 30, y - depth + 60),
            (x - width / 2 + 40, y - depth + 60),
        ]
    )
    edge = s.block("#6a4630")
    for level in range(count):
        shift = (s.rng.random() - 0.5) * 26
        lift = level * 15
        corners = [
            (x - width / 2 + shift, y - lift),
            (x + width / 2 + shift, y - lift + lean * width),
            (x + width / 2 + shift - 10, y - depth - lift + lean * width),
            (x - width / 2 + shift + 26, y - depth - lift),
        ]
        sheet = (
            s.block(papers[int(s.rng.random() * len(papers))])
            if level in {0, count // 2, count - 1}
            else None
        )
        if sheet:
            last = sheet
        last.area(corners)
        rim = s.block("#6a4630") if level == count - 1 else edge
        rim.line([corners[0], corners[1]], 3)
    _face(s, corners)


def _face(s: Sheet, corners: list[tuple[float, float]]) -> None:
    def at(u: float, v: float) -> tuple[float, float]:
        left = [a + (b - a) * v for a, b in zip(corners[3], corners[0], strict=True)]
        right = [a + (b - a) * v for a, b in zip(corners[2], corners[1], strict=True)]
        return (left[0] + (right[0] - left[0]) * u, left[1] + (right[1] - left[1]) * u)

    pen = s.block("#3b4a5a")
    for row, reach in ((0.46, 0.5), (0.58, 0.42), (0.7, 0.3)):
        u = 0.22
        while u < 0.22 + reach:
            step = 0.02 + s.rng.random() * 0.05
            points = [
                at(u + step * i / 6, row + 0.016 * math.sin(i * 2.3 + u * 40))
                for i in range(7)
            ]
            pen.line(points, 3.2)
            u += step + 0.014
    stamp = s.block("#a9502f")
    stamp.area([at(0.84, 0.1), at(0.95, 0.1), at(0.95, 0.34), at(0.84, 0.34)])
    mark = s.block("#2b3640")
    center = at(0.83, 0.26)
    mark.ring(*center, 40, 3)
    for i in range(4):
        mark.line([at(0.62, 0.16 + i * 0.05), at(0.79, 0.16 + i * 0.05)], 2.4)
    string = s.block("#8a5436")
    string.line([at(0.5, -0.01), at(0.52, 1.0)], 8)
    string.line([at(0.0, 0.82), at(1.0, 0.84)], 8)
    [knot_x, knot_y] = at(0.516, 0.83)
    string.arc(knot_x - 24, knot_y - 16, 24, (0, 330), 6)
    string.arc(knot_x + 26, knot_y - 14, 24, (160, 500), 6)


def tram_four(width: int) -> Image.Image:
    s = Sheet("tram-four", "#ece3d0", width=width)
    houses = s.block("#b9a68d")
    x = -10.0
    while x < 1600:
        w = 120 + s.rng.random() * 80
        top = 250 + s.rng.random() * 110
        houses.area(
            [(x, 760), (x, top), (x + w * 0.5, top - 60), (x + w, top), (x + w, 760)]
        )
        for row in range(5):
            for column in range(3):
                houses.rect(
                    x + w * (0.18 + 0.26 * column), top + 40 + row * 86, 20, 38, tone=0
                )
        x += w + 2
    shop = s.block(BRICK)
    shop.rect(1090, 470, 330, 292)
    shop.area([(1070, 470), (1440, 470), (1460, 530), (1050, 530)])
    shop.cuts(
        (1090, 536, 1420, 760),
        rows=20,
        length=(40, 60),
        width=(2, 3),
        density=(0.3, 0.3),
    )
    light = s.block("#f0c878")
    light.rect(1122, 566, 150, 110)
    light.rect(1310, 560, 74, 196)
    loaf = s.block(BRICK)
    for i in range(5):
        loaf.oval(1146 + i * 26, 660, 11, 8)
    road = s.block("#8c8577")
    road.rect(0, 758, 1600, 320)
    road.cuts(
        (0, 770, 1600, 1067),
        rows=18,
        length=(50, 180),
        width=(3, 8),
        density=(0.45, 0.25),
        power=1.3,
    )
    rail = s.block(INK)
    rail.rect(0, 886, 1600, 5)
    rail.rect(0, 928, 1600, 6)
    rail.line([(0, 168), (1600, 196)], 3)
    _queue(rail, s)
    _tram(s)
    return s.print()


def _queue(b: Block, s: Sheet) -> None:
    for i in range(11):
        x = 1294 - i * 37 - s.rng.random() * 8
        tall = 92 + s.rng.random() * 24
        y = 816 + i * 5
        b.disc(x, y - tall - 9, 10)
        b.area(
            [
                (x - 15, y - tall + 6),
                (x, y - tall - 2),
                (x + 15, y - tall + 6),
                (x + 19, y - 26),
                (x + 9, y),
                (x - 9, y),
                (x - 19, y - 26),
            ]
        )


def _tram(s: Sheet) -> None:
    body = s.block("#2f5d66")
    body.area(
        [
            (60, 880),
            (60, 560),
            (86, 520),
            (700, 520),
            (742, 566),
            (756, 700),
            (756, 880),
        ]
    )
    band = s.block("#efe3c4")
    band.rect(60, 720, 696, 18)
    band.area([(70, 548), (90, 530), (690, 530), (704, 548)])
    glass = s.block("#dbe3db")
    for i in range(5):
        glass.rect(96 + i * 112, 570, 92, 112)
    glass.area([(660, 570), (706, 570), (732, 600), (740, 682), (660, 682)])
    dark = s.block(INK)
    dark.rect(100, 880, 620, 22)
    for x in (190, 270, 560, 640):
        dark.disc(x, 898, 30)
    dark.line([(380, 520), (450, 420), (360, 340), (430, 182)], 6)
    dark.line([(386, 178), (474, 178)], 7)
    dark.disc(704, 626, 14)
    dark.area([(684, 682), (692, 646), (716, 646), (724, 682)])
    plate = s.block(LAMP)
    plate.rect(610, 470, 92, 56)
    number = s.block(INK)
    number.text(656, 497, "4", 46)
    lamp = s.block(LAMP)
    lamp.disc(738, 782, 15)


def hollin_dunes(width: int) -> Image.Image:
    s = Sheet("hollin-dunes", "#eee6d3", width=width)
    sky = s.block("#a9c0bd")
    sky.cuts(
        (0, 20, 1600, 430),
        rows=34,
        length=(340, 560),
        width=(4, 9),
        density=(0.8, 0.2),
        tone=255,
    )
    sea = s.block(SEA)
    sea.rect(0, 430, 1600, 80)
    sea.cuts(
        (0, 436, 1600, 510),
        rows=9,
        length=(90, 200),
        width=(2, 5),
        density=(0.24, 0.34),
    )
    beach = s.block("#eadbb8")
    beach.rect(0, 508, 1600, 200)
    ridges = (
        (560, "#dcc79c", (34, 1100, 0.4), (10, 300, 1)),
        (690, "#cdb07f", (48, 1300, 2.6), (14, 420, 0)),
        (850, "#b8955f", (60, 1500, 4.7), (18, 500, 2)),
    )
    for level, ink, *parts in ridges:
        ridge = s.block(ink)
        ridge.area(
            [
                (-5, 1067),
                *[(x, level - wave(x, *parts)) for x in range(-5, 1615, 10)],
                (1605, 1067),
            ]
        )
        shade = s.block("#9a7748", strength=0.7)
        for i in range(90):
            x = s.rng.random() * 1600
            top = level - wave(x, *parts)
            shade.stroke(
                x, top + 12 + i * 1.3, 60 + s.rng.random() * 90, 2 + i * 0.03, lean=12
            )
        _marram(s, level, parts)
    birds = s.block(INK)
    for x, y, k in (
        (980, 200, 1.0),
        (1060, 262, 0.8),
        (880, 280, 0.66),
        (1180, 176, 0.6),
        (700, 226, 0.5),
    ):
        birds.stroke(x - 58 * k, y - 22 * k, 60 * k, 8 * k, lean=22 * k)
        birds.stroke(x, y, 60 * k, 8 * k, lean=-24 * k)
        birds.stroke(x - 14 * k, y + 4 * k, 34 * k, 8 * k)
    return s.print()


def _marram(
    s: Sheet, level: float, parts: Sequence[tuple[float, float, float]]
) -> None:
    grass = s.block(MOSS if level < 700 else "#4c5a3c")
    tall = (level - 480) * 0.2
    for _ in range(round(24 + (level - 560) * 0.16)):
        x = s.rng.random() * 1600
        foot = level - wave(x, *parts) + 14
        for _ in range(11):
            lean = (s.rng.random() - 0.2) * tall * 1.3
            reach = tall * (0.6 + 0.8 * s.rng.random())
            base = x + (s.rng.random() - 0.5) * tall * 0.7
            grass.area(
                [
                    (base - 2.4, foot),
                    (base + lean * 0.45, foot - reach * 0.7),
                    (base + lean, foot - reach),
                    (base + lean * 0.52, foot - reach * 0.66),
                    (base + 2.4, foot),
                ]
            )


def dune_fence(width: int) -> Image.Image:
    s = Sheet("dune-fence", "#ede4d0", width=width)
    sky = s.block("#c3ab8a")
    sky.cuts(
        (0, 0, 1600, 420),
        rows=34,
        length=(300, 520),
        width=(3, 8),
        density=(0.1, 0.6),
        tone=255,
    )
    sea = s.block("#7a9ea1")
    sea.area([(0, 420), (1600, 420), (1600, 520), (700, 560), (0, 640)])
    sea.cuts(
        (0, 428, 1600, 600),
        rows=14,
        length=(100, 240),
        width=(2, 7),
        density=(0.2, 0.34),
    )
    beach = s.block("#d4bd93")
    beach.area([(0, 640), (700, 556), (1600, 512), (1600, 1067), (0, 1067)])
    foam = s.block("#f6f0e2")
    for i in range(26):
        t = i / 26
        foam.stroke(1600 * t - 40, 640 - 128 * t**0.8 + 6, 110, 8)
    stones = s.block("#8d7a5e")
    for _ in range(620):
        y = 600 + 460 * s.rng.random() ** 0.8
        k = (y - 480) / 560
        stones.oval(s.rng.random() * 1600, y, 9 * k + 2, 5 * k + 1)
    post = s.block(INK)
    tops = []
    for i in range(17):
        t = (i / 16) ** 1.9
        x, foot, tall = (
            840 - 760 * t + 60 * math.sin(t * 2),
            566 + 470 * t,
            34 + 330 * t,
        )
        post.area(
            [
                (x - 3 - 13 * t, foot),
                (x - 2 - 11 * t, foot - tall),
                (x + 2 + 11 * t, foot - tall - 4),
                (x + 3 + 13 * t, foot),
            ]
        )
        tops.append((x, foot, tall))
    for share, thick in ((0.9, 1.0), (0.62, 0.9), (0.34, 0.9)):
        for (x, foot, tall), (nx, nfoot, ntall) in pairwise(tops):
            middle = (
                (x + nx) / 2,
                (foot - tall * share + nfoot - ntall * share) / 2 + ntall * 0.03,
            )
            post.line(
                [(x, foot - tall * share), middle, (nx, nfoot - ntall * share)],
                1.6 + thick * ntall * 0.012,
            )
    bird = s.block("#f6f0e2")
    bird.oval(1190, 800, 40, 22)
    bird.area([(1150, 800), (1090, 786), (1156, 812)])
    bird.disc(1228, 784, 17)
    mark = s.block(INK)
    mark.arc(1228, 782, 12, (190, 350), 9)
    mark.area([(1242, 784), (1276, 792), (1242, 794)])
    mark.line([(1184, 820), (1184, 848)], 4)
    mark.line([(1200, 820), (1202, 848)], 4)
    mark.area([(1160, 792), (1110, 776), (1090, 782), (1170, 810)])
    return s.print()


def anchor(width: int) -> Image.Image:
    s = Sheet("anchor", "#eae2cf", width=width)
    sky = s.block("#b9b79f")
    sky.cuts(
        (0, 0, 1600, 500),
        rows=40,
        length=(320, 560),
        width=(3, 9),
        density=(0.66, 0.14),
        tone=255,
    )
    far = s.block("#7d8a68")
    far.area(
        [
            (0, 500),
            (0, 474),
            (420, 462),
            (430, 436),
            (470, 436),
            (476, 462),
            (1600, 470),
            (1600, 500),
        ]
    )
    for i in range(11):
        x = 900 + i * 58
        far.oval(x, 440 - 8 * (i % 3), 9, 34)
    field = s.block("#9c7a55")
    field.rect(0, 498, 1600, 600)
    furrow = s.block("#5d4431")
    for i in range(-16, 17):
        near, top = 800 + i * 190, 860 + i * 24
        furrow.area(
            [(top - 1, 500), (top + 1.4, 500), (near + 50, 1067), (near - 30, 1067)]
        )
    furrow.cuts(
        (0, 520, 1600, 1067),
        rows=26,
        length=(20, 70),
        width=(2, 7),
        density=(0.1, 0.24),
        tone=255,
    )
    shadow = s.block("#3d2c22")
    shadow.oval(800, 905, 560, 54)
    _anchor(s.block(INK))
    shine = s.block("#6a7a80")
    shine.line([(470, 790), (1010, 560)], 7)
    return s.print()


def _anchor(b: Block) -> None:
    """Draw an admiralty anchor lying on its side, ring to the upper right."""
    b.line([(440, 826), (1120, 534)], 46)
    b.ring(1168, 514, 52, 22)
    arms = [
        (300, 560),
        (330, 640),
        (372, 720),
        (420, 800),
        (440, 830),
        (500, 880),
        (600, 920),
        (720, 930),
    ]
    b.line(arms, 54)
    b.area([(300, 540), (230, 660), (330, 640), (392, 628), (316, 470)])
    b.area([(740, 946), (610, 990), (640, 900), (650, 850), (812, 910)])
    b.line([(900, 470), (1090, 730)], 34)
    b.disc(896, 464, 27)
    b.disc(1094, 736, 27)


def low_meadows(width: int) -> Image.Image:
    s = Sheet("low-meadows", "#ebe5d2", width=width)
    sky = s.block("#a8b8b4")
    sky.cuts(
        (0, 0, 1600, 400),
        rows=30,
        length=(360, 600),
        width=(4, 10),
        density=(0.7, 0.25),
        tone=255,
    )
    far = s.block("#8a9a7c")
    far.area(
        [
            (0, 400),
            *[(x, 384 - wave(x, (7, 420, 0), (4, 130, 1))) for x in range(0, 1610, 10)],
            (1600, 402),
            (1600, 440),
            (0, 440),
        ]
    )
    land = s.block("#a7ad7f")
    land.rect(0, 400, 1600, 700)
    beds = s.block("#74824f")
    for i in range(-9, 12):
        near, top = 800 + i * 230, 900 + i * 44
        beds.area([(top, 440), (top + 24, 440), (near + 150, 1067), (near, 1067)])
    rows = s.block("#4f5f3b")
    for i in range(-9, 12):
        for lane in range(3):
            near, top = 830 + i * 230 + lane * 42, 904 + i * 44 + lane * 7
            for step in range(24):
                t = (step / 24) ** 1.8
                x, y = top + (near - top) * t, 446 + 630 * t
                rows.oval(x, y, 2 + 15 * t, 1.4 + 8 * t)
    river = s.block(SEA)
    river.area(
        [
            (520, 402),
            (600, 402),
            (660, 450),
            (560, 540),
            (330, 680),
            (120, 860),
            (0, 1067),
            (-10, 1067),
            (-10, 640),
            (250, 520),
            (470, 440),
        ]
    )
    river.cuts(
        (0, 560, 560, 1060), rows=20, length=(50, 160), width=(2, 7), density=(0.2, 0.3)
    )
    sheds = s.block(BRICK)
    for x, y, k in ((1180, 560, 0.7), (1380, 640, 1.0), (1010, 500, 0.5)):
        sheds.area(
            [
                (x - 60 * k, y),
                (x - 60 * k, y - 70 * k),
                (x, y - 116 * k),
                (x + 60 * k, y - 70 * k),
                (x + 60 * k, y),
            ]
        )
    dark = s.block(INK)
    for x, y, k in ((1180, 560, 0.7), (1380, 640, 1.0), (1010, 500, 0.5)):
        dark.rect(x - 16 * k, y - 54 * k, 30 * k, 54 * k)
    _heron(dark)
    return s.print()


def _heron(b: Block) -> None:
    b.oval(430, 800, 62, 30)
    b.area([(372, 806), (320, 830), (400, 824)])
    b.line([(474, 786), (500, 740), (484, 696), (500, 662)], 13)
    b.disc(504, 656, 15)
    b.area([(510, 648), (574, 660), (510, 666)])
    b.line([(424, 826), (420, 920)], 5)
    b.line([(444, 826), (448, 920)], 5)


SCENES = {
    "observatory": observatory,
    "the-pans": the_pans,
    "post-office": post_office,
    "letters": letters,
    "tram-four": tram_four,
    "hollin-dunes": hollin_dunes,
    "dune-fence": dune_fence,
    "anchor": anchor,
    "low-meadows": low_meadows,
}
