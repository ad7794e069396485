"""How much is published from each source is kept by the acts, and is what it is."""

from collections import Counter
from contextlib import suppress
from random import Random

import pytest

from dateline.publishing.actions.sourcing import counts_in
from dateline.publishing.models import Listing, Publication, PublicSource
from dateline.publishing.rules import ActRefused
from tests.flows.generated_newsroom import ACTS, House

pytestmark = pytest.mark.django_db
ROUNDS, AT_ONCE = 3, 5
OFTEN = (
    "publish",
    "update_body",
    "update_source",
    "publish_translation",
    "correct",
    "redact",
    "kill",
    "merge_source",
    "undo_merge_source",
    "deliver",
)


def counted_anew() -> dict[tuple[str, str], tuple[int, int]]:
    """Return what is public from each source, counted from what readers have."""
    articles: Counter[tuple[str, str]] = Counter()
    statements: Counter[tuple[str, str]] = Counter()
    for row in Publication.objects.filter(state="public").select_related("version"):
        for key, count in counts_in(row.version.content).items():
            articles[row.language, key] += 1
            statements[row.language, key] += count
    return {key: (articles[key], statements[key]) for key in articles}


def act_at_random(house: House) -> None:
    house.wait()
    with house.at_its_time(), suppress(ActRefused):
        if do := ACTS[house.random.choice(OFTEN)](house):
            do()


def test_counts_and_lists_are_what_they_would_be_if_counted_anew():
    house = House(Random(1), articles=4)  # noqa: S311  (dice, not keys)
    for _ in range(ROUNDS):
        for _ in range(AT_ONCE):
            act_at_random(house)
        while house.pending:
            ACTS["deliver"](house)()
        wanted = counted_anew()
        rows = PublicSource.objects.exclude(articles=0, statements=0)
        kept = {(r.language, r.key): (r.articles, r.statements) for r in rows}
        assert kept == wanted
        listed = Listing.objects.filter(kind="source").values_list("language", "key")
        assert Counter(listed) == {key: count for key, (count, _) in wanted.items()}
