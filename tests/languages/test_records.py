"""The 104 languages, as readers and machines meet them."""

import unicodedata

import pytest
from babel import Locale

from dateline.languages import LANGUAGES

RIGHT_TO_LEFT = {"ar", "iw", "ps", "fa", "sd", "ur", "yi"}

# What each script's letters are called in Unicode; Jpan and Kore mix several.
LETTERS = {
    "Arab": "ARABIC",
    "Armn": "ARMENIAN",
    "Beng": "BENGALI",
    "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Gujr": "GUJARATI",
    "Guru": "GURMUKHI",
    "Hans": "CJK",
    "Hant": "CJK",
    "Hebr": "HEBREW",
    "Jpan": "CJK",
    "Khmr": "KHMER",
    "Knda": "KANNADA",
    "Kore": "HANGUL",
    "Laoo": "LAO",
    "Latn": "LATIN",
    "Mlym": "MALAYALAM",
    "Mymr": "MYANMAR",
    "Sinh": "SINHALA",
    "Taml": "TAMIL",
    "Telu": "TELUGU",
    "Thai": "THAI",
}


def test_the_picker_is_complete_and_in_order() -> None:
    assert len(LANGUAGES) == 104
    assert list(LANGUAGES)[:3] == ["af", "sq", "am"]
    assert list(LANGUAGES)[-3:] == ["yi", "yo", "zu"]
    assert all(code == language.code for code, language in LANGUAGES.items())


def test_no_two_languages_share_a_name() -> None:
    for attribute in ("tag", "name", "autonym"):
        values = {getattr(language, attribute) for language in LANGUAGES.values()}
        assert len(values) == 104, attribute


def test_right_to_left_languages_are_these_seven() -> None:
    found = {code for code, row in LANGUAGES.items() if row.direction == "rtl"}
    assert found == RIGHT_TO_LEFT


def test_an_autonym_is_in_its_own_script() -> None:
    for code, language in LANGUAGES.items():
        letters = [
            char
            for char in language.autonym
            if unicodedata.category(char) in {"Lu", "Ll", "Lo"}
        ]
        assert letters, code
        for letter in letters:
            assert unicodedata.name(letter).startswith(LETTERS[language.script]), code
        assert unicodedata.normalize("NFC", language.autonym) == language.autonym


def test_a_locale_knows_the_language_by_the_same_direction() -> None:
    known = {c: row for c, row in LANGUAGES.items() if row.locale_id is not None}
    assert set(LANGUAGES) - set(known) == {"hmn", "sm"}
    for code, language in known.items():
        assert Locale.parse(language.locale_id).text_direction == language.direction, (
            code
        )


def test_tags_are_todays_standard() -> None:
    differing = {row.code: row.tag for row in LANGUAGES.values() if row.code != row.tag}
    assert differing == {
        "iw": "he",
        "jw": "jv",
        "tl": "fil",
        "no": "nb",
        "zh-CN": "zh-Hans",
        "zh-TW": "zh-Hant",
    }


def test_no_alias_names_two_languages() -> None:
    names = [
        name.lower()
        for row in LANGUAGES.values()
        for name in {row.code, row.tag, *row.aliases}
    ]
    assert len(names) == len(set(names))


def test_the_records_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        LANGUAGES["xx"] = LANGUAGES["en"]
    with pytest.raises(AttributeError):
        LANGUAGES["en"].tag = "xx"
