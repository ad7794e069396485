"""Finding people, places and topics by a part of a name, in any language and case."""

from typing import Any

from django.db.models import QuerySet

from dateline.people.models import Contributor

MOST_SEARCHED = 20_000
MOST_FOUND = 500


def fold(text: str) -> str:
    """Return text as names are compared."""
    return " ".join(text.casefold().split())


def named(rows: QuerySet[Any], text: str, *, fields: tuple[str, ...]) -> list[Any]:
    """
    Return the keys of the rows of which a name holds `text`, best match first.

    Names are JSON in many scripts, in which no database folds case alike; these
    tables hold thousands of rows at the most, so Python reads them.
    """
    wanted = fold(text)
    found = []
    for key, *values in rows.values_list("pk", *fields)[:MOST_SEARCHED]:
        names = [fold(name) for value in values for name in _names(value)]
        ranks = [_rank(name, wanted) for name in names if wanted in name]
        if ranks:
            found.append((min(ranks), key))
    return [key for _, key in sorted(found)[:MOST_FOUND]]


def _names(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [str(name) for name in value.values()]
    return [str(value)] if value else []


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    return 1 if name.startswith(wanted) else 2


def rows_named(
    rows: QuerySet[Any], text: str, *, fields: tuple[str, ...]
) -> QuerySet[Any]:
    """Return the rows with such a name."""
    return rows.filter(pk__in=named(rows, text, fields=fields))


def contributors_named(text: str) -> list[int]:
    return named(Contributor.objects.all(), text, fields=("name", "names", "slug"))
