"""Sources that are not named: a reason, an editor who knows, and no identity (I20)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dateline.people.models import User
from dateline.sources import rules
from dateline.sources.models import Source
from dateline.sources.rules import IdentityAtRisk, suspected_name
from dateline.sources.vocabulary import SourceKind


@pytest.fixture
def knowing(db):
    return User.objects.create(username="editor")


def unnamed(knowing, **told):
    values = {
        "kind": SourceKind.UNNAMED,
        "name": "a ministry official",
        "unnamed_reason": "Would lose the post.",
        "known_to": knowing,
    }
    return Source(**(values | told))


def test_an_honest_one_passes(knowing):
    source = unnamed(knowing, names={"uk": "посадовець міністерства"})

    source.full_clean()
    source.save()

    assert source.name_in("uk") == "посадовець міністерства"
    assert source.name_in("fr") == "a ministry official"


@pytest.mark.parametrize(
    "told",
    [
        {"unnamed_reason": ""},
        {"known_to": None},
        {"url": "https://people.example/ada"},
        {"description": "Ada, from the third floor"},
    ],
    ids=["no reason", "nobody knows", "an address", "free text"],
)
def test_the_database_refuses_what_lacks_or_tells(knowing, told):
    with pytest.raises(IntegrityError), transaction.atomic():
        unnamed(knowing, **told).save()


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("a ministry official, ada.crane@ministry.example", "ada.crane@ministry"),
        ("an official (+33 6 12 34 56 78)", "+33 6 12 34 56 78"),
        ("the clerk @adacrane", "@adacrane"),
        ("see https://people.example/ada", "https://"),
    ],
)
def test_what_leads_to_a_person_is_refused(knowing, description, found):
    with pytest.raises(ValidationError, match="stays with the editor") as refused:
        unnamed(knowing, name=description).full_clean()
    assert found in str(refused.value)


@pytest.mark.parametrize(
    ("description", "suspected"),
    [
        ("a ministry official", ""),
        ("A ministry official", ""),
        ("two officials at the Ministry of Finance", ""),
        ("a person at NATO HQ", ""),
        ("посадовець міністерства", ""),
        ("مسؤول في الوزارة", ""),
        ("财政部的一名官员", ""),
        ("Maria Petrenko", "Maria Petrenko"),
        ("a clerk called Maria Petrenko", "Maria Petrenko"),
        ("посадовець Марія Петренко", "Марія Петренко"),
        ("Mr brown of the ministry", "Mr brown of the ministry"),
        ("the official ada crane", "Ada Crane"),
        ("المسؤولة ليلى حداد", "ليلى حداد"),
    ],
)
def test_a_name_is_suspected(description, suspected):
    known = ["Ada Crane", "ليلى حداد"]
    assert suspected_name(description, known) == suspected


def test_a_named_source_never_becomes_an_unnamed_one(knowing):
    named = Source.objects.create(kind=SourceKind.PERSON, name="Ada Crane")
    named = Source.objects.get(pk=named.pk)
    named.kind, named.known_to, named.unnamed_reason = "unnamed", knowing, "Asked."

    with pytest.raises(IdentityAtRisk, match="Make another source"):
        named.save()
    with pytest.raises(ValidationError, match="Make another source"):
        named.full_clean()
    assert Source.objects.get(pk=named.pk).kind == SourceKind.PERSON


def test_a_named_source_may_change_its_kind(db):
    source = Source.objects.create(kind=SourceKind.ORGANISATION, name="The port")
    source.kind = SourceKind.OFFICIAL_BODY
    source.save()

    assert Source.objects.get(pk=source.pk).kind == SourceKind.OFFICIAL_BODY


def test_a_figure_is_no_telephone_number():
    rules.refuse_contact_details("one of 1,200 officials, aged 45, in 2026")
