"""Words that carry a fact: counts and denials by language, and names of dates."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=1)
def _counting_words() -> dict[str, frozenset[str]]:
    data = files("dateline.publishing") / "data" / "counting_words.toml"
    table = tomllib.loads(data.read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in table.items()}


def counting_words(tag: str) -> frozenset[str]:
    """Return the words of a language that count, deny or qualify, in small letters."""
    return _counting_words().get(tag.partition("-")[0], frozenset())


@lru_cache(maxsize=128)
def date_words(tag: str) -> frozenset[str]:
    """Return the names of months and weekdays in a language (CLDR), small."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [
        name
        for table in (locale.months, locale.days)
        for context in table.values()
        for name in context["wide"].values()
    ]
    return frozenset(word for name in names for word in name.casefold().split())
