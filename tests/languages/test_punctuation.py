"""Quotation marks as readers see them."""

import unicodedata

import pytest

from dateline.languages import LANGUAGES
from dateline.languages.punctuation import quotation_marks


@pytest.mark.parametrize(
    ("code", "outer", "inner"),
    [
        ("en", "“”", "‘’"),
        ("uk", "«»", "„“"),
        ("ar", "«»", "“”"),
        ("zh-CN", "“”", "‘’"),
        ("zh-TW", "「」", "『』"),
        ("hi", "“”", "‘’"),
        ("fr", "«\u00a0\u00a0»", "“”"),
        ("es", "“”", "‘’"),
        ("de", "„“", "‚‘"),
        ("sv", "””", "’’"),
    ],
)
def test_quotations_are_marked_as_the_press_marks_them(code, outer, inner) -> None:
    marks = quotation_marks(code)
    assert marks.opening + marks.closing == outer
    assert marks.inner_opening + marks.inner_closing == inner


def test_every_language_has_true_quotation_marks() -> None:
    for code in LANGUAGES:
        marks = quotation_marks(code)
        outer = marks.opening, marks.closing
        inner = marks.inner_opening, marks.inner_closing
        for mark in (*outer, *inner):
            [char] = mark.strip("\u00a0")
            assert unicodedata.category(char) in {"Pi", "Pf", "Ps", "Pe"}, code
        assert outer != inner, code


def test_a_code_that_is_no_language_is_refused() -> None:
    with pytest.raises(KeyError):
        quotation_marks("xx")
