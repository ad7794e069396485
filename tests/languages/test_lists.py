"""Names in a row, as readers see them."""

import pytest
from markupsafe import Markup

from dateline.languages import LANGUAGES
from dateline.languages.lists import join_names


@pytest.mark.parametrize(
    ("code", "names", "phrase"),
    [
        ("en", [], ""),
        ("en", ["Ana"], "Ana"),
        ("en", ["Ana", "Bo"], "Ana and Bo"),
        ("en", ["Ana", "Bo", "Cy"], "Ana, Bo, and Cy"),
        ("fr", ["Ana", "Bo", "Cy", "Di"], "Ana, Bo, Cy et Di"),
        ("ar", ["أ", "ب", "ج"], "أ وب وج"),
        ("zh-CN", ["甲", "乙", "丙"], "甲、乙和丙"),
        ("hmn", ["Ana", "Bo", "Cy"], "Ana, Bo thiab Cy"),
        ("sm", ["Ana", "Bo"], "Ana ma Bo"),
        ("en", ["{0}", "{1}", "{x}"], "{0}, {1}, and {x}"),
    ],
)
def test_names_are_joined_as_the_language_joins_them(code, names, phrase) -> None:
    assert join_names(code, names) == phrase


def test_no_name_is_lost() -> None:
    for code in LANGUAGES:
        phrase = join_names(code, ["Ana", "Bo", "Cy", "Di"])
        places = [phrase.index(name) for name in ("Ana", "Bo", "Cy", "Di")]
        assert places == sorted(places), code


@pytest.mark.parametrize("place", range(3))
def test_plain_text_beside_markup_is_escaped(place: int) -> None:
    names = ["<i>", "<b>", "<u>"]
    names[place] = Markup('<a href="/by/ana/">Ana</a>')
    phrase = join_names("en", names)
    assert isinstance(phrase, Markup)
    assert phrase.count("&lt;") == 2
    assert names[place] in phrase
