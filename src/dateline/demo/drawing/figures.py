"""Charts, maps and plans. Their labels are numbers and proper names alone."""

import math
from itertools import pairwise

from PIL import Image

from dateline.demo.drawing.palette import (
    CORAL,
    INK,
    NAVY,
    PAPER,
    RUST,
    SAND,
    SEA,
    TEAL,
)
from dateline.demo.drawing.press import Block, Point, Sheet, wave

HAIR = "#9b968a"
FAINT = "#cfc8b8"


def leak_figures(width: int) -> Image.Image:
    s = Sheet("leak-figures", PAPER, width=width)
    left, base, step = 250, 250, 240
    grid, label = s.block(FAINT), s.block("#6b675e")
    for tonnes in (0, 10, 20, 30, 40):
        x = left + tonnes * 28
        grid.line([(x, 130), (x, 880)], 2)
        label.text(x, 934, str(tonnes), 40)
    bars = ((11, NAVY, "1"), (15, None, "2"), (38, RUST, "3"))
    for row, (tonnes, ink, name) in enumerate(bars):
        y = base + row * step - 64
        mark = s.block(INK)
        mark.ring(152, y + 64, 38, 5)
        mark.text(152, y + 65, name, 44)
        end = left + tonnes * 28
        if ink:
            bar = s.block(ink)
            bar.rect(left, y, tonnes * 28, 128)
            bar.cuts(
                (left + 8, y + 10, end - 8, y + 120),
                rows=7,
                length=(90, 160),
                width=(3, 4),
                density=(0.12, 0.3),
            )
            label_text = str(tonnes)
        else:
            bar = s.block(TEAL)
            bar.dashes(
                [(left, y), (end, y), (end, y + 128), (left, y + 128)], 5, 18, 12
            )
            label_text = "< 15"
        s.block(ink or TEAL).text(end + 28, y + 64, label_text, 84, anchor="lm")
    axis = s.block(INK)
    axis.line([(left, 120), (left, 890)], 6)
    label.text(left + 40 * 28 + 46, 934, "t", 40, anchor="lm")
    return s.print()


def tide_curve(width: int) -> Image.Image:
    s = Sheet("tide-curve", PAPER, width=width)
    left, right, floor = 150, 1540, 930

    def at(hour: float, height: float) -> Point:
        return (left + (right - left) * hour / 96, floor - 132 * height)

    highs = (
        (3.57, 4.86),
        (15.92, 4.79),
        (28.23, 5.03),
        (40.6, 4.94),
        (52.87, 5.12),
        (65.25, 5.01),
        (77.52, 5.08),
        (89.9, 4.95),
    )
    lows = (
        (-2.8, 0.8),
        (9.68, 0.71),
        (22.03, 0.66),
        (34.37, 0.55),
        (46.72, 0.52),
        (59.02, 0.46),
        (71.37, 0.48),
        (83.67, 0.47),
        (96.2, 0.5),
    )
    turns = sorted((*highs, *lows))
    curve = [at(hour, height) for hour, height in _tide(turns)]
    band = s.block("#cfdbd8")
    band.area([at(0, 0), *curve, at(96, 0)])
    sea = s.block("#88aaac")
    sea.area([at(0, 0), *curve, at(96, 0)])
    sea.cuts(
        (left, 250, right, floor - 8),
        rows=40,
        length=(60, 180),
        width=(2, 6),
        density=(0.2, 0.36),
    )
    grid, label = s.block(FAINT), s.block("#6b675e")
    for metres in range(1, 7):
        grid.line([at(0, metres), at(96, metres)], 2)
        label.text(left - 24, at(0, metres)[1], str(metres), 36, anchor="rm")
    for day in range(5):
        grid.line([at(day * 24, 0), at(day * 24, 6.1)], 2)
    for day in range(4):
        label.text(at(day * 24 + 12, 0)[0], floor + 54, f"+{day + 1}", 40)
    line = s.block(NAVY)
    line.line(curve, 6)
    stone = s.block(RUST)
    stone.dashes([at(0, 5.3), at(96, 5.3)], 5, 22, 12)
    stone.text(at(95, 0)[0], at(0, 5.3)[1] - 36, "5.30 m", 42, anchor="rm")
    for hour, height in highs[::2]:
        line.disc(*at(hour, height), 11)
        s.block(PAPER).disc(*at(hour, height), 5)
        line.text(at(hour, 0)[0], at(0, height)[1] - 96, f"{height:.2f}", 36)
    axis = s.block(INK)
    axis.line([at(0, 0), at(96, 0)], 5)
    return s.print()


def _tide(turns: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found = []
    for (hour, height), (next_hour, next_height) in pairwise(turns):
        for i in range(24):
            t = i / 24
            now = hour + (next_hour - hour) * t
            if 0 <= now <= 96:
                found.append(
                    (
                        now,
                        height
                        + (next_height - height) * (1 - math.cos(math.pi * t)) / 2,
                    )
                )
    return found


def tram_delays(width: int) -> Image.Image:
    s = Sheet("tram-delays", PAPER, width=width)
    seconds = (0, 4, 11, 195, 214, 228, 246, 262, 275, 268, 260)
    left, right, floor = 170, 1500, 880

    def at(stop: float, late: float) -> Point:
        return (left + (right - left) * stop / 10, floor - late * 2.35)

    grid, label = s.block(FAINT), s.block("#6b675e")
    for minutes in range(6):
        grid.line([at(0, minutes * 60), at(10, minutes * 60)], 2)
        label.text(left - 26, at(0, minutes * 60)[1], str(minutes), 38, anchor="rm")
    points = [at(stop, late) for stop, late in enumerate(seconds)]
    area = s.block("#d9c3a2")
    area.area([at(0, 0), *points, at(10, 0)])
    area.cuts(
        (left, 200, right, floor),
        rows=36,
        length=(50, 160),
        width=(3, 5),
        density=(0.2, 0.3),
    )
    corner = s.block(CORAL)
    corner.area([at(2, 0), at(2, seconds[2]), at(3, seconds[3]), at(3, 0)])
    line = s.block(NAVY)
    line.line(points, 9)
    for stop, point in enumerate(points):
        line.disc(*point, 15)
        label.text(point[0], floor + 50, str(stop + 1), 38)
    dots = s.block(PAPER)
    for point in points:
        dots.disc(*point, 7)
    step = s.block(RUST)
    step.text(*_shifted(at(2.5, 195), -120, -70), "+3:04", 74)
    axis = s.block(INK)
    axis.line([at(0, 0), at(10, 0)], 5)
    return s.print()


def _shifted(point: Point, dx: float, dy: float) -> Point:
    return (point[0] + dx, point[1] + dy)


def tern_count(width: int) -> Image.Image:
    s = Sheet("tern-count", PAPER, width=width)
    pairs = (88, 96, 74, 103, 110, 92, 97, 121, 118, 133, 141, 187)
    left, floor, step = 150, 900, 116
    grid, label = s.block(FAINT), s.block("#6b675e")
    for count in (50, 100, 150, 200):
        y = floor - count * 3.7
        grid.line([(left, y), (1530, y)], 2)
        label.text(left - 22, y, str(count), 36, anchor="rm")
    bars, last = s.block("#7d9b8f"), s.block(RUST)
    for i, count in enumerate(pairs):
        block = last if i == len(pairs) - 1 else bars
        x = left + 26 + i * step
        block.rect(x, floor - count * 3.7, 76, count * 3.7)
        block.cuts(
            (x + 4, floor - count * 3.7 + 8, x + 72, floor - 6),
            rows=count // 5,
            length=(20, 40),
            width=(2.5, 3.5),
            density=(0.1, 0.3),
        )
        label.text(x + 38, floor + 46, str(i - 11) if i < 11 else "0", 34)
    last.text(left + 26 + 11 * step + 38, floor - 187 * 3.7 - 44, "187", 60)
    bars.text(left + 26 + 10 * step + 38, floor - 141 * 3.7 - 34, "141", 42)
    bird = s.block(INK)
    for x, y, k in ((420, 250, 1.3), (560, 330, 0.9), (330, 360, 0.7)):
        bird.stroke(x - 58 * k, y - 22 * k, 60 * k, 8 * k, lean=22 * k)
        bird.stroke(x, y, 60 * k, 8 * k, lean=-24 * k)
        bird.stroke(x - 14 * k, y + 4 * k, 34 * k, 8 * k)
    bird.line([(left, floor), (1530, floor)], 5)
    return s.print()


def cargo_lines(width: int) -> Image.Image:
    s = Sheet("cargo-lines", PAPER, width=width)
    series = (
        (NAVY, (128, 131, 119, 124, 126, 133, 129, 122, 125, 131, 127, 125), "1"),
        (RUST, (52, 44, 39, 41, 58, 97, 138, 149, 128, 92, 71, 61), "2"),
        ("#7d8a68", (34, 36, 39, 41, 40, 38, 37, 36, 38, 39, 36, 36), "3"),
    )
    left, right, floor = 170, 1440, 900

    def at(month: float, tonnes: float) -> Point:
        return (left + (right - left) * month / 11, floor - tonnes * 4.7)

    grid, label = s.block(FAINT), s.block("#6b675e")
    for tonnes in (0, 50, 100, 150):
        grid.line([at(0, tonnes), at(11, tonnes)], 2)
        label.text(left - 24, at(0, tonnes)[1], str(tonnes), 38, anchor="rm")
    for month in range(12):
        label.text(at(month, 0)[0], floor + 50, str(month + 1), 36)
    hump = s.block("#e7c9ae")
    hump.area([at(0, 0), *[at(m, t) for m, t in enumerate(series[1][1])], at(11, 0)])
    hump.cuts(
        (left, 200, right, floor),
        rows=40,
        length=(60, 150),
        width=(3, 5),
        density=(0.2, 0.34),
    )
    for ink, tonnes_by_month, name in series:
        line = s.block(ink)
        points = [at(month, tonnes) for month, tonnes in enumerate(tonnes_by_month)]
        line.line(points, 9)
        for point in points:
            line.disc(*point, 9)
        end = _shifted(points[-1], 66, 0)
        line.ring(*end, 34, 5)
        line.text(end[0], end[1] + 1, name, 40)
    s.block(INK).line([at(0, 0), at(11, 0)], 5)
    return s.print()


def council_plan(width: int) -> Image.Image:
    s = Sheet("council-plan", PAPER, width=width)
    center = (800, 860)
    rows = ((320, 7), (420, 10), (520, 11), (620, 13))
    seats = sorted(
        (180 * (i + 0.5) / count, radius)
        for radius, count in rows
        for i in range(count)
    )
    yes, no, none = s.block(NAVY), s.block(CORAL), s.block(INK)
    for place, (angle, radius) in enumerate(seats):
        turn = math.radians(180 - angle)
        x, y = center[0] + radius * math.cos(turn), center[1] - radius * math.sin(turn)
        if place < 22:
            yes.disc(x, y, 35)
        elif place == 22:
            none.ring(x, y, 31, 7)
        else:
            no.disc(x, y, 35)
    for block, x, number in ((yes, 640, "22"), (none, 800, "1"), (no, 960, "18")):
        block.text(x, 720, number, 96 if number != "1" else 70)
    desk = s.block(INK)
    desk.area([(640, 850), (960, 850), (930, 806), (670, 806)])
    desk.rect(120, 900, 1360, 5)
    floor = s.block(FAINT)
    for radius in (270, 370, 470, 570, 670):
        floor.arc(*center, radius, (180, 360), 2)
    return s.print()


def salt_bridge_plan(width: int) -> Image.Image:
    s = Sheet("salt-bridge-plan", "#e6e2d2", width=width)
    water = s.block("#a9c2c0")
    water.rect(300, 0, 1000, 1067)
    water.cuts(
        (310, 0, 1290, 1067),
        rows=46,
        length=(70, 180),
        width=(2.5, 5),
        density=(0.18, 0.26),
    )
    land = s.block("#cdbd9b")
    land.rect(0, 0, 300, 1067)
    land.rect(1300, 0, 300, 1067)
    land.cuts(
        (10, 0, 290, 1067), rows=40, length=(30, 70), width=(2, 3), density=(0.16, 0.16)
    )
    land.cuts(
        (1310, 0, 1590, 1067),
        rows=40,
        length=(30, 70),
        width=(2, 3),
        density=(0.16, 0.16),
    )
    road = s.block("#8b8474")
    road.rect(0, 494, 300, 80)
    road.rect(1300, 494, 300, 80)
    ghost = s.block(INK, strength=0.32)
    ghost.rect(760, 40, 80, 988)
    pier = s.block(NAVY)
    pier.disc(800, 534, 116)
    span = s.block(INK)
    span.rect(306, 492, 988, 84)
    span.cuts(
        (310, 500, 1290, 568), rows=3, length=(40, 60), width=(3, 4), density=(0.6, 0.6)
    )
    span.ring(800, 534, 84, 8)
    pivot = s.block(SAND)
    pivot.disc(800, 534, 30)
    s.block(INK).disc(800, 534, 9)
    turn = s.block(RUST)
    for start in (8, 188):
        points = [
            (
                800 + 400 * math.cos(math.radians(a)),
                534 + 400 * math.sin(math.radians(a)),
            )
            for a in range(start, start + 68, 2)
        ]
        turn.dashes(points, 7, 26, 16)
        tip, before = points[-1], points[-4]
        _arrow(turn, before, tip)
    ship = s.block(PAPER)
    for x, y in ((540, 900), (1060, 170)):
        ship.area(
            [
                (x - 34, y + 90),
                (x - 38, y - 60),
                (x, y - 120),
                (x + 38, y - 60),
                (x + 34, y + 90),
            ]
        )
    return s.print()


def _arrow(b: Block, start: Point, end: Point) -> None:
    turn = math.atan2(end[1] - start[1], end[0] - start[0])
    b.area(
        [
            (end[0] + 34 * math.cos(turn), end[1] + 34 * math.sin(turn)),
            (end[0] + 22 * math.cos(turn + 2), end[1] + 22 * math.sin(turn + 2)),
            (end[0] + 22 * math.cos(turn - 2), end[1] + 22 * math.sin(turn - 2)),
        ]
    )


def _coast(y: float) -> float:
    """Return where the coast runs at that height of the region's map."""
    return 980 + wave(y, (90, 1400, 0.9), (34, 420, 2.2), (12, 150, 0.4))


def region_map(width: int) -> Image.Image:
    s = Sheet("region-map", "#bccdca", width=width)
    rings = s.block("#a5bbb9")
    for depth in range(1, 6):
        rings.line([(_coast(y) - depth * 62, y) for y in range(-10, 1090, 14)], 2.5)
    land = s.block("#eadfc4")
    coast = [(_coast(y), y) for y in range(-10, 1090, 10)]
    land.area([*coast, (1610, 1090), (1610, -10)])
    shore = s.block(INK)
    shore.line(coast, 5)
    for row in range(120):
        y = row * 9
        shore.stroke(_coast(y) - 30 - (row % 3) * 9, y, 26 + (row % 3) * 8, 2)
    river = s.block(SEA)
    points = [
        (
            _coast(560) + t * 6.1,
            560 + 190 * (t / 100) ** 1.4 + wave(t, (26, 37, 0), (8, 13, 1)),
        )
        for t in range(101)
    ]
    river.line(points, 13)
    hills = s.block("#c9b68c")
    for x, y in (
        (1210, 190),
        (1290, 240),
        (1390, 170),
        (1330, 320),
        (1450, 290),
        (1480, 430),
        (1250, 880),
        (1330, 940),
    ):
        for i in range(5):
            hills.stroke(x - 44 + i * 9, y + i * 11, 88 - i * 18, 6)
    island = s.block("#eadfc4")
    outline = [
        (
            470 + (60 + 14 * math.sin(a * 3)) * math.cos(a),
            400 + (42 + 9 * math.cos(a * 2)) * math.sin(a),
        )
        for a in [i * math.tau / 40 for i in range(40)]
    ]
    island.area(outline)
    shore.line([*outline, outline[0]], 4)
    _towns(s)
    route = s.block(RUST)
    route.dashes(
        [(_coast(540) - 14, 540), (800, 480), (640, 420), (534, 404)], 5, 18, 12
    )
    return s.print()


def _towns(s: Sheet) -> None:
    mark, name = s.block(INK), s.block(INK)
    x = _coast(560)
    mark.rect(x + 8, 524, 54, 46)
    mark.disc(1506, 712, 15)
    mark.disc(_coast(850) + 30, 850, 10)
    name.text(x + 80, 520, "Pellorin", 64, anchor="lm")
    name.text(1560, 618, "Tamberford", 44, anchor="rm")
    name.text(_coast(850) + 56, 850, "Hollin", 40, anchor="lm")
    name.text(470, 330, "Skerrin", 48)
    name.text(120, 120, "Orrenholt", 40, anchor="lm")
    _arrow(mark, (104, 150), (70, 96))
    name.text(1270, 700, "Tamber", 34)
    scale = s.block(INK)
    scale.rect(90, 980, 344, 8)
    for km, px in ((0, 90), (10, 262), (20, 434)):
        scale.rect(px - 2, 964, 5, 26)
        scale.text(px, 940, str(km), 30)
    scale.text(474, 980, "km", 30, anchor="lm")


def ferry_route(width: int) -> Image.Image:
    s = Sheet("ferry-route", "#c4d3cf", width=width)
    deep = s.block("#a9c0bf")
    for i in range(7):
        points = [
            (x, 210 + i * 112 + wave(x, (40, 1500, i * 0.7), (14, 520, i)))
            for x in range(-10, 1620, 12)
        ]
        deep.line(points, 2.6)
    soundings = s.block("#7d9a9b")
    for _ in range(58):
        x, y = 90 + s.rng.random() * 1180, 70 + s.rng.random() * 930
        if math.dist((x, y), (270, 360)) > 210:
            soundings.text(x, y, str(6 + int(s.rng.random() * 31)), 24)
    land = s.block("#eadfc4")
    coast = [
        (1340 + wave(y, (70, 900, 2.4), (22, 260, 0)), y) for y in range(-10, 1090, 10)
    ]
    land.area([*coast, (1620, 1090), (1620, -10)])
    turns = [i * math.tau / 60 for i in range(60)]
    island = [
        (
            270 + (140 + 26 * math.sin(3 * a + 1)) * math.cos(a),
            360 + (104 + 20 * math.cos(2 * a)) * math.sin(a),
        )
        for a in turns
    ]
    land.area(island)
    shore = s.block(INK)
    shore.line(coast, 6)
    shore.line([*island, island[0]], 6)
    for row in range(76):
        y = row * 14
        x = 1340 + wave(y, (70, 900, 2.4), (22, 260, 0))
        shore.stroke(x + 8, y, 30 + (row % 4) * 8, 2.4)
    route = s.block(RUST)
    curve = [
        _bezier((1356, 690), (1000, 760), (640, 430), (410, 396), i / 40)
        for i in range(41)
    ]
    route.dashes(curve, 9, 26, 17)
    for point in (curve[0], curve[-1]):
        route.disc(*point, 16)
    boat = s.block(INK)
    _ferry(boat, *curve[19])
    name = s.block(INK)
    name.text(270, 346, "Skerrin", 56)
    name.text(1496, 690, "Pellorin", 52)
    route.text(930, 700, "55 min", 62)
    soundings_end = s.block(INK)
    soundings_end.text(930, 762, "26 km", 40)
    return s.print()


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    u = 1 - t
    parts = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    return (
        sum(w * p[0] for w, p in zip(parts, (a, b, c, d), strict=True)),
        sum(w * p[1] for w, p in zip(parts, (a, b, c, d), strict=True)),
    )


def _ferry(b: Block, x: float, y: float) -> None:
    y -= 26
    b.area([(x - 92, y - 16), (x + 78, y - 16), (x + 62, y + 18), (x - 70, y + 18)])
    b.rect(x - 40, y - 44, 92, 26)
    b.rect(x - 8, y - 64, 44, 20)
    b.rect(x + 18, y - 92, 16, 30)


SCENES = {
    "leak-figures": leak_figures,
    "tide-curve": tide_curve,
    "tram-delays": tram_delays,
    "tern-count": tern_count,
    "cargo-lines": cargo_lines,
    "council-plan": council_plan,
    "salt-bridge-plan": salt_bridge_plan,
    "region-map": region_map,
    "ferry-route": ferry_route,
}
