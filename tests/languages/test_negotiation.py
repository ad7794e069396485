"""Codes that come from outside, and what readers' browsers ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.languages import LANGUAGES, find, negotiate

CODES = st.sampled_from(sorted(LANGUAGES))
SEVEN = ["en", "uk", "ar", "zh-CN", "hi", "fr", "es"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pt-BR", "pt"),
        ("pt_br", "pt"),
        ("PT", "pt"),
        ("he", "iw"),
        ("he-IL", "iw"),
        ("iw", "iw"),
        ("jv", "jw"),
        ("fil-PH", "tl"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("zh", "zh-CN"),
        ("zh-cn", "zh-CN"),
        ("zh-Hans-SG", "zh-CN"),
        ("zh-TW", "zh-TW"),
        ("zh-HK", "zh-TW"),
        ("ZH-HANT-MO", "zh-TW"),
        ("kmr-Latn-TR", "ku"),
        ("mww", "hmn"),
        ("sr-Latn-RS", "sr"),
        ("eng", "en"),
        ("prs", "fa"),
        (" uk ", "uk"),
        ("en-u-ca-buddhist", "en"),
    ],
)
def test_a_language_is_found_by_any_of_its_names(text: str, code: str) -> None:
    assert find(text) is LANGUAGES[code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "*",
        "x",
        "english",
        "xx",
        "tlh",
        "en--us",
        "-en",
        "en-",
        "е" + "n",
        "e" * 10_000,
    ],
)
def test_what_names_no_language_finds_none(text: str) -> None:
    assert find(text) is None


@given(CODES, st.sampled_from([str, str.upper, str.lower, str.title]), st.booleans())
def test_every_code_tag_and_alias_finds_its_language(code, change, underscore) -> None:
    language = LANGUAGES[code]
    for name in (language.code, language.tag, *language.aliases):
        written = change(name).replace("-", "_" if underscore else "-")
        assert find(written) is language


@given(st.text() | st.from_regex(r"[A-Za-z_\-]{0,50}", fullmatch=True))
def test_find_answers_whatever_it_is_given(text: str) -> None:
    language = find(text)
    assert language is None or LANGUAGES[language.code] is language


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "en"),
        ("", "en"),
        ("uk-UA,uk;q=0.9,en;q=0.5", "uk"),
        ("de, fr;q=0.3, es;q=0.7", "es"),
        ("es;q=0.3, fr;q=0.30", "es"),
        ("he-IL", "en"),
        ("zh-Hans-CN", "zh-CN"),
        # Another script of the same language, but only after every exact wish.
        ("zh-TW", "zh-CN"),
        ("zh-TW, fr;q=0.1", "fr"),
        ("fr;q=0, *", "en"),
        ("en;q=0, *;q=0.5", "uk"),
        ("*", "en"),
        ("ar-EG;q=0, ar", "ar"),
        ("fr;q=0", "en"),
        ("fr;q=2, ar;q=0.1", "ar"),
        ("fr;q=x, ar", "ar"),
        ("fr;level=1, ar", "ar"),
        (";;;,,,q=1", "en"),
        ("FR ; Q=0.5", "fr"),
    ],
)
def test_a_reader_gets_the_edition_asked_for(header: str | None, code: str) -> None:
    assert negotiate(header, SEVEN, "en") == code


def test_a_long_header_is_read_only_so_far() -> None:
    assert negotiate("xx," * 39 + "fr", SEVEN, "en") == "fr"
    assert negotiate("xx," * 40 + "fr", SEVEN, "en") == "en"
    # Cut in the middle of the tag `arn` (Mapuche), which must not be read as Arabic.
    padding = "x" * 996 + ", "
    assert negotiate(padding + "arn", SEVEN, "en") == "en"


def test_with_no_edition_at_all_the_default_stands() -> None:
    assert negotiate("fr, *", [], "en") == "en"


@given(st.text(), st.lists(CODES, unique=True), CODES)
def test_any_header_gets_an_answer(header: str, available, default: str) -> None:
    assert negotiate(header, available, default) in {*available, default}


@given(
    st.lists(
        st.tuples(CODES, st.integers(min_value=1, max_value=1000)),
        min_size=1,
        max_size=20,
        unique_by=lambda wish: wish[0],
    ),
    st.sets(CODES, min_size=1),
)
def test_no_language_is_served_before_a_dearer_one(wishes, available) -> None:
    header = ", ".join(
        f"{LANGUAGES[code].tag};q={quality / 1000:.3f}" for code, quality in wishes
    )
    served = negotiate(header, sorted(available), "en")
    qualities = {code: q for code, q in wishes if code in available}
    if qualities:
        assert qualities[served] == max(qualities.values())
