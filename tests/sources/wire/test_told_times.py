"""Dates and times as papers write them."""

import pytest

from dateline.sources.wire.told_times import find_times

NOON_SUNDAY = "2026-11-22T14:05:00"


@pytest.mark.parametrize(
    ("language", "line", "moment"),
    [
        ("en", "Published: November 22, 2026 at 2:05 pm EST", f"{NOON_SUNDAY}-05:00"),
        ("en", "by Ada Quill November 22, 2026 2:05 PM 1 min read", NOON_SUNDAY),
        ("en", "22 November 2026, 14:05 CET", f"{NOON_SUNDAY}+01:00"),
        ("en", "Sun 22 Nov 2026 14.05 GMT", f"{NOON_SUNDAY}+00:00"),
        ("en", "Nov. 22, 2026, 2:05 p.m. ET", f"{NOON_SUNDAY}-05:00"),
        ("en", "22 November 2026 at 14:05 Kyiv time", f"{NOON_SUNDAY}+02:00"),
        ("en", "11/22/2026 2:05 PM", NOON_SUNDAY),
        ("en", "03/04/2026 5:00 PM EST", "2026-03-04T17:00:00-05:00"),
        ("en", "22 November 2026", "2026-11-22"),
        ("en", "2026-11-22T14:05:00Z", f"{NOON_SUNDAY}+00:00"),
        ("de", "Am 3. März 2026 um 12:00 Uhr", "2026-03-03T12:00:00"),
        ("de", "3. März 2026, 12 Uhr", "2026-03-03T12:00:00"),
        ("uk", "Опубліковано: 5 травня 2026, 10:30", "2026-05-05T10:30:00"),
        ("ru", "22 ноября 2026 г., 14:05 МСК", f"{NOON_SUNDAY}+03:00"),
        ("ru", "14:05, 22.11.2026", NOON_SUNDAY),
        ("bg", "22 ноември 2026 в 14:05 ч.", NOON_SUNDAY),
        ("ar", "٢٢ نوفمبر ٢٠٢٦ - ١٤:٠٥", NOON_SUNDAY),
        ("ar", "22 تشرين الثاني 2026 الساعة 2:05 مساء", NOON_SUNDAY),
        ("fa", "۱ آذر ۱۴۰۵ - ۱۴:۰۵", NOON_SUNDAY),
        ("he", "פורסם ב-22 בנובמבר 2026 14:05", NOON_SUNDAY),
        ("hi", "22 नवंबर 2026, 02:05 PM IST", f"{NOON_SUNDAY}+05:30"),
        ("hi", "22 नवम्बर 2026, शाम 5:30 बजे", "2026-11-22T17:30:00"),
        ("bn", "রবিবার, ২২ নভেম্বর ২০২৬, ১৪:০৫", NOON_SUNDAY),
        ("zh", "2026年11月22日 14:05", NOON_SUNDAY),
        ("zh", "2026年11月22日 下午2:05", NOON_SUNDAY),
        ("zh", "2026-11-22 14:05:33 +0800", f"{NOON_SUNDAY}+08:00"),
        ("ja", "令和8年11月22日 14時05分", NOON_SUNDAY),
        ("ko", "2026.11.22. 오후 2:05", NOON_SUNDAY),
        ("th", "22 พฤศจิกายน 2569 14:05 น.", NOON_SUNDAY),
        ("vi", "Chủ nhật, 22/11/2026, 14:05 (GMT+7)", f"{NOON_SUNDAY}+07:00"),
        ("vi", "22 tháng 11, 2026", "2026-11-22"),
        ("es", "22 de noviembre de 2026 a la(s) 2:05 p. m.", NOON_SUNDAY),
        ("es", "22 NOV 2026 - 14:05 CET", f"{NOON_SUNDAY}+01:00"),
        ("fr", "Publié le 22 novembre 2026 à 14h05", NOON_SUNDAY),
        ("pt", "22/11/2026 14h05", NOON_SUNDAY),
        ("it", "22 novembre 2026 alle 14:05", NOON_SUNDAY),
        ("nl", "22 november 2026 om 14:05 uur", NOON_SUNDAY),
        ("fi", "22.11.2026 klo 14.05", NOON_SUNDAY),
        ("sv", "Publicerad 2026-11-22 14.05", NOON_SUNDAY),
        ("hu", "2026. november 22., 14:05", NOON_SUNDAY),
        ("lt", "2026 m. lapkričio 22 d. 14:05", NOON_SUNDAY),
        ("lv", "2026. gada 22. novembris", "2026-11-22"),
        ("eu", "2026ko azaroaren 22a", "2026-11-22"),
        ("cs", "22. listopadu 2026 14:05", NOON_SUNDAY),
        ("hr", "22. studenoga 2026. u 14:05", NOON_SUNDAY),
        ("hr", "22. listopada 2026. u 14:05", "2026-10-22T14:05:00"),
        ("el", "22 Νοεμβρίου 2026, 2:05 μ.μ.", NOON_SUNDAY),
        ("tr", "22 Kasım 2026 Pazar 14:05", NOON_SUNDAY),
    ],
)
def test_date_is_read_as_it_was_told(language, line, moment):
    (told,) = find_times(line, tuple(dict.fromkeys((language, "en"))))

    assert told.moment.isoformat() == moment


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "03/04/2026"),
        ("en", "31/31/2026"),
        ("en", "February 31, 2026"),
        ("en", "5:15 AM"),
        ("en", "© 2026 Harbor Courier"),
        ("en", "Between 1939 and 1945 they met 12 times in May"),
        ("ar", "٢٢ نوفمبر"),
    ],
)
def test_what_is_not_told_whole_is_not_guessed(language, line):
    assert find_times(line, (language, "en")) == []


def test_time_belongs_to_the_date_beside_it():
    line = "Published 22 Nov 2026 | Updated 23 Nov 2026 09:12"

    told = find_times(line, ("en",))

    assert [t.moment.isoformat() for t in told] == ["2026-11-22", "2026-11-23T09:12:00"]
