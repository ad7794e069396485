"""`dateline verify` names the first entry that does not hold."""

import pytest
from django.db import IntegrityError, connection, transaction

from dateline.publishing import actions, guards, signing
from dateline.publishing.chain import GENESIS, Link
from dateline.publishing.models import (
    ChainHead,
    Correction,
    LogEntry,
    Publication,
    Tombstone,
    Version,
)
from dateline.publishing.verification import verify
from tests.publishing.factories import a_draft, an_editor, redraft

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def history(class_db):
    """Four acts on two articles."""
    first, second = a_draft(), a_draft(slug="second", headline="A second headline here")
    for draft in (first, second):
        actions.publish_article(draft, by=an_editor())
    redraft(first, lede="Three berths are shut now.")
    actions.correct_article(
        first, by=an_editor(), text="An earlier version said two berths were shut."
    )
    actions.kill_article(
        second, by=an_editor(), desk="News desk", reason="It was wrong from the start."
    )
    return first, second


@pytest.fixture
def intruder():
    """Someone with the database in hand, past every guard."""
    guards.remove(connection)  # until the test's transaction rolls back


@pytest.mark.usefixtures("history")
class TestAnHonestHistory:
    def test_an_honest_history_holds(self):
        verdict = verify()
        assert verdict.holds
        assert verdict.entries == 4
        assert verify(against=verdict.head).holds
        assert verify(against=f"2:{LogEntry.objects.get(pk=2).hash}").holds

    @pytest.mark.parametrize("head", ["x", "12", "12:abc", "-1:" + "0" * 64])
    def test_what_is_no_head_is_refused_by_name(self, head):
        with pytest.raises(ValueError, match="is not a head"):
            verify(against=head)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE publishing_logentry SET act = 'amend'",
            "DELETE FROM publishing_logentry",
            "DELETE FROM publishing_version",
            "DELETE FROM publishing_publication",
            "DELETE FROM publishing_tombstone",
            "DELETE FROM publishing_correction",
            "DELETE FROM articles_article",
            "UPDATE articles_article SET live = NOT live",
        ],
    )
    def test_the_database_itself_refuses(self, statement):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert verify().holds


def test_an_empty_newsroom_holds():
    assert verify().holds
    assert verify().entries == 0


@pytest.mark.usefixtures("history", "intruder")
class TestTampering:
    def test_a_changed_entry(self):
        LogEntry.objects.filter(pk=2).update(act="update")
        assert str(verify().broken).startswith("entry 2:")

    def test_a_removed_entry(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM publishing_tombstone")
            cursor.execute("DELETE FROM publishing_correction")
            cursor.execute(
                "UPDATE publishing_publication SET entry_id = 1, version_id = "
                "(SELECT id FROM publishing_version WHERE entry_id = 1) "
                "WHERE entry_id = 3"
            )
            cursor.execute("DELETE FROM publishing_version WHERE entry_id = 3")
            cursor.execute("DELETE FROM publishing_logentry WHERE sequence = 3")
        assert str(verify().broken) == "entry 3: it is missing"

    def test_cut_off_at_the_end(self):
        seen = verify().head
        Tombstone.objects.all().delete()
        Publication.objects.filter(entry=4).update(entry=2, state="public")
        LogEntry.objects.filter(pk=4).delete()
        assert "cut off" in str(verify().broken)
        last = LogEntry.objects.get(pk=3)
        ChainHead.objects.update(sequence=3, hash=last.hash)
        assert verify().holds
        assert verify(against=seen).broken.sequence == 4

    def test_a_text_changed_under_the_log(self):
        version = Version.objects.get(entry=1)
        version.content["lede"] = "Nothing happened."
        version.save()
        assert str(verify().broken) == (
            "entry 1: the text of version 1 is not the one logged"
        )

    def test_a_public_row_that_shows_other_words(self):
        Publication.objects.filter(entry=3).update(headline="Quite another headline")
        assert "shows other words" in str(verify().broken)

    def test_an_older_version_put_back(self):
        Publication.objects.filter(entry=3).update(version=Version.objects.get(entry=1))
        assert "shows an earlier version" in str(verify().broken)

    def test_the_dead_raised(self):
        Publication.objects.filter(entry=4).update(state="public")
        assert "not as logged" in str(verify().broken)

    def test_a_softened_tombstone(self):
        Tombstone.objects.update(reason="For technical reasons.")
        assert "tombstone" in str(verify().broken)

    def test_a_softened_correction(self):
        Correction.objects.update(text="Minor changes.")
        assert "correction" in str(verify().broken)

    def test_a_whole_history_signed_anew_holds_alone_but_not_against_a_seen_head(self):
        seen = verify().head
        _sign_anew(first_act="update")
        assert verify().holds
        verdict = verify(against=seen)
        assert verdict.broken.sequence == 4
        assert "rewritten" in verdict.broken.fact

    def test_a_signature_by_another_key(self):
        LogEntry.objects.filter(pk=1).update(signature="0" * 128)
        assert "signature" in str(verify().broken)


def _sign_anew(*, first_act: str) -> None:
    """Rewrite history as the holder of the key could."""
    previous = GENESIS
    for entry in LogEntry.objects.order_by("sequence"):
        act = first_act if entry.sequence == 1 else entry.act
        link = Link(
            sequence=entry.sequence,
            act=act,
            recorded_at=entry.recorded_at,
            article=str(entry.article.uid),
            actor=entry.actor_id,
            payload=entry.payload,
            previous_hash=previous,
        )
        previous_of_this, previous = previous, link.digest()
        LogEntry.objects.filter(pk=entry.pk).update(
            act=act,
            previous_hash=previous_of_this,
            hash=previous,
            signature=signing.sign(previous.encode()),
        )
    ChainHead.objects.update(hash=previous)


def test_a_live_row_without_its_entry_is_refused_by_the_database():
    draft = a_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(draft).objects.filter(pk=draft.pk).update(live=True)
