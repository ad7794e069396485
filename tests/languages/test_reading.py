"""How long the reader is told a text will take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.languages import LANGUAGES
from dateline.languages.reading import reading_minutes


@pytest.mark.parametrize(
    ("code", "text", "minutes"),
    [
        ("en", "The harbour is open again. " * 190, 4),
        ("ar", "الميناء مفتوح من جديد " * 138, 4),
        ("zh-CN", "港口重新开放。" * 170, 4),
        ("ja", "港はふたたび開いた。" * 159, 4),
        ("ko", "항구가 다시 열렸다. " * 185, 4),
        ("th", "ท่าเรือเปิดอีกครั้ง " * 188, 4),
        ("my", "ဆိပ်ကမ်းပြန်ဖွင့်" * 208, 4),
        # A Hindi word is one word, however many vowel signs it carries.
        ("hi", "बंदरगाह फिर से खुला " * 184, 4),
        ("uk", "Порт — знову відкрито " * 184, 3),
        ("en", "Closed.", 1),
        ("en", " — … !", 0),
        ("en", "", 0),
    ],
)
def test_reading_time_suits_the_script(code, text, minutes) -> None:
    assert reading_minutes(code, text) == minutes


def test_a_foreign_name_is_one_word_in_any_script() -> None:
    plain = reading_minutes("zh-CN", "港口重新开放。" * 1000)
    assert reading_minutes("zh-CN", "Dateline 港口重新开放。" * 1000) > plain
    assert reading_minutes("zh-CN", "D" * 100_000) == 1


@given(st.sampled_from(sorted(LANGUAGES)), st.text())
def test_any_text_has_a_reading_time(code: str, text: str) -> None:
    assert reading_minutes(code, text) >= any(char.isalpha() for char in text)
