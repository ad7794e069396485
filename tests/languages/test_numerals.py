"""Numbers as readers see them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.languages import LANGUAGES
from dateline.languages.numerals import format_number, with_own_digits


@pytest.mark.parametrize(
    ("code", "number", "written"),
    [
        ("en", 1234567, "1,234,567"),
        ("uk", 1234567, "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"),
        ("fr", 1234567, "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"),
        ("hi", 1234567, "12,34,567"),
        ("ar", 1234567, "1,234,567"),
        ("bn", 1234567, "১২,৩৪,৫৬৭"),
        ("fa", 1234567, "۱٬۲۳۴٬۵۶۷"),
        ("my", 42, "၄၂"),
        ("de", Decimal("0.5"), "0,5"),
        ("sm", 1234567, "1,234,567"),
        ("hmn", -3, "-3"),
    ],
)
def test_a_number_is_grouped_as_the_press_groups_it(code, number, written) -> None:
    assert format_number(code, number) == written


@given(st.sampled_from(sorted(LANGUAGES)), st.integers(0, 10**9))
def test_own_digits_keep_their_value(code: str, number: int) -> None:
    assert int(with_own_digits(code, str(number))) == number
