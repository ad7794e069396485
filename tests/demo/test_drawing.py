"""Pictures come out whole, in ink, and the same each time."""

from io import BytesIO

import pytest
from PIL import Image, ImageStat

from dateline.demo.drawing import PICTURES, draw, encoded, portrait
from dateline.demo.drawing.emblems import EMBLEMS
from dateline.demo.drawing.press import Sheet

WIDTH = 200


@pytest.fixture(scope="module")
def drawn():
    return {name: draw(name, WIDTH) for name in PICTURES}


def test_there_are_enough_of_them_and_not_all_of_one_shape(drawn):
    shapes = {round(image.width / image.height, 1) for image in drawn.values()}
    assert len(drawn) >= 14
    assert shapes == {1.5, 0.7, 1.0}


def test_none_is_empty_and_no_two_are_alike(drawn):
    for name, image in drawn.items():
        assert max(ImageStat.Stat(image).stddev) > 5, name
    assert len({image.tobytes() for image in drawn.values()}) == len(drawn)


def test_the_same_name_gives_the_same_picture(drawn):
    for name in ("fog", "letters", "tern-count"):
        assert draw(name, WIDTH).tobytes() == drawn[name].tobytes()


def test_a_printed_picture_has_the_size_that_was_asked_for():
    assert draw("buoy").size == (1600, 1067)
    assert draw("skerrin-light").size == (1067, 1600)


def test_a_picture_becomes_a_file_that_opens_again():
    image = draw("fog", WIDTH)
    again = Image.open(BytesIO(encoded(image)))
    assert (again.format, again.size) == ("JPEG", image.size)


def test_emblems_are_square_and_differ():
    emblems = {portrait(slug, 96).tobytes() for slug in EMBLEMS}
    assert portrait("edda-marrish", 96).size == (96, 96)
    assert len(emblems) == len(EMBLEMS)


def test_a_block_prints_where_it_stands_and_not_where_it_was_cut():
    sheet = Sheet("test", "#ffffff", width=160, ratio=1, grain=0)
    block = sheet.block("#000000")
    block.rect(0, 0, 800, 1600)
    block.disc(400, 800, 200, tone=0)
    image = sheet.print()
    assert image.getpixel((4, 4)) == (0, 0, 0)
    assert image.getpixel((40, 80)) == (255, 255, 255)
    assert image.getpixel((120, 80)) == (255, 255, 255)
