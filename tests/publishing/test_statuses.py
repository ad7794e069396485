"""How well a statement is known: by the rules, and as an editor calls it."""

import pytest

from dateline.articles.models import Article, Attribution, StatusSetting
from dateline.articles.spans import new_span_id
from dateline.articles.vocabulary import Status
from dateline.editions.actions import link_translation
from dateline.publishing import actions
from dateline.publishing.rules import ActRefused
from dateline.publishing.snapshots import snapshot
from dateline.publishing.statuses import StatusRefused
from dateline.sources.actions import cite, merge_sources
from dateline.website.ledger import plain
from tests.publishing.factories import a_draft, a_reporter, an_editor, redraft
from tests.publishing.sourced import a_source, a_sourced_draft, an_item

pytestmark = pytest.mark.django_db

CLOSED = "Two of five berths closed on Monday."
SAID = "Two of five berths closed on Monday, the harbour board said."


def told(article: Article) -> dict:
    rows = snapshot(Article.objects.get(pk=article.pk))["attributions"]
    return rows[list(rows)[-1]]


def words_of(client, publication) -> str:
    """Return the words of the article's page, without tags."""
    return plain(client.get(publication.path).content.decode())


def span_of(article: Article) -> str:
    return Attribution.objects.filter(article=article).latest("pk").span


def called(article: Article, status: Status | None, **ground) -> StatusSetting:
    by = ground.pop("by", None) or an_editor()
    return actions.set_status(article, span_of(article), status=status, by=by, **ground)


@pytest.mark.parametrize(
    ("sentence", "status"), [(CLOSED, "unverified"), (SAID, "reported")]
)
def test_what_a_wire_item_says_of_itself_is_unverified(sentence, status):
    draft = a_sourced_draft(sentence, item=an_item(sentence))
    assert told(draft)["status"] == status
    code = "uk"
    # A translation is as well known as what it was translated from.
    text = f'<p><span data-span="{span_of(draft)}">Два причали зачинено.</span></p>'
    body = [{"type": "paragraph", "value": text}]
    other = a_draft(language=code, body=body)
    link_translation(draft, other)
    assert told(other)["status"] == status


def test_a_second_source_or_a_reason_raises_it_and_readers_see_which(client):
    draft = a_sourced_draft(CLOSED, item=an_item(CLOSED))
    called(draft, Status.CONFIRMED, second=a_source("Port Board"))
    publication = actions.publish_article(draft, by=an_editor())
    page = words_of(client, publication)
    assert "Confirmed by The Agency and Port Board" in page
    assert "confirms 1 more statement" in page
    assert page.count("Unverified: only The Agency says so") == 0
    machines = client.get(publication.path).content.decode()
    assert '"creditText":"The Agency, Port Board","creativeWorkStatus":"confirmed"' in (
        machines
    )
    ninjs = client.get(f"{publication.path}ninjs.json").json()
    titles = {one["title"] for one in ninjs["trustIndicators"]}
    assert "The Agency: confirmed (1)" in titles

    called(draft, Status.CONFIRMED, reason="I counted the ships.")
    with pytest.raises(ActRefused, match="attributions"):
        actions.amend_article(draft, by=an_editor())
    actions.update_article(draft, by=an_editor())
    page = words_of(client, publication)
    assert "editor calls it so: I counted the ships." in page
    assert "Port Board" not in page
    assert StatusSetting.objects.count() == 2


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        ({}, "second source"),
        ({"reason": "   "}, "second source"),
        ({"reason": "Sure.", "by": "reporter"}, "may publish"),
        ({"second": "The Agency"}, "already"),
        ({"second": "The Desk"}, "rests on the same source"),
        ({"reason": "Ask +49 30 1234567."}, "leads to a person"),
    ],
)
def test_it_is_not_raised_on_no_ground(ground, says):
    draft = a_sourced_draft(CLOSED, item=an_item(CLOSED))
    a_twin_of_the_agency(draft)
    if "second" in ground:
        ground["second"] = a_source(ground["second"])
    if "by" in ground:
        ground["by"] = a_reporter(ground["by"])
    with pytest.raises(StatusRefused, match=says):
        called(draft, Status.CONFIRMED, **ground)
    assert told(draft)["status"] == "unverified"


def a_twin_of_the_agency(draft: Article) -> None:
    """Have another source say something in the same article, and rest on the agency."""
    agency = cite(a_source("The Agency"), by=an_editor())
    copied = cite(a_source("The Desk"), by=an_editor(), rests_on=agency)
    row = Attribution.objects.get(article=draft, span="lede")
    row.source, row.citation = copied.source, copied
    row.save()


def test_anybody_who_may_write_calls_it_less_known_and_the_rules_come_back():
    draft = a_sourced_draft(SAID, item=an_item(SAID))
    called(draft, Status.UNVERIFIED, by=a_reporter())
    assert told(draft)["status"] == "unverified"
    assert told(draft)["status_set"]["by"] == "reporter"
    called(draft, None, by=a_reporter())
    assert told(draft)["status"] == "reported"
    assert "status_set" not in told(draft)


def test_it_holds_for_the_words_and_the_source_that_it_was_said_of():
    draft = a_sourced_draft(CLOSED, item=an_item(CLOSED))
    called(draft, Status.CONFIRMED, reason="I counted the ships.")
    raw = redraft(draft).body.raw_data
    for text, status in (
        ("Two of five Berths closed on Monday!", "confirmed"),
        ("Five of five berths closed on Monday.", "unverified"),
    ):
        html = raw[0]["value"].replace(CLOSED, text)
        redraft(draft, body=[{**raw[0], "value": html}])
        assert told(draft)["status"] == status
    redraft(draft, body=list(raw))
    assert told(draft)["status"] == "confirmed"
    Attribution.objects.filter(article=draft).update(source=a_source("Port Board"))
    assert told(draft)["status"] == "unverified"


def test_a_redaction_takes_the_reason_and_its_words_along():
    draft = a_sourced_draft(CLOSED, item=an_item(CLOSED))
    called(draft, Status.CONFIRMED, reason="Mika Rand told me so.")
    actions.publish_article(draft, by=an_editor())
    actions.redact(
        draft, by=an_editor(), passages=["Mika Rand"], reason="They are a minor."
    )
    assert StatusSetting.objects.get().reason == "[…] told me so."
    actions.redact(draft, by=an_editor(), passages=["Monday"], reason="A court order.")
    assert not StatusSetting.objects.exists()


def test_a_statement_that_rests_on_nobody_cannot_be_called_anything():
    with pytest.raises(StatusRefused, match="no source"):
        actions.set_status(
            a_draft(), new_span_id(), status=Status.CONFIRMED, by=an_editor()
        )


def test_a_second_source_that_was_merged_twice_is_what_it_is_now():
    draft = a_sourced_draft(CLOSED, item=an_item(CLOSED))
    first, then, now = (a_source(f"Port Board {n}") for n in range(3))
    merge_sources(first, into=then, by=an_editor(), reason="One board, two names.")
    merge_sources(then, into=now, by=an_editor(), reason="One board, two names.")
    first.refresh_from_db()
    assert called(draft, Status.CONFIRMED, second=first).second == now
