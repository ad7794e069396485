"""Months as papers write them, in the languages Babel knows."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

#: Arabic has three sets of month names; papers of the Levant and the Maghreb differ.
_VARIANTS = {"ar": ("ar", "ar_LB", "ar_DZ", "ar_MA"), "nb": ("nb",), "no": ("nb",)}
#: Names in papers that Babel's tables lack.
_FURTHER = {
    "en": {"sept": 9},
    "hi": {"नवम्बर": 11, "दिसम्बर": 12, "सितम्बर": 9, "अक्टूबर": 10, "अक्तूबर": 10},
    "fa": {"ژوئن": 6, "ژوئیه": 7, "جولای": 7, "اوت": 8, "آگوست": 8},
}
#: The Persian year of the sun begins in March: these months are not ours.
PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_WIDTHS = ("wide", "abbreviated")
_CONTEXTS = ("format", "stand-alone")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ي": "ي", "ك": "ک"})
_LONG_ENOUGH_TO_INFLECT = 5
_PREFIX = 3


def folded(text: str) -> str:
    """Return the text for comparing, letter for letter as long as it was."""
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_LETTERS)


@lru_cache(maxsize=128)
def months_of(language: str) -> dict[str, int]:
    """Return the names of months in the language, folded, each with its number."""
    names: dict[str, int] = {}
    for code in _VARIANTS.get(language, (language,)):
        for name, number in _names_of_locale(code):
            names.setdefault(name, number)
    names.update(_FURTHER.get(language, {}))
    return _with_prefixes({folded(name): number for name, number in names.items()})


def _names_of_locale(code: str) -> list[tuple[str, int]]:
    try:
        months = Locale.parse(code.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        return []
    return [
        (name.rstrip(".").strip(), number)
        for context in _CONTEXTS
        for width in _WIDTHS
        for number, name in months[context][width].items()
        if any(c.isalpha() for c in name) and not name[0].isdigit()
    ]


def _with_prefixes(names: dict[str, int]) -> dict[str, int]:
    """Add three-letter forms where they are clear: papers shorten at will."""
    short: dict[str, set[int]] = {}
    for name, number in names.items():
        if name.isalpha() and len(name) > _PREFIX and name[0] < "\u0530":
            short.setdefault(name[:_PREFIX], set()).add(number)
    for name, numbers in short.items():
        if len(numbers) == 1:
            names.setdefault(name, numbers.copy().pop())
    return names


@lru_cache(maxsize=64)
def month_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the name of a month in any of the languages."""
    names = {name for language in languages for name in months_of(language)}
    inflected = (
        re.escape(name)
        + (r"[^\W\d_]{0,4}" if len(name) >= _LONG_ENOUGH_TO_INFLECT else "")
        for name in sorted(names, key=len, reverse=True)
    )
    # Hebrew writes "in November" as one word.
    return re.compile(rf"(?<![^\W\d_])[בהל]?({'|'.join(inflected)})(?![^\W_])")


@lru_cache(maxsize=4096)
def month_number(name: str, languages: tuple[str, ...]) -> int | None:
    """Return which month the name, folded, is in the first language that has it."""
    for language in languages:
        names = months_of(language)
        for length in range(len(name), max(len(name) - 5, 1), -1):
            if name[:length] in names:
                return names[name[:length]]
    return None
