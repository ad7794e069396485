"""The demonstration paper goes into an empty newsroom through the one door."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from dateline.articles.models import Article, Contradiction, Section
from dateline.demo.actions import load_demonstration
from dateline.demo.reading import read_paper
from dateline.editions.models import Edition, Newsroom, Translation
from dateline.people.models import Contributor, User
from dateline.plumbing import clock
from dateline.publishing.gating import gate_facts
from dateline.publishing.models import (
    Correction,
    GatePolicy,
    LogEntry,
    Publication,
    Schedule,
    Tombstone,
)
from dateline.publishing.rules import Level
from dateline.publishing.snapshots import snapshot
from dateline.publishing.verification import verify
from dateline.sources.models import (
    Citation,
    KeptCopy,
    Picture,
    Source,
    SourceCorrection,
    WireItem,
)
from dateline.sources.queries import steps

pytestmark = pytest.mark.slow
SMALL = 120
#: What the paper must pass; a talk has no text to compare a quotation with.
REFUSING = (
    "unsourced",
    "single_source",
    "marks",
    "quotation",
    "quotation_translated",
    "quotation_doubt",
    "contradictions",
    "rate",
    "four_eyes",
    "unnamed",
)


def break_off_a_load():
    """Have a load fail half way: it leaves nothing, and can be begun again."""
    in_the_way = Section.objects.create(slug="sport", names={"en": "Sport"})
    with pytest.raises(IntegrityError), transaction.atomic():
        load_demonstration(picture_width=SMALL)
    assert not User.objects.exists()
    assert not Newsroom.load().is_demonstration
    in_the_way.delete()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        break_off_a_load()
        GatePolicy.objects.update(**dict.fromkeys(REFUSING, Level.REFUSE))
        assert load_demonstration(picture_width=SMALL)
        yield read_paper(clock.now())
        transaction.set_rollback(True)


def test_every_published_piece_is_public(loaded):
    expected = sum(p.state in {"published", "killed"} for p in loaded.pieces)
    assert Publication.objects.count() == expected
    assert Article.objects.count() == len(loaded.pieces)


def test_readers_find_seven_editions_of_one_paper(loaded):
    live = set(Edition.objects.filter(is_live=True).values_list("code", flat=True))
    assert live == set(loaded.editions)
    assert Edition.objects.get(is_default=True).code == "en"
    assert Newsroom.load().is_demonstration


def test_translations_are_linked_to_their_original(loaded):
    links = Translation.objects.filter(original__language="en")
    groups = [pieces for pieces in loaded.groups().values() if len(pieces) > 1]
    assert links.count() == sum(len(pieces) - 1 for pieces in groups)


def test_the_log_holds_and_its_times_run_forward(loaded):
    assert verify().holds
    times = list(
        LogEntry.objects.order_by("sequence").values_list("recorded_at", flat=True)
    )
    assert times == sorted(times)
    assert times[-1] <= clock.now()
    assert times[-1] - times[0] > timedelta(days=20)


def test_corrections_kills_and_schedules_are_there(loaded):
    [correction] = Correction.objects.filter(language="en")
    assert "berth 9" in correction.text
    [tombstone] = Tombstone.objects.filter(publication__language="en")
    assert tombstone.publication.state == "killed"
    assert Schedule.objects.filter(done_at__isnull=True).count() == 2


def test_drafts_wait_in_every_state(loaded):
    assert Article.objects.filter(spiked_at__isnull=False).count() == 1
    states = {
        article.current_workflow_state.status
        for article in Article.objects.filter(
            slug__in=["who-reads-until-nine", "dogs-half-fare-to-skerrin"]
        )
    }
    assert states == {"in_progress", "needs_changes"}


def test_every_statement_is_attributed_in_its_readers_language(loaded):
    for publication in Publication.objects.filter(language="ar", form="article"):
        names = [
            span["source"]["name"]
            for span in publication.version.content["attributions"].values()
        ]
        assert names
        assert not any(name.isascii() for name in names)


def test_it_passes_its_own_gate_in_every_language(loaded):
    """It was loaded with each rule refusing; the log counted what it rests on."""
    statements = Counter()
    for entry in LogEntry.objects.filter(version__article__form="article"):
        gate, content = entry.payload["gate"], entry.version.content
        if content["genre"] != "opinion":
            told = gate["statements"]
            assert "unsourced" not in told
            assert told.get("marked", 0) <= 0.3 * told["statements"]
            assert told["traced"] > 0
            statements[content["language"]] += told["statements"]
    assert set(statements) == set(loaded.editions)
    assert min(statements.values()) > 100


def test_what_is_cited_is_kept_and_shown_step_by_step(loaded):
    forms = set(KeptCopy.objects.values_list("form", flat=True))
    assert forms == {"page", "mail", "file"}
    courier = Citation.objects.get(source__name="The Orrenholt Courier")
    assert [step.name for step in steps(courier)] == [
        "The Orrenholt Courier",
        "The Freight Letter",
        "two people at the company, whom it does not name",
    ]
    told = Publication.objects.get(slug="three-lines-carry-the-harbour").version
    chains = [span["steps"] for span in told.content["attributions"].values()]
    chain = next(chain for chain in chains if len(chain) == 3)
    assert chain[0]["kept"]["sha256"] == courier.kept_copy.original_hash
    assert Source.objects.filter(kind="unnamed").count() >= 3
    assert SourceCorrection.objects.exists()


def test_sources_that_differ_stand_side_by_side(loaded):
    version = Publication.objects.get(slug="eleven-tonnes-or-thirty-eight").version
    [difference] = version.content["contradictions"]
    told = [side["says"] for side in difference["sides"]]
    assert told == ["11 tonnes", "38", "less than 15 tonnes"]
    spans = version.content["attributions"].values()
    [confirmed] = [span["status_set"] for span in spans if "status_set" in span]
    assert confirmed["second"]["name"] == "Tamber River Authority"


def test_no_pair_that_seems_to_differ_is_a_false_alarm(loaded):
    """Were nothing settled, the gate would name eight pairs, which its editors show."""
    shown = {
        frozenset((side["handle"], row.article_id) for side in row.sides)
        for row in Contradiction.objects.exclude(state="dismissed")
    }
    with transaction.atomic():
        Contradiction.objects.all().delete()
        found = [
            frozenset((handle, article.pk) for handle in pair.handles)
            for article in Article.objects.filter(form="article")
            for pair in gate_facts(article, snapshot(article)).differing
        ]
        transaction.set_rollback(True)
    assert len(found) >= 8
    assert all(any(pair <= sides for sides in shown) for pair in found)


def test_bylines_are_bound_and_nobody_can_sign_in(loaded):
    assert not any(user.has_usable_password() for user in User.objects.all())
    pseudonym = Contributor.objects.get(kind="pseudonym")
    assert pseudonym.vouched_by.username == "edda-marrish"
    assert default_storage.exists(pseudonym.portrait.name)


def test_pictures_have_their_files_and_their_rights(loaded):
    for picture in Picture.objects.all():
        assert default_storage.exists(picture.file.name)
        assert picture.credit
        assert picture.rights
        assert picture.alt_text


def test_the_wire_has_items_one_superseded_and_one_withdrawn(loaded):
    items = WireItem.objects.all()
    assert items.count() == len(loaded.wire)
    assert items.filter(superseded_by__isnull=False).count() == 1
    assert [item.is_withdrawn for item in items].count(True) == 1


def test_a_second_load_does_nothing(loaded):
    before = LogEntry.objects.count()
    assert not load_demonstration(picture_width=SMALL)
    assert LogEntry.objects.count() == before
