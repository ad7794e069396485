"""What becomes of an item that comes, in a real database and folder."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

from dateline.plumbing.models import Event
from dateline.sources.actions import Outcome, receive_original
from dateline.sources.models import WireItem
from dateline.sources.wire.recognition import Original
from dateline.sources.wire.refusals import ArticleNotFound

pytestmark = pytest.mark.django_db


def ninjs(**told) -> Original:
    item = {
        "uri": "urn:example:brisk:1",
        "version": "1",
        "headlines": [{"role": "main", "value": "Ferry stays in port"}],
        "bodies": [{"contentType": "text/plain", "value": "The ferry stays in port."}],
        "language": "en",
        **told,
    }
    return Original(
        json.dumps(item).encode(),
        content_type="application/json",
        headers={"content-type": "application/json", "etag": '"a1"'},
    )


def receive(original: Original, **how):
    return receive_original(original, **how)[0]


def test_item_is_stored_with_its_original_whole():
    original = ninjs()

    received = receive(original, received_from="brisk.json")

    item = WireItem.objects.get(pk=received.item.pk)
    kept = (Path(settings.DATELINE_DATA) / item.original_path).read_bytes()
    assert received.outcome is Outcome.NEW
    assert kept == original.content
    assert item.original_hash == hashlib.sha256(kept).hexdigest()
    assert item.original_size == len(kept)
    assert item.original_headers["etag"] == '"a1"'
    assert item.content["paragraphs"] == [
        {"kind": "paragraph", "text": "The ferry stays in port."}
    ]
    assert item.content["received_from"] == "brisk.json"


def test_same_item_again_is_recognized():
    first = receive(ninjs())

    again = receive(ninjs())

    assert (again.outcome, again.item.pk) == (Outcome.KNOWN, first.item.pk)
    assert WireItem.objects.count() == 1


def test_newer_version_supersedes_all_older_ones():
    items = [receive(ninjs(version=v)) for v in ("1", "2", "10")]

    assert [r.outcome for r in items[1:]] == [Outcome.SUPERSEDES] * 2
    newest = items[-1].item
    assert {i.superseded_by_id for i in WireItem.objects.exclude(pk=newest.pk)} == {
        newest.pk
    }


def test_version_that_arrives_late_does_not_supersede():
    newer = receive(ninjs(version="3"))

    late = receive(ninjs(version="2"))

    assert late.outcome is Outcome.SUPERSEDED
    assert late.item.superseded_by_id == newer.item.pk
    newer.item.refresh_from_db()
    assert newer.item.superseded_by is None


@pytest.mark.parametrize("version", ["1", "2"])
def test_kill_withdraws_every_version_and_says_so(version):
    first = receive(ninjs()).item

    killed = receive(ninjs(version=version, pubStatus="canceled"))

    first.refresh_from_db()
    assert killed.item.is_withdrawn
    assert first.is_withdrawn
    event = Event.objects.get(name="wire_item.withdrawn")
    assert event.payload["wire_item"] == killed.item.pk


PAGE = """<html lang="en"><head><link rel="canonical" href="https://brisk.example/1">
<meta name="nonce" content="{nonce}"></head><body><h1>Ferry stays in port</h1>
<p>The ferry to the islands stays in port until the wind drops, its captain said.</p>
<p>{more}</p></body></html>"""
MORE = "Two hundred people wait in the hall, and the kitchen there has opened early."


def page(*, nonce: str = "1", more: str = MORE) -> Original:
    return Original(PAGE.format(nonce=nonce, more=more).encode())


def test_page_that_changed_only_around_its_text_is_known():
    receive(page())

    assert receive(page(nonce="2")).outcome is Outcome.KNOWN


def test_page_whose_text_changed_supersedes():
    receive(page())

    changed = receive(
        page(more="The wind has dropped, and the first boat left at noon.")
    )

    assert changed.outcome is Outcome.SUPERSEDES


FEED = """<rss version="2.0"><channel><title>Brisk</title>
<item><guid>urn:b:1</guid><title>One</title><description>First.</description></item>
<item><guid>urn:b:2</guid><title>Two</title><description>Second.</description></item>
</channel></rss>"""


def test_feed_is_stored_whole_and_only_its_new_item_is_new():
    receive_original(Original(FEED.encode()))
    third = "<item><guid>urn:b:3</guid><title>Three</title></item></channel>"

    again = receive_original(Original(FEED.replace("</channel>", third).encode()))

    assert [r.outcome for r in again] == [Outcome.KNOWN, Outcome.KNOWN, Outcome.NEW]


def test_feed_is_stored_all_or_none(monkeypatch):
    """A crash at the second item leaves no row of the first."""
    real, saved = WireItem.save, []

    def crash(self, *args, **kwargs):
        if saved:
            raise MemoryError
        saved.append(self)
        real(self, *args, **kwargs)

    monkeypatch.setattr(WireItem, "save", crash)

    with pytest.raises(MemoryError):
        receive_original(Original(FEED.encode()))
    assert not WireItem.objects.exists()
    assert not Event.objects.filter(name="wire_item.received").exists()


def test_refused_original_leaves_nothing():
    before = set(Path(settings.DATELINE_DATA).rglob("originals/*/*/*"))

    with pytest.raises(ArticleNotFound):
        receive_original(Original(b"Menu\nSearch\nHome\n"))

    assert not WireItem.objects.exists()
    assert set(Path(settings.DATELINE_DATA).rglob("originals/*/*/*")) == before
