"""The words that tell of claims, by language, from a data file."""

import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError

from dateline import languages
from dateline.articles.suggesting.cues import reporting
from dateline.publishing.claims.claim import BEFELL, MEASURE, PEOPLE
from dateline.publishing.claims.stems import plain, stem
from dateline.publishing.quotations.denials import Words as Denials
from dateline.publishing.quotations.denials import denying_words

_FIRST_NUMBER, _TEN = 2, 10
_SCALES = {
    "hundreds": 1e2,
    "thousands": 1e3,
    "lakhs": 1e5,
    "millions": 1e6,
    "crores": 1e7,
    "billions": 1e9,
}
_PHRASES = (
    "about",
    "least",
    "most",
    "about_after",
    "least_after",
    "most_after",
    "apart",
    "change",
    "beside",
    "parts",
    "past",
    "ranges",
)
_SETS = (
    "one",
    "joiners",
    "between",
    "stop",
    "denying",
    "dates",
    "at",
    "at_after",
    "the",
    "that",
    "counted",
)


@dataclass(frozen=True, slots=True, eq=False)
class ClaimWords:
    """What one language tells; nothing but figures where no entry does."""

    numbers: dict[str, float] = field(default_factory=dict)
    scales: dict[str, float] = field(default_factory=dict)
    one: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    same: dict[str, str] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    at: frozenset[str] = frozenset()
    at_after: frozenset[str] = frozenset()
    adjectives_follow: bool = False
    the: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    when: tuple[tuple[str, str], ...] = ()
    """Phrases of time, each with its group."""
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calendar: dict[str, tuple[str, str]] = field(default_factory=dict)
    denials: Denials = field(default_factory=Denials)
    is_known: bool = False


@lru_cache(maxsize=128)
def claim_words(code: str) -> ClaimWords:
    """Return the words of a language of the picker."""
    found = languages.find(code)
    tag = found.tag if found else code
    row = _data().get(tag.partition("-")[0], {})
    when = [
        (_phrase(word), str(number))
        for number, group in enumerate(row.get("when", ()))
        for word in group.split()
    ]
    return ClaimWords(
        numbers=_numbers(row),
        scales={w: scale for key, scale in _SCALES.items() for w in _set(row, key)},
        same=_same(row),
        adjectives_follow=bool(row.get("adjectives_follow")),
        when=tuple(when),
        phrases={
            key: tuple(_phrase(word) for word in str(row.get(key, "")).split())
            for key in _PHRASES
        },
        calendar=_calendar(tag),
        denials=denying_words(found.code if found else code),
        is_known=bool(row),
        saying=_set(row, "saying") | _reporting(found.code if found else code),
        **{key: _set(row, key) for key in _SETS},
    )


def _reporting(code: str) -> frozenset[str]:
    """Return the words that always tell who says something."""
    known = reporting(code)
    senses = known.senses.items() if known else ()
    return frozenset(
        plain(word)
        for word, told in senses
        if all(sense.kind == "speech" and not sense.needs for sense in told)
    )


def _set(row: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(_phrase(word) for word in str(row.get(key, "")).split())


def _phrase(word: str) -> str:
    return plain(word).replace("_", " ")


def _numbers(row: dict[str, Any]) -> dict[str, float]:
    ones = enumerate(str(row.get("numbers", "")).split(), _FIRST_NUMBER)
    tens = enumerate(str(row.get("tens", "")).split(), _FIRST_NUMBER)
    return {plain(word): float(n) for n, word in ones} | {
        plain(word): float(n * _TEN) for n, word in tens
    }


def _same(row: dict[str, Any]) -> dict[str, str]:
    same = {
        plain(word): f"{BEFELL}{place}"
        for place, group in enumerate(row.get("same", ()))
        for word in group.split()
    }
    same |= dict.fromkeys(_set(row, "people"), PEOPLE)
    return same | {word: f"{MEASURE}{stem(word)}" for word in _set(row, "measures")}


def _calendar(tag: str) -> dict[str, tuple[str, str]]:
    """Return the names of months and weekdays (CLDR), without their endings."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, tuple[str, str]] = {}
    for kind, table in (("month", locale.months), ("day", locale.days)):
        for context in table.values():
            for width in ("wide", "abbreviated") if kind == "month" else ("wide",):
                for number, name in context[width].items():
                    key = calendar_key(plain(name))
                    if len(key) > 1 and not key.isdecimal():
                        found.setdefault(key, (kind, str(number)))
    return found


def calendar_key(word: str) -> str:
    """Return a name of the calendar without the letter that bends."""
    word = word.removesuffix(".")
    is_bent = unicodedata.name(word[-1:] or " ", "").startswith("CYRILLIC")
    return word[:-1] if is_bent and len(word) > _SHORT else word


_SHORT = 4


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = (files("dateline.publishing") / "data" / "claims.toml").read_text("utf-8")
    return tomllib.loads(text)
