"""Twins become one: every row follows, the history stays, and it can be undone."""

import pytest
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from dateline.articles.actions import attribute_span
from dateline.articles.models import Attribution
from dateline.people.models import User
from dateline.plumbing.models import Event
from dateline.sources import queries
from dateline.sources.actions import (
    cite,
    merge_sources,
    note_reliability,
    undo_merge,
)
from dateline.sources.models import Source, SourceMerge, WireItem
from dateline.sources.rules import LedgerRefused
from dateline.sources.vocabulary import SourceKind
from tests.publishing.factories import a_draft

pytestmark = pytest.mark.django_db
SPANS = ("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc")


@pytest.fixture
def editor():
    return User.objects.create(username="merging")


@pytest.fixture
def twins(editor):
    """The agency under two names: two statements rest on one, one on the other."""
    agency = Source.objects.create(kind=SourceKind.PUBLICATION, name="The agency")
    twin = Source.objects.create(kind=SourceKind.PUBLICATION, name="Agency Ltd")
    article = a_draft()
    for span, source in zip(SPANS, (twin, twin, agency), strict=True):
        attribute_span(article, span, source=source, by=editor)
    return twin, agency


def laid_to(source):
    rows = Attribution.objects.filter(source=source)
    return sorted(rows.values_list("span", flat=True))


def test_everything_follows(twins, editor):
    twin, agency = twins
    item = WireItem.objects.create(
        uri="urn:x",
        source=twin,
        format="page",
        original_path="x",
        original_hash="y",
        original_size=1,
        received_at="2026-11-22T06:00:00Z",
    )
    cited = cite(twin, by=editor)
    note_reliability(twin, "Slow to correct.", by=editor)

    merge = merge_sources(twin, into=agency, by=editor, reason="One house, two names.")

    assert laid_to(agency) == list(SPANS)
    assert laid_to(twin) == []
    item.refresh_from_db()
    cited.refresh_from_db()
    assert (item.source, cited.source) == (agency, agency)
    assert agency.notes.count() == 1
    assert merge.moved_count == 5
    assert Event.objects.get(name="source.merged").payload == {
        "twin": twin.pk,
        "into": agency.pk,
    }


def test_the_twin_leads_on(twins, editor):
    twin, agency = twins
    house = Source.objects.create(kind=SourceKind.PUBLICATION, name="The house")
    merge_sources(twin, into=agency, by=editor, reason="One house.")
    agency.refresh_from_db()
    merge_sources(agency, into=house, by=editor, reason="And its owner.")

    assert queries.standing_source(Source.objects.get(pk=twin.pk)) == house
    assert list(Source.objects.standing()) == [house]


def test_undone_it_is_as_before(twins, editor):
    twin, agency = twins
    merge = merge_sources(twin, into=agency, by=editor, reason="One house.")

    undone = undo_merge(merge, by=editor)

    assert laid_to(twin) == list(SPANS[:2])
    assert laid_to(agency) == [SPANS[2]]
    assert Source.objects.get(pk=twin.pk).merged_into is None
    assert (undone.undone_by, undone.undone_at is not None) == (editor, True)
    with pytest.raises(LedgerRefused, match="undone already"):
        undo_merge(merge, by=editor)


def test_what_was_attributed_since_then_stays(twins, editor):
    twin, agency = twins
    merge = merge_sources(twin, into=agency, by=editor, reason="One house.")
    third = Source.objects.create(kind=SourceKind.PERSON, name="Ina Brook")
    article = Attribution.objects.first().article
    attribute_span(article, SPANS[0], source=third, by=editor)

    undo_merge(merge, by=editor)

    assert laid_to(third) == [SPANS[0]]
    assert laid_to(twin) == [SPANS[1]]


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("itself", "this is the same one"),
        ("no reason", "Say why"),
        ("unnamed", "never merged"),
        ("again", "was merged into another source already"),
    ],
)
def test_what_may_not_be_merged(twins, editor, case, says):
    twin, agency = twins
    reason = " " if case == "no reason" else "One house."
    if case == "itself":
        agency = twin
    if case == "unnamed":
        twin = Source.objects.create(
            kind=SourceKind.UNNAMED,
            name="an official",
            unnamed_reason="Asked for it.",
            known_to=editor,
        )
    if case == "again":
        merge_sources(twin, into=agency, by=editor, reason=reason)

    with pytest.raises(LedgerRefused, match=says):
        merge_sources(twin, into=agency, by=editor, reason=reason)
    assert SourceMerge.objects.count() == (1 if case == "again" else 0)


@pytest.mark.parametrize(
    "delete",
    [Source.delete, lambda one: Source.objects.filter(pk=one.pk).delete()],
    ids=["row", "rows"],
)
def test_a_source_in_use_is_not_deleted(twins, delete):
    with pytest.raises(ProtectedError):
        delete(twins[0])


@pytest.mark.django_db(transaction=True)
def test_nor_by_the_database_itself(twins):
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute("DELETE FROM sources_source WHERE id=%s", [twins[0].pk])
    assert Source.objects.filter(pk=twins[0].pk).exists()
