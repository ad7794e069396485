"""
Dates and times as a newspaper in each language prints them, exact and with their zone.

Babel (CLDR) knows 102 of the languages; `date_records` has what it does not know, and
what it would print wrongly. All dates are Gregorian: CLDR knows no other calendar that
all readers of a language share.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, dates

from dateline.languages.date_records import (
    COMMAS,
    DATES_WITH_TIMES,
    FULL_DATES,
    LONG_DATES,
    OFFSETS,
    OWN_CALENDARS,
    SHORT_TIMES,
    Calendar,
)
from dateline.languages.numerals import numbering_system, with_own_digits
from dateline.languages.records import LANGUAGES


def format_date(code: str, day: date, *, weekday: bool = False) -> str:
    """Return the date with the month's name, and the weekday's if asked for."""
    if calendar := OWN_CALENDARS.get(code):
        text = _own_date(calendar, day, weekday=weekday)
    else:
        own, style = (FULL_DATES, "full") if weekday else (LONG_DATES, "long")
        text = dates.format_date(day, own.get(code, style), locale=_locale(code))
    return with_own_digits(code, text)


def format_time(code: str, moment: datetime, zone: ZoneInfo) -> str:
    """
    Return hours and minutes in `zone`, without saying which zone that is.

    :raises ValueError: the moment has no zone of its own
    """
    local = _in_zone(moment, zone)
    style = SHORT_TIMES.get(code, "short")
    return with_own_digits(code, dates.format_time(local, style, locale=_locale(code)))


def format_zone(code: str, moment: datetime, zone: ZoneInfo) -> str:
    """
    Return how far `zone` is from UTC at that moment, such as `GMT+2` or `UTC`.

    Abbreviations (EST, MEZ) would be shorter, but CLDR has them for few languages, and
    many stand for several zones.

    :raises ValueError: the moment has no zone of its own
    """
    offset = _in_zone(moment, zone).utcoffset()
    if not offset:
        return "UTC"
    pattern = OFFSETS.get(code) or _locale(code).zone_formats["gmt"]
    return with_own_digits(code, pattern % _written_offset(offset))


def format_moment(code: str, moment: datetime, zone: ZoneInfo) -> str:
    """
    Return date, time and zone, in the order the language puts them.

    :raises ValueError: the moment has no zone of its own
    """
    local = _in_zone(moment, zone)
    day = format_date(code, local)
    time = f"{format_time(code, local, zone)} {format_zone(code, local, zone)}"
    pattern = DATES_WITH_TIMES.get(code) or str(_locale(code).datetime_formats["long"])
    if pattern == "{1} {0}" and day[-1].isdigit():
        # Two figures side by side are read as one.
        pattern = "{1}" + COMMAS.get(LANGUAGES[code].script, ",") + " {0}"
    return pattern.replace("{0}", time).replace("{1}", day)


def browser_locale(code: str) -> str | None:
    """
    Return the locale with which a browser's Intl prints what these functions print.

    It asks for the same calendar and digits, which browsers otherwise choose themselves
    (the Buddhist year in Thai, the Persian one in Persian). None where CLDR does not
    know the language or we print otherwise: leave the page's own words. Leave them too
    where the browser at hand lacks the locale, or it would write English.
    """
    language = LANGUAGES[code]
    if any(code in own for own in (OWN_CALENDARS, LONG_DATES, SHORT_TIMES)):
        return None
    return f"{language.tag}-u-ca-gregory-nu-{numbering_system(code)}"


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        # Guessing one would tell readers a wrong hour.
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(zone)


def _own_date(calendar: Calendar, day: date, *, weekday: bool) -> str:
    pattern = calendar.full if weekday else calendar.long
    return pattern.format(
        weekday=calendar.weekdays[day.weekday()],
        day=day.day,
        month=calendar.months[day.month - 1],
        year=day.year,
    )


def _written_offset(offset: timedelta) -> str:
    sign = "+" if offset > timedelta(0) else "\N{MINUS SIGN}"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{sign}{hours}:{minutes:02}" if minutes else f"{sign}{hours}"


@cache
def _locale(code: str) -> Locale:
    # Own calendars bring their words; English lends the rest (the order of date and
    # time), which is what the press in both languages follows.
    return Locale.parse(LANGUAGES[code].locale_id or "en")
