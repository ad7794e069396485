"""Dates and times as a page tells them, in any language and script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from babel import Locale, UnknownLocaleError

from dateline.languages.numerals import ascii_digits
from dateline.sources.wire.month_names import (
    PERSIAN_MONTHS,
    folded,
    month_number,
    month_pattern,
)
from dateline.sources.wire.told_zones import zone_after

#: Longer lines tell a story, not a time.
_LONGEST = 240
_YEARS = range(1800, 2200)
_BUDDHIST = range(2440, 2700)
_PERSIAN = range(1300, 1500)
_NEAR = 26
#: Room for a.m. or Uhr behind a time.
_HALF_LENGTH = 8


@dataclass(frozen=True, slots=True)
class ToldTime:
    """A date that a line tells, where in it, and how exactly."""

    start: int
    end: int
    day: date
    hour: int | None = None
    minute: int = 0
    zone: tzinfo | None = None
    #: Where the day stands and where the time: a name may stand between.
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def moment(self) -> date:
        """
        The moment as told.

        A day alone where no time is told, a naive moment where no zone is told.
        """
        if self.hour is None:
            return self.day
        return datetime.combine(self.day, time(self.hour, self.minute), self.zone)


_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_HAN = re.compile(
    r"(?<!\d)(\d{1,4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?"
)
_ERA = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_VIETNAMESE = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})")
_SHORT_WORD = r"[^\d\n]{0,9}?"
_DAY_BEFORE = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|[ºª°])?{_SHORT_WORD}$")
_YEAR_AFTER = re.compile(rf"^{_SHORT_WORD}(\d{{4}})(?!\d)")
_DAY_AND_YEAR_AFTER = re.compile(
    r"^[\s.,]{0,3}(\d{1,2})(?:st|nd|rd|th)?(?![\d:])[^\d\n]{1,6}(\d{4})(?!\d)"
)
_DAY_AFTER = re.compile(r"^[\s.,]{0,3}(\d{1,2})(?!\d)")
_YEAR_BEFORE = re.compile(rf"(?<!\d)(\d{{4}}){_SHORT_WORD}$")
_YEAR_DAY_BEFORE = re.compile(r"(?<!\d)(\d{4})[^\d\n]{1,8}(\d{1,2})[^\d\n]{0,3}$")

_CLOCK = re.compile(
    r"(?<![\d.:/-])(\d{1,2})\s?(?:[:：٫]|[hH]s?|\s?[時时点點시]\s?|\.(?=\d\d(?![\d.]))|u(?=\d))"
    r"(\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?(?!\d)\s?[分분]?"
)
_WHOLE_HOUR = re.compile(
    r"(?<![\d.:/-])(\d{1,2})\s?"
    r"(?=(?:[ap]\.?\s?m\b|uhr\b|h\b|時|时|点|點|시|बजे|น\.))",
    re.IGNORECASE,
)
_AFTERNOON_WORDS = (
    "pm", "p.m", "p. m", "p m", "下午", "晚上", "午後", "오후", "مساء", "م", "μ.μ",
    "μμ", "अपराह्न", "शाम", "ب.ظ", "öö", "popoldne", "du", "chiều", "tối",
)  # fmt: skip
_FORENOON_WORDS = (
    "am", "a.m", "a. m", "a m", "上午", "凌晨", "早上", "午前", "오전", "صباحا",
    "صباحًا", "ص", "π.μ", "πμ", "पूर्वाह्न", "सुबह", "ق.ظ", "de", "sáng",
)  # fmt: skip
_MIDDAY_WORDS = ("中午", "दोपहर")
#: Where the half of the day stands before the hour: from Hindi to Korean.
_HALVES_BEFORE = "|".join(
    word
    for word in (*_AFTERNOON_WORDS, *_FORENOON_WORDS, *_MIDDAY_WORDS)
    if len(word) > 1 and word > "\u0900"
)
_HALF_BEFORE = re.compile(rf"(?:{_HALVES_BEFORE})\s?$")
_NOON = 12


def find_times(text: str, languages: tuple[str, ...]) -> list[ToldTime]:
    """
    Return every date the line tells, in its order, each with its time and zone.

    The first of the languages decides where a date could be read in two ways. A
    date that leaves two readings open (03/04/2026 in English) is not returned.
    """
    if len(text) > _LONGEST:
        return []
    plain = folded(ascii_digits(text))
    if not any(c.isdigit() for c in plain):
        return []
    found = sorted(_dates(plain, languages), key=lambda told: (told[0], -told[1]))
    apart: list[tuple[int, int, date]] = []
    for told in found:
        if not apart or told[0] >= apart[-1][1]:
            apart.append(told)
    if not apart:
        return []
    # A time belongs to the date beside it: none is looked for beyond another date.
    starts = [start for start, _, _ in apart[1:]] + [len(plain)]
    ends = [0] + [end for _, end, _ in apart[:-1]]
    return [
        _with_clock(text, plain, told, languages, reach)
        for told, reach in zip(apart, zip(ends, starts, strict=True), strict=True)
    ]


def parse_machine_time(value: object) -> date | None:
    """Return the moment of an ISO 8601 string, as machine-readable pages tell it."""
    if not isinstance(value, str):
        return None
    told = value.strip()
    try:
        return date.fromisoformat(told)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        times = find_times(told, ("en",))
        return times[0].moment if times else None


def is_clock_alone(text: str) -> bool:
    """Tell whether the line is a time of day and nothing else."""
    plain = folded(ascii_digits(text)).strip()
    found = _CLOCK.match(plain) or _WHOLE_HOUR.match(plain)
    return found is not None and len(plain) - found.end() <= _HALF_LENGTH


def _dates(plain: str, languages: tuple[str, ...]) -> Iterator[tuple[int, int, date]]:
    for found, parts in _numbered(plain, languages):
        day = _day(*parts)
        if day:
            yield found.start(), found.end(), day
    yield from _named(plain, languages)
    yield from _persian(plain)


def _numbered(
    plain: str, languages: tuple[str, ...]
) -> Iterator[tuple[re.Match[str], tuple[int, int, int]]]:
    for found in _ISO.finditer(plain):
        yield found, (int(found[1]), int(found[2]), int(found[3]))
    for found in _HAN.finditer(plain):
        era = _ERA.get(plain[max(found.start() - 2, 0) : found.start()], 0)
        yield found, (int(found[1]) + era, int(found[2]), int(found[3]))
    for found in _YEAR_FIRST.finditer(plain):
        yield found, (int(found[1]), int(found[3]), int(found[4]))
    for found in _VIETNAMESE.finditer(plain):
        yield found, (int(found[3]), int(found[2]), int(found[1]))
    for found in _YEAR_LAST.finditer(plain):
        order = _day_and_month(
            int(found[1]), int(found[3]), languages, plain[found.end() :]
        )
        if order:
            yield found, (int(found[4]), order[1], order[0])


def _day_and_month(
    first: int, second: int, languages: tuple[str, ...], rest: str
) -> tuple[int, int] | None:
    """Return day and month, or nothing where an English page leaves it open."""
    if first > _NOON or first == second:
        return first, second
    if second > _NOON:
        return second, first
    if languages and languages[0] != "en":
        return first, second
    if re.match(r".{0,14}\b(?:[ecmp][sd]?t)\b", rest):
        return second, first
    if re.match(r".{0,14}\b(?:gmt|bst|ist|cet|cest|sast|aest|aedt|eat|wat)\b", rest):
        return first, second
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if year in _BUDDHIST:
        year -= 543
    if year in _PERSIAN:
        return _from_persian(year, month, day)
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(plain: str, languages: tuple[str, ...]) -> Iterator[tuple[int, int, date]]:
    for found in month_pattern(languages).finditer(plain):
        month = month_number(found[1], languages)
        if month is None:
            continue
        before, after = (
            plain[max(found.start() - 24, 0) : found.start()],
            plain[found.end() :],
        )
        told = _around(before, after, month)
        if told:
            day, back, forth = told
            yield found.start() - back, found.end() + forth, day


def _around(before: str, after: str, month: int) -> tuple[date, int, int] | None:
    """Return the date around the name of a month, and how far it reaches."""
    readings = (
        (_YEAR_DAY_BEFORE, None, lambda b, _: (b[1], b[2])),
        (_DAY_BEFORE, _YEAR_AFTER, lambda b, a: (a[1], b[1])),
        (None, _DAY_AND_YEAR_AFTER, lambda _, a: (a[2], a[1])),
        (_YEAR_BEFORE, _DAY_AFTER, lambda b, a: (b[1], a[1])),
    )
    for left, right, pick in readings:
        b = left.search(before) if left else None
        a = right.search(after) if right else None
        if (left and not b) or (right and not a):
            continue
        year, day_number = pick(b, a)
        day = _day(int(year), month, int(day_number))
        if day:
            return day, len(before) - b.start() if b else 0, a.end() if a else 0
    return None


_PERSIAN_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(map(folded, PERSIAN_MONTHS))})"
    r"(?:\s*ماه)?[\s،]+(?:سال\s+)?(1[34]\d\d)(?!\d)"
)


def _persian(plain: str) -> Iterator[tuple[int, int, date]]:
    names = [folded(name) for name in PERSIAN_MONTHS]
    for found in _PERSIAN_DATE.finditer(plain):
        day = _from_persian(int(found[3]), names.index(found[2]) + 1, int(found[1]))
        if day:
            yield found.start(), found.end(), day


def _from_persian(year: int, month: int, day: int) -> date | None:
    """Return the day of the Persian solar calendar, by its 33-year rule."""
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 (months, days)
        return None
    leap_years = sum(1 for y in range(1300, year) if _is_persian_leap(y))
    elapsed = (year - 1300) * 365 + leap_years
    in_year = (month - 1) * 31 - max(month - 7, 0) + day - 1
    return date(1921, 3, 21) + timedelta(days=elapsed + in_year)


def _is_persian_leap(year: int) -> bool:
    return year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}


def _with_clock(
    text: str,
    plain: str,
    told: tuple[int, int, date],
    languages: tuple[str, ...],
    reach: tuple[int, int],
) -> ToldTime:
    start, end, day = told
    clock = _clock_near(plain, (start, end), reach)
    if not clock:
        return ToldTime(start, end, day, spans=((start, end),))
    hour = _hour(plain, clock, languages)
    if hour is None:
        return ToldTime(start, end, day, spans=((start, end),))
    minute = int(clock[2]) if clock.re is _CLOCK else 0
    stop = clock.end() + _length_of_half(text[clock.end() :])
    zone, length = zone_after(text[stop:], languages[0] if languages else None)
    spans = ((start, end), (clock.start(), stop + length))
    start, end = min(start, clock.start()), max(end, stop + length)
    return ToldTime(start, end, day, hour, minute, zone, spans)


def _clock_near(
    plain: str, told: tuple[int, int], reach: tuple[int, int]
) -> re.Match[str] | None:
    start, end = told
    for pattern in (_CLOCK, _WHOLE_HOUR):
        before = [m for m in pattern.finditer(plain, reach[0], start) if _is_clock(m)]
        after = pattern.search(plain, end, reach[1])
        gaps = [(start - m.end(), m) for m in before[-1:]]
        gaps += [(after.start() - end, after)] if after and _is_clock(after) else []
        near = [(gap, clock) for gap, clock in gaps if gap <= _NEAR]
        if near:
            return min(near, key=lambda entry: entry[0])[1]
    return None


def _is_clock(found: re.Match[str]) -> bool:
    minute = int(found[2]) if found.re is _CLOCK else 0
    return int(found[1]) <= 24 and minute < 60  # noqa: PLR2004 (hours, minutes)


def _hour(plain: str, clock: re.Match[str], languages: tuple[str, ...]) -> int | None:
    hour = int(clock[1]) % 24
    half = _half(plain, clock, languages)
    if half == "pm" and hour < _NOON:
        return hour + _NOON
    if half == "am" and hour == _NOON:
        return 0
    return hour


_ANY_HALF = re.compile(
    r"^[\s.,]{0,2}(?:[ap]\.?\s?m\b\.?|uhr\b|h\b|hrs?\b|घंटे|बजे|น\.)?\s*", re.IGNORECASE
)


def _length_of_half(rest: str) -> int:
    found = _ANY_HALF.match(rest)
    return found.end() if found else 0


def _half(plain: str, clock: re.Match[str], languages: tuple[str, ...]) -> str | None:
    rest = plain[clock.end() :].lstrip()
    front = _HALF_BEFORE.search(plain[: clock.start()])
    if front:
        return _named_half(front[0].strip(), languages)
    return _named_half(rest[:12], languages)


def _named_half(words: str, languages: tuple[str, ...]) -> str | None:
    if words.startswith(_MIDDAY_WORDS):
        return "pm"
    for half, names in (
        ("pm", _halves(languages, "pm")),
        ("am", _halves(languages, "am")),
    ):
        if any(_begins(words, name) for name in names):
            return half
    return None


def _begins(words: str, name: str) -> bool:
    tail = words[len(name) : len(name) + 1]
    return words.startswith(name) and not (tail.isalpha() and name[-1].isascii())


def _halves(languages: tuple[str, ...], half: str) -> set[str]:
    known = _AFTERNOON_WORDS if half == "pm" else _FORENOON_WORDS
    names = {
        folded(w) for w in known if len(w) > 1 or languages[:1] in {("ar",), ("ur",)}
    }
    names -= {"du", "de"} if languages[:1] != ("hu",) else set()
    for language in languages:
        try:
            periods = Locale.parse(language.replace("-", "_")).day_periods
            names.add(folded(periods["format"]["abbreviated"][half]))
        except (UnknownLocaleError, ValueError, KeyError):
            continue
    return names
