"""What each act at the door does, and what it refuses."""

from datetime import timedelta

import pytest
import time_machine

from dateline.articles.models import Article
from dateline.editions.actions import link_translation
from dateline.people.models import Contributor
from dateline.plumbing import clock
from dateline.plumbing.models import Event
from dateline.publishing import actions, queries, verification
from dateline.publishing.models import Listing, LogEntry, Publication, Schedule, Version
from dateline.publishing.rules import ActRefused
from dateline.sources.models import Picture, WireItem
from tests.publishing.factories import (
    a_draft,
    a_reporter,
    a_section,
    an_editor,
    paragraphs,
    redraft,
)

pytestmark = pytest.mark.django_db


def refused(act, *args, **options) -> set[str]:
    """Return the codes of the refusals, after making sure that nothing changed."""
    before = _everything()
    with pytest.raises(ActRefused) as caught:
        act(*args, **options)
    assert _everything() == before
    return caught.value.codes


def _everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Article, Publication, Version, LogEntry, Listing, Event, Schedule)
    ]


def test_publishing_writes_state_version_entry_lists_and_event_together():
    draft = a_draft(story=None)
    publication = actions.publish_article(draft, by=an_editor())
    draft.refresh_from_db()
    assert draft.live
    assert not draft.has_unpublished_changes
    entry = LogEntry.objects.get()
    assert publication.version.entry == entry
    assert entry.act == "publish"
    assert {(row.kind, row.key) for row in Listing.objects.all()} == {
        ("latest", ""),
        ("section", "harbour"),
        ("contributor", "reporter"),
    }
    event = Event.objects.get()
    assert event.name == "article.published"
    assert "list:en:section:harbour:foot" in event.payload["tags"]
    assert verification.verify().holds


def test_the_log_holds_no_copy():
    draft = a_draft()
    actions.publish_article(draft, by=an_editor())
    actions.kill_article(
        draft, by=an_editor(), desk="News desk", reason="The quay was never at risk."
    )
    told = str(list(LogEntry.objects.values()))
    for words in ("berths", "quay", "Brook", draft.slug):
        assert words not in told


def test_a_reporter_cannot_publish():
    assert refused(actions.publish_article, a_draft(), by=a_reporter()) == {
        "not-allowed"
    }


def test_publishing_twice_is_refused_the_second_time():
    draft = a_draft()
    actions.publish_article(draft, by=an_editor())
    codes = refused(actions.publish_article, draft, by=an_editor())
    assert "already-public" in codes


def test_a_draft_that_someone_else_changed_is_not_published_unseen():
    draft = a_draft()
    seen = draft.latest_revision_id
    redraft(draft, headline="All five berths close at the harbour")
    codes = refused(actions.publish_article, draft, by=an_editor(), seen_revision=seen)
    assert codes == {"newer-draft"}
    latest = Article.objects.get(pk=draft.pk).latest_revision_id
    shown = actions.publish_article(draft, by=an_editor(), seen_revision=latest)
    assert shown.headline == "All five berths close at the harbour"


def test_all_reasons_come_at_once():
    draft = a_draft(lede="", section=None, body=[], bylines=())
    codes = refused(actions.publish_article, draft, by=an_editor())
    assert codes == {
        "lede-missing",
        "section-missing",
        "body-missing",
        "byline-missing",
    }


class TestBylines:
    """I5: an account that acted, a desk, or a vouched pseudonym."""

    def test_a_desk_may_stand_over_an_article(self):
        desk = Contributor.objects.create(
            slug="news-desk", kind="desk", name="News desk"
        )
        draft = a_draft(bylines=(desk,))
        assert (
            actions.publish_article(draft, by=an_editor()).byline[0]["kind"] == "desk"
        )

    def test_a_borrowed_name_is_refused(self):
        other = a_reporter("someone-else")
        borrowed = Contributor.objects.create(slug="other", name="Other", account=other)
        draft = a_draft(bylines=(borrowed,))
        assert refused(actions.publish_article, draft, by=an_editor()) == {
            "byline-not-bound"
        }

    def test_an_invented_name_without_an_account_is_refused(self):
        invented = Contributor.objects.create(slug="jane-doe", name="Jane Doe")
        draft = a_draft(bylines=(invented,))
        assert refused(actions.publish_article, draft, by=an_editor()) == {
            "byline-not-bound"
        }

    def test_the_database_refuses_a_pseudonym_nobody_vouches_for(self):
        from django.db import IntegrityError, transaction

        with pytest.raises(IntegrityError), transaction.atomic():
            Contributor.objects.create(slug="fox", name="The Fox", kind="pseudonym")

    def test_a_vouched_pseudonym_may_stand_over_an_article(self):
        fox = Contributor.objects.create(
            slug="fox",
            name="The Fox",
            kind="pseudonym",
            vouched_by=an_editor(),
            vouched_reason="Reports from a town under occupation.",
        )
        draft = a_draft(bylines=(fox,))
        assert actions.publish_article(draft, by=an_editor()).is_public

    def test_the_reporter_of_an_original_may_stand_over_its_translation(self):
        original = a_draft()
        translator = a_reporter("translator")
        carried = a_draft(
            by=translator,
            language="fr",
            headline="Deux quais ferment",
            bylines=tuple(link.contributor for link in original.bylines.all()),
        )
        assert refused(actions.publish_article, carried, by=an_editor()) == {
            "byline-not-bound"
        }
        link_translation(original, carried)
        assert actions.publish_article(carried, by=an_editor()).is_public


class TestEmbargo:
    def test_it_is_refused_before_its_minute_and_public_after(self):
        until = clock.now() + timedelta(hours=1)
        draft = a_draft(embargoed_until_at=until)
        assert refused(actions.publish_article, draft, by=an_editor()) == {
            "embargo-in-force"
        }
        with time_machine.travel(until - timedelta(seconds=1), tick=False):
            assert refused(actions.publish_article, draft, by=an_editor()) == {
                "embargo-in-force"
            }
        with time_machine.travel(until, tick=False):
            assert actions.publish_article(draft, by=an_editor()).is_public

    def test_a_schedule_before_the_embargo_is_refused(self):
        until = clock.now() + timedelta(hours=2)
        draft = a_draft(embargoed_until_at=until)
        codes = refused(
            actions.schedule_article,
            draft,
            by=an_editor(),
            due_at=until - timedelta(minutes=1),
        )
        assert codes == {"embargo-in-force"}

    def test_the_minute_is_kept_though_nobody_ran_at_it(self):
        until = clock.now() + timedelta(hours=2)
        draft = a_draft(embargoed_until_at=until)
        actions.schedule_article(draft, by=an_editor(), due_at=until)
        assert actions.publish_due() == 0
        assert not Publication.objects.exists()
        with time_machine.travel(until + timedelta(hours=9), tick=False):
            assert actions.publish_due() == 1
            assert actions.publish_due() == 0
        assert Publication.objects.get().is_public
        assert verification.verify().holds


class TestSchedule:
    def test_what_was_approved_goes_out_and_not_what_was_typed_since(self):
        due = clock.now() + timedelta(hours=1)
        draft = a_draft()
        actions.schedule_article(draft, by=an_editor(), due_at=due)
        redraft(draft, headline="Nobody approved this headline")
        with time_machine.travel(due, tick=False):
            actions.publish_due()
        assert (
            Publication.objects.get().headline
            == "Two of five berths close at the harbour"
        )
        draft.refresh_from_db()
        assert draft.has_unpublished_changes
        assert draft.headline == "Nobody approved this headline"

    def test_what_became_impossible_is_refused_at_its_minute_and_the_desk_hears(self):
        due = clock.now() + timedelta(hours=1)
        item = _wire_item()
        draft = a_draft(wire_item=item)
        actions.schedule_article(draft, by=an_editor(), due_at=due)
        WireItem.objects.filter(pk=item.pk).update(pubstatus="canceled")
        with time_machine.travel(due, tick=False):
            assert actions.publish_due() == 0
        assert not Publication.objects.exists()
        assert Event.objects.get().payload["reasons"] == ["wire-item-withdrawn"]
        assert "withdrawn" in Schedule.objects.get().outcome

    def test_a_lifted_schedule_publishes_nothing(self):
        due = clock.now() + timedelta(hours=1)
        draft = a_draft()
        actions.schedule_article(draft, by=an_editor(), due_at=due)
        codes = refused(actions.schedule_article, draft, by=an_editor(), due_at=due)
        assert codes == {"already-scheduled"}
        actions.lift_schedule(draft, by=an_editor())
        with time_machine.travel(due, tick=False):
            assert actions.publish_due() == 0
        assert refused(actions.lift_schedule, draft, by=an_editor()) == {
            "not-scheduled"
        }

    def test_the_past_is_refused(self):
        past = clock.now() - timedelta(minutes=1)
        codes = refused(
            actions.schedule_article, a_draft(), by=an_editor(), due_at=past
        )
        assert codes == {"due-in-the-past"}


def _wire_item(**values) -> WireItem:
    return WireItem.objects.create(
        uri="tag:agency,2026:1",
        headline="Berths closed",
        format="ninjs",
        original_path="aa/bb",
        original_hash="0" * 64,
        original_size=1,
        received_at=clock.now(),
        **values,
    )


def test_nothing_new_is_published_from_a_withdrawn_wire_item():
    draft = a_draft(wire_item=_wire_item(pubstatus="canceled"))
    assert refused(actions.publish_article, draft, by=an_editor()) == {
        "wire-item-withdrawn"
    }


def test_a_picture_needs_credit_rights_and_description():
    picture = Picture.objects.create(title="Quay", file="quay.jpg", width=4, height=3)
    draft = a_draft(lead_picture=picture)
    assert refused(actions.publish_article, draft, by=an_editor()) == {
        "picture-incomplete"
    }
    Picture.objects.filter(pk=picture.pk).update(
        credit="The Paper", rights="© The Paper", alt_text="The old quay at low tide"
    )
    assert actions.publish_article(draft, by=an_editor()).is_public


class TestUpdate:
    def test_new_facts_replace_the_old_and_the_address_stays(self):
        draft = a_draft()
        first = actions.publish_article(draft, by=an_editor())
        redraft(draft, lede="Three berths are shut now.", section=a_section("council"))
        second = actions.update_article(draft, by=an_editor())
        assert second.path == first.path
        assert second.published_at == first.published_at
        assert second.lede == "Three berths are shut now."
        assert second.version.number == 2
        assert not Listing.objects.filter(kind="section", key="harbour").exists()
        assert Listing.objects.filter(kind="section", key="council").exists()
        tags = set(Event.objects.last().payload["tags"])
        left, entered = f"list:en:section:harbour:{draft.pk}", "list:en:section:council"
        assert {left, f"{entered}:foot", f"article:{draft.pk}"} <= tags

    def test_the_same_text_again_is_refused(self):
        draft = a_draft()
        actions.publish_article(draft, by=an_editor())
        assert refused(actions.update_article, draft, by=an_editor()) == {
            "nothing-changed"
        }

    def test_what_never_was_public_cannot_be_updated(self):
        assert refused(actions.update_article, a_draft(), by=an_editor()) == {
            "not-public"
        }

    def test_a_changed_slug_leads_on_from_the_old_address(self):
        draft = a_draft()
        old = actions.publish_article(draft, by=an_editor())
        redraft(draft, slug="berths-close")
        new = actions.update_article(draft, by=an_editor())
        assert new.path.endswith("/berths-close/")
        moved = queries.moved_to("en", old.date, old.slug)
        assert moved is not None
        assert moved.path == new.path

    def test_an_address_that_was_anothers_is_refused(self):
        draft = a_draft()
        old = actions.publish_article(draft, by=an_editor())
        redraft(draft, slug="berths-close")
        actions.update_article(draft, by=an_editor())
        thief = a_draft(slug=old.slug)
        assert refused(actions.publish_article, thief, by=an_editor()) == {
            "address-taken"
        }
        second = a_draft(slug="berths-close")
        assert refused(actions.publish_article, second, by=an_editor()) == {
            "address-taken"
        }

    def test_translations_of_a_changed_original_are_marked_stale(self):
        original = a_draft()
        carried = a_draft(language="fr", headline="Deux quais ferment")
        link = link_translation(original, carried)
        for article in (original, carried):
            actions.publish_article(article, by=an_editor())
        link.refresh_from_db()
        assert not link.is_stale
        redraft(original, lede="Three berths are shut now.")
        actions.update_article(original, by=an_editor())
        link.refresh_from_db()
        assert link.is_stale
        redraft(carried, lede="Trois quais sont fermés.")
        actions.update_article(carried, by=an_editor())
        link.refresh_from_db()
        assert not link.is_stale


class TestCorrect:
    def test_it_says_what_was_wrong(self):
        draft = a_draft()
        actions.publish_article(draft, by=an_editor())
        redraft(draft, body=paragraphs("The board closed three of its five berths."))
        text = (
            "An earlier version gave the number of closed berths as two. It is three."
        )
        publication = actions.correct_article(draft, by=an_editor(), text=text)
        assert publication.corrected_at is not None
        assert [row.text for row in queries.corrections_of(publication)] == [text]
        assert queries.newest_corrections("en", limit=5)[0].text == text
        assert "corrections:en:foot" in Event.objects.last().payload["tags"]

    @pytest.mark.parametrize("text", ["", "  ", "oops", "x" * 2001])
    def test_a_silent_or_endless_correction_is_refused(self, text):
        draft = a_draft()
        actions.publish_article(draft, by=an_editor())
        redraft(draft, lede="Three berths are shut now.")
        codes = refused(actions.correct_article, draft, by=an_editor(), text=text)
        assert codes == {"reason-missing"}


class TestKill:
    def test_a_tombstone_stays_and_the_lists_forget(self):
        draft = a_draft()
        publication = actions.publish_article(draft, by=an_editor())
        reason = "The board never closed a berth; our source was not who they said."
        actions.kill_article(draft, by=an_editor(), desk="News desk", reason=reason)
        draft.refresh_from_db()
        assert not draft.live
        assert not Listing.objects.exists()
        kept = queries.get_publication("en", publication.date, publication.slug)
        assert kept is not None
        assert not kept.is_public
        stone = queries.tombstone_of(kept)
        assert (stone.desk, stone.reason) == ("News desk", reason)
        assert verification.verify().holds

    def test_it_stays_dead(self):
        draft = a_draft()
        actions.publish_article(draft, by=an_editor())
        options = {"desk": "News desk", "reason": "It was wrong from the start."}
        actions.kill_article(draft, by=an_editor(), **options)
        assert refused(actions.kill_article, draft, by=an_editor(), **options) == {
            "already-killed"
        }
        redraft(draft, lede="A new lede for it.")
        for act in (
            actions.publish_article,
            actions.update_article,
            actions.amend_article,
        ):
            assert "already-killed" in refused(act, draft, by=an_editor())

    def test_a_reason_and_a_desk_are_needed(self):
        draft = a_draft()
        actions.publish_article(draft, by=an_editor())
        codes = refused(
            actions.kill_article, draft, by=an_editor(), desk=" ", reason=""
        )
        assert codes == {"reason-missing"}


class TestSpike:
    def test_a_spiked_draft_is_kept_and_cannot_be_published(self):
        draft = a_draft()
        actions.spike_article(draft, by=a_reporter())
        assert refused(actions.publish_article, draft, by=an_editor()) == {"spiked"}
        actions.unspike_article(draft, by=a_reporter())
        assert actions.publish_article(draft, by=an_editor()).is_public

    def test_what_is_public_cannot_be_spiked(self):
        draft = a_draft()
        actions.publish_article(draft, by=an_editor())
        assert refused(actions.spike_article, draft, by=an_editor()) == {
            "already-public"
        }


def test_a_standing_page_goes_through_the_same_door():
    page = a_draft(
        form="standing",
        purpose="about",
        section=None,
        lede="",
        bylines=(),
        headline="About us",
    )
    publication = actions.publish_article(page, by=an_editor())
    assert publication.path == "/en/about/"
    assert not Listing.objects.exists()
    second = a_draft(
        form="standing",
        purpose="about",
        section=None,
        lede="",
        bylines=(),
        headline="Us",
    )
    assert refused(actions.publish_article, second, by=an_editor()) == {"address-taken"}
