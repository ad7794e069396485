"""Names in a row: `A, B and C`, as each language joins them."""

from collections.abc import Sequence
from functools import cache

from babel import Locale

from dateline.languages.records import LANGUAGES

# CLDR knows neither Hmong nor Samoan, has the French word for Haitian Creole, and both
# spellings at once, `a(c)` and `a(n)`, for Welsh and Luxembourgish.
_OWN_AND = {"cy": "a", "hmn": "thiab", "ht": "ak", "lb": "an", "sm": "ma"}


def join_names(code: str, names: Sequence[str]) -> str:
    """
    Return the names as one phrase; in markup, plain text is escaped.

    :raises KeyError: the code is none of the 104
    """
    patterns = _patterns(code)
    match names:
        case []:
            return ""
        case [only]:
            return only
        case [first, second]:
            return _fill(patterns["2"], first, second)
    phrase = _fill(patterns["end"], *names[-2:])
    for name in reversed(names[1:-2]):
        phrase = _fill(patterns["middle"], name, phrase)
    return _fill(patterns["start"], names[0], phrase)


def _fill(pattern: str, first: str, second: str) -> str:
    # A kind of text that escapes what is put into it (markupsafe) has its own format().
    kind = type(first) if isinstance(first, type(second)) else type(second)
    return kind(pattern).format(first, second)


@cache
def _patterns(code: str) -> dict[str, str]:
    if word := _OWN_AND.get(code):
        plain, last = "{0}, {1}", f"{{0}} {word} {{1}}"
        return {"start": plain, "middle": plain, "end": last, "2": last}
    locale = Locale.parse(LANGUAGES[code].locale_id or "en")
    return {key: str(text) for key, text in locale.list_patterns["standard"].items()}
