"""A body as feeds carry it."""

import re

import pytest

from dateline.sources.models import Picture
from dateline.website.machines.blocks_html import Readings, body_html

SITE = "http://127.0.0.1:8000"
PICTURE = {
    "id": 7,
    "alt": 'Two "tall" cranes',
    "caption": "Cranes & gulls",
    "credit": "Quay Pictures",
}
READ = Readings(
    pictures={
        7: Picture(pk=7, collection_id=1, width=1600, height=1000, file_hash="abc")
    },
    paths={"u-1": "/en/2026/11/16/berths/"},
)


def written(type, value, **content) -> str:
    """Return what becomes of one block."""
    body = [{"id": "1", "type": type, "value": value}]
    return body_html({"body": body, **content}, READ, lambda message: message)


def test_a_paragraph_keeps_its_words_and_loses_the_editors_handles():
    text = written(
        "paragraph",
        '<p data-block-key="x1"><span data-span="aaaaaaaaaaaa">Said</span> '
        '<b>Ina</b><sup>2</sup> <a href="/en/about/" onclick="x()">here</a></p>',
    )
    assert text == (
        f'<p>Said <b>Ina</b><sup>2</sup> <a href="{SITE}/en/about/">here</a></p>'
    )


def test_a_picture_has_its_size_alt_caption_and_credit():
    text = written("picture", PICTURE)
    assert 'alt="Two &#34;tall&#34; cranes"' in text
    assert 'width="960" height="600"' in text
    assert re.search(rf'src="{SITE}/pictures/[^"]+/960\.jpg"', text)
    assert "<figcaption>Cranes &amp; gulls Quay Pictures</figcaption>" in text


def test_a_picture_whose_row_is_gone_is_left_out():
    assert written("picture", PICTURE | {"id": 8}) == ""


def test_a_gallery_shows_each_of_its_pictures():
    text = written("gallery", {"title": "Quays", "pictures": [PICTURE, PICTURE]})
    assert text.startswith("<h2>Quays</h2>")
    assert text.count("<img ") == 2


def test_a_quotation_keeps_who_said_it_and_the_original():
    value = {
        "text": "<p>No third berth.</p>",
        "speaker": "Ina Brook",
        "role": "chair",
        "original": "Третього не буде <b>",
        "original_language": "uk",
    }
    assert written("quotation", value) == (
        "<figure><blockquote><p>No third berth.</p>"
        '<p lang="uk">Третього не буде &lt;b&gt;</p></blockquote>'
        "<figcaption>Ina Brook, chair</figcaption></figure>"
    )


def test_a_table_has_a_heading_row_and_every_cell_is_text():
    value = {"caption": "Berths", "header": True, "rows": [["<b>", "Open"], ["1", ""]]}
    assert written("table", value) == (
        "<table><caption>Berths</caption><tr><th>&lt;b&gt;</th><th>Open</th></tr>"
        "<tr><td>1</td><td></td></tr></table>"
    )


@pytest.mark.parametrize(("ordered", "tag"), [(True, "ol"), (False, "ul")])
def test_a_list_is_a_list(ordered, tag):
    text = written("list", {"ordered": ordered, "items": ["<i>One</i>", "Two"]})
    assert text == f"<{tag}><li><i>One</i></li><li>Two</li></{tag}>"


def test_a_related_article_is_linked_while_readers_can_get_it():
    value = {"article": "u-1", "title": "Berths", "url": ""}
    assert f'href="{SITE}/en/2026/11/16/berths/"' in written("related", value)
    assert written("related", value | {"article": "u-2"}) == ""


def test_nothing_in_a_card_can_become_a_program():
    value = {
        "url": "javascript:alert(1)",
        "title": "<script>x</script>",
        "description": "<img onerror=x>",
        "site": "a&b",
    }
    text = written("embed", value)
    assert "javascript" not in text
    assert "<script" not in text
    assert "<img" not in text


@pytest.mark.parametrize("type", ["audio", "video"])
def test_a_recording_is_a_link(type):
    value = {"file": {"url": "/desk/files/1/a.mp3"}, "title": "Harbour radio"}
    assert f'<a href="{SITE}/desk/files/1/a.mp3">Harbour radio</a>' in written(
        type, value
    )


def test_a_fact_box_and_a_crosshead_stand_apart():
    assert written("crosshead", "Tides & <moons>") == (
        "<h2>Tides &amp; &lt;moons&gt;</h2>"
    )
    box = written("fact_box", {"title": "Berths", "text": "<ul><li>Five</li></ul>"})
    assert box == "<hr><h3>Berths</h3><ul><li>Five</li></ul><hr>"


def test_a_block_of_a_later_format_is_left_out():
    assert written("hologram", {}) == ""


def test_the_dateline_and_the_lead_picture_stand_first():
    text = written("crosshead", "Tides", picture=PICTURE, dateline="HARBOUR")
    assert re.match(r"(?s)<figure>.*</figure>\n<p><b>HARBOUR</b></p>\n<h2>", text)
