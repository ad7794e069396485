"""What an edition has from each source: its lists, and how much there is in them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import connection

from dateline.publishing import tags
from dateline.publishing.lists import UNNAMED, source_counts
from dateline.publishing.models import PublicSource
from dateline.publishing.vocabulary import ListKind
from dateline.sources.models import Source

Place = tuple[str, str]
"""A list: its kind and its key."""

_ADD = """
INSERT INTO publishing_publicsource (language, "key", articles, statements)
VALUES (%s, %s, %s, %s)
ON CONFLICT (language, "key") DO UPDATE SET
    articles = publishing_publicsource.articles + excluded.articles,
    statements = publishing_publicsource.statements + excluded.statements
"""


def counts_in(content: Mapping[str, Any]) -> Counter[str]:
    """Return how many statements rest on each source, under what it is merged into."""
    told = source_counts(content)
    leads = leads_of({int(key) for key in told if key != UNNAMED})
    counted: Counter[str] = Counter()
    for key, count in told.items():
        counted[key if key == UNNAMED else str(leads.get(int(key), key))] += count
    return counted


def source_lists(content: Mapping[str, Any]) -> dict[Place, int]:
    """Return the lists in which an article stands for its sources, and its weight."""
    counted = counts_in(content)
    return {(ListKind.SOURCE.value, key): count for key, count in counted.items()}


def is_of_source(place: Place) -> bool:
    return place[0] == ListKind.SOURCE


def count_sources(
    language: str, before: Mapping[Place, int], after: Mapping[Place, int]
) -> set[str]:
    """Keep the sums as one article moves in its lists; return what that makes stale."""
    changed = sorted(
        place
        for place in before.keys() | after.keys()
        if is_of_source(place) and before.get(place) != after.get(place)
    )
    return _add(
        [
            (
                language,
                place[1],
                (place in after) - (place in before),
                after.get(place, 0) - before.get(place, 0),
            )
            for place in changed
        ]
    )


def _add(told: list[tuple[str, str, int, int]]) -> set[str]:
    if not told:
        return set()
    languages, keys = {row[0] for row in told}, {row[1] for row in told}
    rows = PublicSource.objects.filter(language__in=languages, key__in=keys)
    known = {(row.language, row.key): row.articles for row in rows}
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, told)
    stale = {tags.sourced_count(language, key) for language, key, *_ in told}
    for language, key, articles, _ in told:
        held = known.get((language, key), 0)
        if (held > 0) != (held + articles > 0):
            stale.add(tags.sourced(language, key))
    return stale


def leads_of(ids: set[int]) -> dict[int, int]:
    """Return where the merged ones among these lead, through every merging."""
    leads: dict[int, int] = {}
    asked = ids
    while asked:
        rows = Source.objects.filter(pk__in=asked, merged_into__isnull=False)
        found = dict(rows.values_list("pk", "merged_into_id"))
        leads |= found
        asked = set(found.values()) - leads.keys()
    return {pk: _last(pk, leads) for pk in ids if pk in leads}


def _last(pk: int, leads: Mapping[int, int]) -> int:
    while pk in leads:
        pk = leads[pk]
    return pk
