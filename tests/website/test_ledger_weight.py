"""What sources add to a reader's page is little, however much rests on them."""

import gzip
from datetime import date
from random import Random

import pytest

from dateline.articles.actions import attribute_span
from dateline.articles.spans import new_span_id, wrap
from dateline.articles.vocabulary import Status
from dateline.publishing import actions
from dateline.sources.actions import cite
from dateline.sources.actions.citing import CitedFrom
from tests.publishing.factories import a_draft, an_editor
from tests.publishing.sourced import a_source

pytestmark = pytest.mark.django_db
STATEMENTS, PARAGRAPHS, SOURCES = 60, 20, 8
MOST_ADDED = 12 * 1024
WORDS = [
    *("harbor", "ferry", "quay", "council", "storm", "bridge", "market", "school"),
    *("tram", "engine", "tide", "crew", "union", "letter", "winter", "repair"),
    *("budget", "signal", "keeper", "night", "figures", "report", "stone", "garden"),
]


def pressed(client, publication) -> int:
    return len(gzip.compress(client.get(publication.path).content, 6))


def sentences() -> list[str]:
    dice = Random(5)  # noqa: S311  (dice, not keys)
    return [
        f"The {' '.join(dice.sample(WORDS, 12))} was {number}." for number in range(60)
    ]


def test_sixty_statements_from_eight_sources_stay_within_the_budget(client):
    spans = [new_span_id() for _ in range(STATEMENTS)]
    told = [wrap(text, span) for text, span in zip(sentences(), spans, strict=True)]

    def body(texts: list[str]) -> list[dict]:
        step = STATEMENTS // PARAGRAPHS
        return [
            {"type": "paragraph", "value": f"<p>{' '.join(texts[at : at + step])}</p>"}
            for at in range(0, STATEMENTS, step)
        ]

    bare = actions.publish_article(
        a_draft(slug="bare", body=body(sentences())), by=an_editor()
    )
    draft = a_draft(slug="told", body=body(told))
    said = [
        cite(
            a_source(f"The {name} office", url=f"https://{name}.example/"),
            by=an_editor(),
            found_in=CitedFrom(place=f"page {at}", said_on=date(2026, 11, 1 + at)),
        )
        for at, name in enumerate(WORDS[:SOURCES])
    ]
    for at, span in enumerate(spans):
        citation = said[at % SOURCES]
        attribute_span(
            draft, span, source=citation.source, by=an_editor(), citation=citation
        )
        if at % 10 == 0:
            actions.set_status(
                draft, span, status=Status.CONFIRMED, by=an_editor(),
                reason=f"We saw the {WORDS[at % 20]} of page {at} ourselves.",
            )  # fmt: skip
    actions.settle_contradiction(
        draft, {spans[0]: "", spans[9]: ""}, by=an_editor(), question="How many?"
    )
    publication = actions.publish_article(draft, by=an_editor())
    added = pressed(client, publication) - pressed(client, bare)
    assert 0 < added <= MOST_ADDED
    page = client.get(publication.path).content.decode()
    assert "60 statements in this article" in page
