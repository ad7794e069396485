"""Emblems that stand for contributors. Nobody's face is drawn."""

import math
from collections.abc import Callable

from PIL import Image

from dateline.demo.drawing.palette import INK, LAMP, PAPER
from dateline.demo.drawing.press import Block, Sheet

GROUNDS = (
    "#2f5d66",
    "#a9502f",
    "#1d3a4c",
    "#6d7f58",
    "#8d4a3b",
    "#b98a3c",
    "#4a5a6a",
    "#77586a",
)


def _wave(b: Block) -> None:
    for row in range(4):
        y = 560 + row * 190
        b.line(
            [(x, y + 70 * math.sin(x / 118 + row * 0.9)) for x in range(180, 1430, 16)],
            62 - row * 8,
        )


def _crane(b: Block) -> None:
    b.line([(620, 1380), (620, 360)], 80)
    b.line([(300, 480), (1330, 480)], 70)
    b.line([(620, 260), (1300, 470)], 28)
    b.line([(620, 260), (330, 470)], 28)
    b.line([(1180, 500), (1180, 900)], 24)
    b.arc(1180, 970, 80, (-90, 170), 44)


def _scales(b: Block) -> None:
    b.line([(800, 300), (800, 1300)], 60)
    b.line([(360, 480), (1240, 400)], 46)
    b.rect(540, 1290, 520, 70)
    for x, y in ((380, 480), (1220, 404)):
        b.line([(x, y), (x - 150, y + 380)], 16)
        b.line([(x, y), (x + 150, y + 380)], 16)
        b.area(
            [
                (x - 190, y + 380),
                (x + 190, y + 380),
                (x + 100, y + 490),
                (x - 100, y + 490),
            ]
        )


def _ball(b: Block) -> None:
    b.ring(800, 800, 470, 60)
    points = [
        (800 + 190 * math.cos(a), 800 + 190 * math.sin(a))
        for a in [math.tau * i / 5 - math.pi / 2 for i in range(5)]
    ]
    b.area(points)
    for x, y in points:
        b.line([(x, y), (800 + (x - 800) * 2.3, 800 + (y - 800) * 2.3)], 40)


def _book(b: Block) -> None:
    b.area([(800, 520), (560, 400), (260, 420), (260, 1160), (560, 1140), (800, 1260)])
    b.area(
        [(800, 520), (1040, 400), (1340, 420), (1340, 1160), (1040, 1140), (800, 1260)]
    )
    b.line([(800, 520), (800, 1260)], 26, tone=0)
    for row in range(5):
        b.line(
            [(350, 540 + row * 110), (560, 530 + row * 110), (700, 590 + row * 110)],
            20,
            tone=0,
        )
        b.line(
            [(1250, 540 + row * 110), (1040, 530 + row * 110), (900, 590 + row * 110)],
            20,
            tone=0,
        )


def _bars(b: Block) -> None:
    for i, tall in enumerate((300, 480, 380, 700, 880)):
        b.rect(330 + i * 200, 1280 - tall, 140, tall)
    b.rect(280, 1310, 1060, 40)


def _pencil(b: Block) -> None:
    b.area([(330, 1290), (400, 1080), (1080, 400), (1220, 540), (540, 1220)])
    b.area([(1110, 370), (1190, 290), (1330, 430), (1250, 510)])
    b.area([(420, 1140), (480, 1200), (400, 1222)], tone=0)


def _lamp(b: Block) -> None:
    b.area([(560, 620), (620, 420), (980, 420), (1040, 620), (960, 1120), (640, 1120)])
    b.rect(540, 1130, 520, 90)
    b.rect(700, 300, 200, 110)
    b.ring(800, 240, 70, 34)
    b.area([(700, 680), (900, 680), (860, 1020), (740, 1020)], tone=0)
    b.area([(800, 720), (850, 880), (800, 980), (750, 880)])


def _sail(b: Block) -> None:
    b.area([(760, 260), (760, 1060), (330, 1060)])
    b.area([(840, 380), (840, 1060), (1210, 1060)])
    b.area([(280, 1120), (1320, 1120), (1180, 1320), (420, 1320)])


def _lens(b: Block) -> None:
    b.ring(690, 680, 330, 70)
    b.line([(930, 920), (1280, 1270)], 110)
    for row in range(3):
        b.line([(540, 580 + row * 100), (840 - row * 60, 580 + row * 100)], 30)


def _bird(b: Block) -> None:
    b.area(
        [
            (240, 620),
            (620, 560),
            (800, 820),
            (980, 560),
            (1360, 620),
            (1040, 720),
            (860, 1000),
            (740, 1000),
            (560, 720),
        ]
    )
    b.area([(760, 960), (840, 960), (900, 1240), (800, 1160), (700, 1240)])


def _bell(b: Block) -> None:
    b.area(
        [
            (800, 330),
            (1010, 420),
            (1080, 820),
            (1220, 1110),
            (380, 1110),
            (520, 820),
            (590, 420),
        ]
    )
    b.disc(800, 1200, 95)
    b.ring(800, 290, 70, 36)


def _bridge(b: Block) -> None:
    b.rect(200, 900, 1200, 60)
    points = [(200 + 60 * i, 900 - 420 * math.sin(math.pi * i / 20)) for i in range(21)]
    b.line(points, 54)
    for x, y in points[2:-1:2]:
        b.line([(x, y), (x, 900)], 24)
    for row in range(3):
        b.stroke(300 + row * 60, 1090 + row * 100, 1000 - row * 120, 40)


def _kettle(b: Block) -> None:
    b.area(
        [(480, 1260), (420, 860), (560, 640), (1000, 640), (1140, 860), (1080, 1260)]
    )
    b.area([(1120, 860), (1380, 640), (1420, 690), (1120, 1010)])
    b.arc(780, 620, 290, (200, 340), 50)
    b.disc(780, 590, 56)


def _compass(b: Block) -> None:
    b.ring(800, 800, 500, 36)
    b.area([(800, 330), (890, 800), (800, 1270), (710, 800)])
    b.area([(330, 800), (800, 730), (1270, 800), (800, 870)])
    b.disc(800, 800, 56, tone=0)


def _knot(b: Block) -> None:
    b.ring(640, 800, 250, 90)
    b.ring(960, 800, 250, 90)
    b.line([(200, 800), (400, 800)], 80)
    b.line([(1200, 800), (1400, 800)], 80)


EMBLEMS: dict[str, Callable[[Block], None]] = {
    "edda-marrish": _pencil,
    "tomas-verrick": _crane,
    "ivo-hartnagel": _scales,
    "runa-ellisbay": _wave,
    "bram-colvert": _ball,
    "dora-lindquill": _book,
    "femi-aldersen": _bars,
    "solene-quervan": _sail,
    "remedios-altavela": _bird,
    "olesia-verbenchuk": _lens,
    "salma-qandari": _lamp,
    "lu-wenqiao": _bell,
    "ketaki-nirbhan": _bridge,
    "news-desk": _kettle,
    "data-desk": _compass,
    "m-halyard": _knot,
}


def emblem(slug: str, width: int) -> Image.Image:
    """Return the emblem of a contributor."""
    place = list(EMBLEMS).index(slug)
    ground = GROUNDS[place % len(GROUNDS)]
    sheet = Sheet(f"emblem {slug}", PAPER, width=width, ratio=1)
    field = sheet.block(ground)
    field.all()
    shade = sheet.block(INK, strength=0.35)
    EMBLEMS[slug](shade)
    figure = sheet.block(LAMP if place % 3 == 0 else PAPER)
    EMBLEMS[slug](figure)
    return sheet.print()
