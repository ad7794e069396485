"""Who has an article open is told of each act on it, and gets the new page."""

import gzip
import json
import re

import pytest

from dateline.pagestore.opened import house_channels, page_store
from dateline.plumbing import outbox
from dateline.plumbing.models import Delivery
from dateline.publishing import actions
from dateline.publishing.live import channel
from tests.publishing.factories import a_draft, an_editor, paragraphs, redraft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """Keep pages, and channels beside them, in a folder of the test's own."""
    settings.DATELINE_PAGES = tmp_path / "pages"
    store = page_store()
    store.trust()
    yield store
    store.close()


@pytest.fixture
def article():
    draft = a_draft(body=paragraphs("Five berths.", "Two names."))
    actions.publish_article(draft, by=an_editor())
    outbox.deliver_due()
    return draft


def told(article):
    kept = house_channels().after(0, [channel(article.uid)])
    return [json.loads(event.data) for event in kept]


def shown(client, article):
    """Return the last act that the article's page knows of."""
    page = client.get(article.publication.path).content.decode()
    return int(re.search(r'data-entry="(\d+)"', page)[1])


def update(article):
    actions.update_article(redraft(article, headline="Newer"), by=an_editor())


def amend(article):
    actions.amend_article(
        redraft(article, body=paragraphs("Five berths!", "Two names.")), by=an_editor()
    )


def correct(article):
    newer = redraft(article, headline="Right")
    actions.correct_article(newer, by=an_editor(), text="The headline was wrong.")


def redact(article):
    actions.redact(
        article, by=an_editor(), passages=["Two names."], reason="A court ordered it."
    )


@pytest.mark.parametrize("act", [update, amend, correct, redact])
def test_each_act_is_told_and_the_page_that_knows_of_it_says_so(client, article, act):
    before = shown(client, article)
    act(article)
    outbox.deliver_due()
    (event,) = told(article)
    assert event["act"] == act.__name__
    assert event["entry"] > before
    article.publication.refresh_from_db()
    # Who has the new page already hears nothing new by it.
    assert shown(client, article) == event["entry"]


def test_a_withdrawal_is_told(client, article):
    before = shown(client, article)
    actions.kill_article(article, by=an_editor(), desk="City", reason="It was false.")
    outbox.deliver_due()
    (event,) = told(article)
    assert event["act"] == "kill"
    assert event["entry"] > before


def test_nobody_is_told_of_what_nobody_can_have_open(article):
    assert told(article) == []


def test_the_new_page_is_there_before_anybody_is_told_of_it(client, store, article):
    path = article.publication.path
    old = client.get(path).content
    assert store.find(path).purged_at is None
    # The act's own purge comes with its commit, which a test never reaches.
    update(article)
    assert client.get(path).content == old
    outbox.deliver_due()
    assert told(article)
    kept = store.find(path)
    assert kept.purged_at is None
    assert b"Newer" in gzip.decompress(kept.page.gzip)


def test_an_act_that_is_told_twice_says_the_same_twice(article):
    update(article)
    outbox.deliver_due()
    # As if the worker had been killed between its telling and its note of it.
    Delivery.objects.filter(handler__endswith=".tell_readers").update(done_at=None)
    outbox.deliver_due()
    first, second = told(article)
    assert first == second


def test_where_no_pages_are_kept_nothing_is_told_and_no_page_listens(
    client, settings, article
):
    settings.DATELINE_PAGES = None
    update(article)
    assert outbox.deliver_due() > 0
    assert not Delivery.objects.filter(done_at__isnull=True).exists()
    article.publication.refresh_from_db()
    assert b"data-events" not in client.get(article.publication.path).content
