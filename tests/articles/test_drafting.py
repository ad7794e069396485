"""Drafts from the wire: what stood in a list stands in one."""

import pytest

from dateline.articles.actions import draft_from_wire_item
from dateline.publishing.snapshots import snapshot
from tests.publishing.factories import a_reporter
from tests.publishing.sourced import an_item

pytestmark = pytest.mark.django_db


def test_a_list_of_the_wire_is_a_list_of_the_draft_each_item_attributed():
    item = an_item()
    told = [{"kind": "list item", "text": text} for text in ("One quay.", "A & B.")]
    item.content = {"blocks": told}
    item.save()

    content = snapshot(draft_from_wire_item(item, by=a_reporter()))

    (block,) = content["body"]
    assert block["type"] == "list"
    assert [text.count("<span") for text in block["value"]["items"]] == [1, 1]
    assert "One quay.</span>" in block["value"]["items"][0]
    assert "A &amp; B.</span>" in block["value"]["items"][1]
    # The headline says something else, and so rests on the item itself.
    assert next(iter(content["attributions"])) == "headline"
    assert len(content["attributions"]) == 3
