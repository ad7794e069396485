"""Chains: who rests on whom, as data that cannot go round in circles."""

import pytest
from django.db import IntegrityError, connection, transaction

from dateline.sources import queries
from dateline.sources.actions import cite
from dateline.sources.models import Citation, Source
from dateline.sources.models.citations import CitationKept
from dateline.sources.rules import MOST_STEPS, LedgerRefused
from dateline.sources.vocabulary import SourceKind

pytestmark = pytest.mark.django_db


def source(name, kind=SourceKind.PUBLICATION):
    return Source.objects.create(name=name, kind=kind)


def test_a_chain_is_read_as_steps():
    people = cite(None, described_as="two officials it does not name", by=None)
    agency = cite(source("The agency"), rests_on=people, by=None)
    paper = cite(source("The paper"), rests_on=agency, by=None)

    told = queries.steps(Citation.objects.get(pk=paper.pk))

    assert [step.name for step in told] == [
        "The paper",
        "The agency",
        "two officials it does not name",
    ]
    assert [step.source is None for step in told] == [False, False, True]


def test_a_step_is_a_source_or_a_description():
    with pytest.raises(LedgerRefused, match="Name a source"):
        cite(None, by=None)
    with pytest.raises(LedgerRefused, match="Name a source"):
        cite(source("The agency"), described_as="people", by=None)


def test_nobody_rests_on_themselves():
    agency, paper = source("The agency"), source("The paper")
    first = cite(agency, by=None)
    second = cite(paper, rests_on=first, by=None)

    with pytest.raises(LedgerRefused, match="would rest on itself"):
        cite(agency, rests_on=second, by=None)


def test_a_chain_ends():
    link = None
    for number in range(MOST_STEPS):
        link = cite(source(f"Paper {number}"), rests_on=link, by=None)

    with pytest.raises(LedgerRefused, match="8 steps at the most"):
        cite(source("One more"), rests_on=link, by=None)


def test_the_database_refuses_a_circle_however_it_is_made():
    first = cite(source("The agency"), by=None)
    second = cite(source("The paper"), rests_on=first, by=None)

    table = "UPDATE sources_citation SET"
    for statement, values in (
        (f"{table} rests_on_id=%s, depth=3 WHERE id=%s", [second.pk, first.pk]),
        (f"{table} rests_on_id=%s, depth=2 WHERE id=%s", [first.pk, first.pk]),
        (f"{table} depth=%s WHERE id=%s", [MOST_STEPS + 1, second.pk]),
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)


def test_a_citation_is_never_edited():
    cited = cite(source("The agency"), by=None)
    cited.place = "page 2"

    for act in (
        cited.save,
        cited.delete,
        Citation.objects.all().delete,
        lambda: Citation.objects.update(place="page 2"),
    ):
        with pytest.raises(CitationKept):
            act()
    assert Citation.objects.get().place == ""


def test_twins_that_became_one_are_one_step():
    agency = source("The agency")
    first = cite(agency, by=None)
    below = cite(source("The Agency Ltd"), rests_on=first, by=None)
    Citation.objects.filter(pk=below.pk).update(source=agency)

    told = queries.steps(Citation.objects.get(pk=below.pk))

    assert [step.name for step in told] == ["The agency"]
