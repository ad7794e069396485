"""
Numbers as a language writes them.

Digits follow CLDR's default numbering system, in numbers, dates and times alike: native
digits in Bengali, Burmese, Marathi, Nepali, Pashto, Persian and Sindhi, and the digits
0 to 9 elsewhere, as the press of those languages does (in Arabic and Hindi too).
"""

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import format_decimal

from dateline.languages.records import LANGUAGES

_OTHER_DIGIT = re.compile(r"[^\W\D0-9]")
_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀"}


@lru_cache(4_096)
def format_number(code: str, number: int | Decimal) -> str:
    """Return the number grouped and with the digits of the language."""
    # Where CLDR has no record the press writes numbers as English does.
    locale = LANGUAGES[code].locale_id or "en"
    text = format_decimal(number, locale=locale, numbering_system="default")
    return with_own_digits(code, text)


def with_own_digits(code: str, text: str) -> str:
    """Return the text with 0 to 9 replaced by the digits of the language."""
    return text.translate(_digits(code))


def ascii_digits(text: str) -> str:
    """Return the text with the decimal digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)


@cache
def numbering_system(code: str) -> str:
    """Return CLDR's name for the digits of the language, such as `latn`."""
    locale_id = LANGUAGES[code].locale_id
    return Locale.parse(locale_id).default_numbering_system if locale_id else "latn"


@cache
def _digits(code: str) -> dict[int, str]:
    zero = _ZEROS.get(numbering_system(code), "0")
    return {ord("0") + n: chr(ord(zero) + n) for n in range(10)}
