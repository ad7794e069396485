"""What a reader sees of a change, in scripts with and without spaces."""

from dateline.languages.marking import marked
from dateline.website.differences import differences


def content(*blocks, headline="", lede=""):
    body = [{"id": key, "type": kind, "value": value} for key, kind, value in blocks]
    return {"headline": headline, "lede": lede, "body": body}


def test_a_word_is_marked_and_the_spaces_round_it_are_not():
    assert marked("Two of five", "Three of five") == (
        "<del>Two</del><ins>Three</ins> of five"
    )
    assert marked("at the quay", "at the quay today") == "at the quay <ins>today</ins>"
    assert marked("a b c", "a c") == "a <del>b</del> c"


def test_no_letter_is_cut_from_its_marks():
    assert marked("कुत्ता भौंका", "कुत्ते भौंका") == ("<del>कुत्ता</del><ins>कुत्ते</ins> भौंका")
    assert marked("قال الوزيرُ", "قال الوزيرةُ") == (
        "قال <del>الوزيرُ</del><ins>الوزيرةُ</ins>"
    )
    assert marked("က္က", "က္ခ") == "<del>က္က</del><ins>က္ခ</ins>"


def test_a_script_without_spaces_is_compared_by_letters():
    assert marked("港口关闭两个泊位", "港口关闭三个泊位") == (
        "港口关闭<del>两</del><ins>三</ins>个泊位"
    )


def test_text_is_never_taken_for_markup():
    assert "<script>" not in marked("<script>alert()</script>", "5 < 6 & 7 > 2")


def test_a_passage_beyond_measure_is_shown_whole():
    old, new = "a b " * 2000, "b c " * 2000
    assert marked(old, new) == f"<del>{old}</del><ins>{new}</ins>"


def test_blocks_are_compared_with_themselves_and_not_with_their_neighbors():
    old = content(("1", "paragraph", "<p>One.</p>"), ("2", "crosshead", "Two"))
    new = content(("3", "paragraph", "<p>New.</p>"), ("2", "crosshead", "Two"))
    assert list(differences(old, new)) == [
        ("paragraph", "<del>One.</del>"),
        ("paragraph", "<ins>New.</ins>"),
        ("crosshead", "Two"),
    ]


def test_the_words_of_every_kind_of_block_are_compared():
    was = {"items": ["<p>One</p>", "<p>Two</p>"], "ordered": False}
    now = was | {"items": ["<p>One</p>", "<p>Three</p>"]}
    old, new = content(("1", "list", was)), content(("1", "list", now))
    [(kind, text)] = differences(old, new)
    assert kind == "list"
    assert text == "One\n<del>Two</del><ins>Three</ins>"
