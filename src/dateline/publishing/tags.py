"""
The names of the tags that pages read and acts make stale.

docs/architecture.md tells what leaves which tag and what purges it.
"""

import hashlib
from datetime import date
from enum import StrEnum

HEAD = "log:head"
DAYS = "days"
FOOT = "foot"


class Shows(StrEnum):
    """
    How much of an article a page shows, from the least to the most.

    Each holds those before it: an act purges from the first that it changes on.
    """

    PATH = "path"
    """Its address, and that it is public."""
    TITLE = "title"
    """Headline."""
    TEASER = "teaser"
    """Lede, names, section and genre."""
    CARD = "card"
    """Its picture."""
    ARTICLE = "article"
    """All the rest."""


def shown(shows: Shows, article_id: int) -> str:
    return f"{shows.value}:{article_id}"


def version(article_id: int, number: int) -> str:
    """Name one version of an article: that there is one, and what it says."""
    return f"version:{article_id}:{number}"


def uid(article_uid: object) -> str:
    """Name an article that a link asks for and that is not public yet."""
    return f"uid:{article_uid}"


def group(original_uid: object) -> str:
    """Name the addresses of an article in every language."""
    return f"group:{original_uid}"


def place(language: str, kind: str, key: str, article_id: int | None) -> str:
    """
    Name an article's place in a list, with the gap above it.

    Whoever leaves the list leaves a place; whoever enters it fills the gap above
    the next older one, or above the foot. So a page is purged by what comes and
    goes between the articles that it read, and by nothing else.
    """
    where = FOOT if article_id is None else article_id
    return f"list:{language}:{kind}:{key}:{where}"


def correction(language: str, correction_id: int | None) -> str:
    """Name a correction's place among those of its edition, with the gap above it."""
    where = FOOT if correction_id is None else correction_id
    return f"corrections:{language}:{where}"


def filled_sections(language: str) -> str:
    """Name which sections of an edition hold an article."""
    return f"filled:{language}"


def month(language: str, day: date) -> str:
    """Name which days of a month an edition published on."""
    return f"month:{language}:{day:%Y-%m}"


def urgencies(language: str) -> str:
    """Name what leads an edition's front, beside the order of time."""
    return f"urgency:{language}"


def withdrawn(language: str) -> str:
    """Name what an edition has withdrawn, as its feed tells readers' programs."""
    return f"withdrawn:{language}"


def sourced(language: str, key: str) -> str:
    """Name whether an edition has anything from a source."""
    return f"sourced:{language}:{key}"


def sourced_count(language: str, key: str) -> str:
    """Name how much an edition has from a source."""
    return f"sourced:{language}:{key}:count"


def standing(language: str) -> str:
    """Name which standing pages an edition has."""
    return f"standing:{language}"


def day(on: date) -> str:
    """Name the sitemap of one day."""
    return f"day:{on}"


def address(path: str) -> str:
    """
    Name an address with nothing behind it yet: an act may put something there.

    Events keep their tags, and an address may hold a name that is redacted later.
    """
    return f"address:{hashlib.sha256(path.encode()).hexdigest()[:24]}"
