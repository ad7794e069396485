"""Dates and times as readers see them."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dateline.languages import LANGUAGES
from dateline.languages.dates import (
    browser_locale,
    format_date,
    format_moment,
    format_time,
    format_zone,
)

KYIV = ZoneInfo("Europe/Kyiv")
SUNDAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "long", "full"),
    [
        ("en", "November 22, 2026", "Sunday, November 22, 2026"),
        ("uk", "22 листопада 2026\u202fр.", "неділя, 22 листопада 2026\u202fр."),
        ("ar", "22 نوفمبر 2026", "الأحد، 22 نوفمبر 2026"),
        ("zh-CN", "2026年11月22日", "2026年11月22日星期日"),
        ("hi", "22 नवंबर 2026", "रविवार, 22 नवंबर 2026"),
        ("fr", "22 novembre 2026", "dimanche 22 novembre 2026"),
        ("es", "22 de noviembre de 2026", "domingo, 22 de noviembre de 2026"),
        ("bn", "২২ নভেম্বর, ২০২৬", "রবিবার, ২২ নভেম্বর, ২০২৬"),
        ("fa", "۲۲ نوامبر ۲۰۲۶", "یکشنبه ۲۲ نوامبر ۲۰۲۶"),
        ("eo", "la 22-a de Novembro 2026", "dimanĉo, la 22-a de Novembro 2026"),
        ("sn", "22 Mbudzi 2026", "Svondo, 22 Mbudzi 2026"),
        (
            "hmn",
            "Lub Kaum Ib Hlis tim 22, 2026",
            "Zwj Hnub, Lub Kaum Ib Hlis tim 22, 2026",
        ),
        ("sm", "22 Novema 2026", "Aso Sa, 22 Novema 2026"),
        ("ht", "22 novanm 2026", "dimanch 22 novanm 2026"),
    ],
)
def test_a_date_is_written_as_the_press_writes_it(code, long, full) -> None:
    assert format_date(code, SUNDAY) == long
    assert format_date(code, SUNDAY, weekday=True) == full


@pytest.mark.parametrize(
    ("code", "time"),
    [
        ("en", "3:05\N{NARROW NO-BREAK SPACE}PM"),
        ("uk", "15:05"),
        ("da", "15.05"),
        ("ko", "오후 3:05"),
        ("mr", "३:०५ PM"),
        ("yo", "15:05"),
        ("sd", "١٥:٠٥"),
        ("hmn", "3:05\N{NARROW NO-BREAK SPACE}PM"),
    ],
)
def test_a_time_is_told_in_the_newsrooms_zone(code, time) -> None:
    assert format_time(code, MOMENT, KYIV) == time


@pytest.mark.parametrize(
    ("code", "zone", "written"),
    [
        ("en", "Europe/Kyiv", "GMT+2"),
        ("en", "UTC", "UTC"),
        ("en", "Asia/Kathmandu", "GMT+5:45"),
        ("en", "America/St_Johns", "GMT−3:30"),
        ("fr", "Asia/Tokyo", "UTC+9"),
        ("ar", "Europe/Kyiv", "غرينتش+2"),
        ("mr", "Europe/Kyiv", "GMT+२"),
        ("yo", "Africa/Lagos", "GMT+1"),
    ],
)
def test_a_zone_is_told_as_its_distance_from_utc(code, zone, written) -> None:
    assert format_zone(code, MOMENT, ZoneInfo(zone)) == written


def test_summer_time_is_that_of_the_moment() -> None:
    july = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert format_moment("uk", july, KYIV) == "1 липня 2026\u202fр., 15:00 GMT+3"
    assert format_moment("uk", MOMENT, KYIV) == "22 листопада 2026\u202fр., 15:05 GMT+2"


def test_the_day_is_that_of_the_zone() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    late = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    assert format_moment("ja", late, tokyo) == "2026年11月23日 0:30 GMT+9"


def test_a_moment_is_exact_in_every_language() -> None:
    for code in LANGUAGES:
        moment = format_moment(code, MOMENT, KYIV)
        # int() reads the digits of every script.
        figures = {int(figure) for figure in re.findall(r"\d+", moment)}
        assert figures >= {2026, 22, 5, 2}, code
        assert {3, 15} & figures, code
        assert not re.search(r"[{}\[\]]|M\d\d", moment), code
        assert not re.search(r"\d \d", moment), code


def test_no_two_months_or_weekdays_look_alike() -> None:
    for code in LANGUAGES:
        months = {format_date(code, date(2026, month, 28)) for month in range(1, 13)}
        days = {format_date(code, date(2026, 11, d), weekday=True) for d in range(2, 9)}
        assert len(months) == 12, code
        assert len({re.sub(r"\d", "", day) for day in days}) == 7, code


@pytest.mark.parametrize("tell", [format_moment, format_time, format_zone])
def test_a_time_without_a_zone_is_refused(tell) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        tell("en", datetime(2026, 11, 22, 13, 5), KYIV)  # noqa: DTZ001  (on purpose)


def test_browsers_are_told_to_print_the_same() -> None:
    assert browser_locale("th") == "th-u-ca-gregory-nu-latn"
    assert browser_locale("fa") == "fa-u-ca-gregory-nu-arabext"
    assert browser_locale("iw") == "he-u-ca-gregory-nu-latn"
    assert {code for code in LANGUAGES if browser_locale(code) is None} == {
        *("eo", "hmn", "ht", "ko", "ny", "ps", "sd", "sm", "sn", "st", "yo")
    }
