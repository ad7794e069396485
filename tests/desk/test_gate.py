"""What an editor sees of the gate, mends, overrides, and sets."""

from dataclasses import fields

import pytest

from dateline.articles.actions import mark_statement
from dateline.articles.spans import wrap
from dateline.articles.vocabulary import MarkKind
from dateline.desk.gate_page import GROUPS
from dateline.publishing.gating import policy
from dateline.publishing.models import (
    GatePolicy,
    Interest,
    LogEntry,
    Override,
    Publication,
)
from dateline.publishing.rules import Policy
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import a_draft, an_editor, paragraphs
from tests.publishing.sourced import (
    a_policy,
    a_source,
    a_sourced_draft,
    an_item,
    with_unsourced,
)

pytestmark = pytest.mark.django_db
A = "aaaaaaaaaaaa"
REASON = "The court opens in an hour; the papers follow by noon."


def page_of(article, act="publish", client=None):
    answer = (client or signed_in(an_editor())).get(
        f"/desk/articles/{article.pk}/{act}/"
    )
    return answer.content.decode()


def test_the_count_is_shown_before_publishing_and_each_gap_leads_there():
    draft = with_unsourced(a_sourced_draft("Two berths closed."))
    block = draft.body[1].id

    page = page_of(draft)

    assert "4 statements: 3 traced to a source, 1 without a source." in page
    assert "One statement rests on no source." in page
    assert f'href="/desk/articles/edit/{draft.pk}/#block-{block}-section"' in page
    assert "The mayor stole it." in page


def test_who_stands_for_what_is_counted_by_name(reporter):
    draft = a_draft(by=reporter, body=paragraphs(wrap("A quay is a wall.", A)))
    mark_statement(draft, A, kind=MarkKind.COMMON_KNOWLEDGE, by=reporter)

    page = page_of(draft)

    assert "1 marked" in page
    assert f"1 marked common knowledge by {reporter.username}." in page


def test_a_quotation_that_is_not_its_sources_is_refused_with_the_words_there():
    item = an_item("“We cannot risk a third,” said Ina Brook.")
    draft = a_sourced_draft("“We can risk a third,” said Ina Brook.", item=item)

    answer = signed_in(an_editor()).post(f"/desk/articles/{draft.pk}/publish/", {})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "One quotation is not what its source says." in page
    assert "We cannot risk a third" in page
    assert not Publication.objects.exists()


def test_an_override_is_asked_for_a_reason_and_published_in_one_go():
    a_policy()
    draft = with_unsourced(a_sourced_draft())
    desk = signed_in(an_editor())
    assert 'name="override"' in page_of(draft, client=desk)

    answer = desk.post(f"/desk/articles/{draft.pk}/publish/", {"override": REASON})

    assert answer.status_code == 302
    assert Publication.objects.get().is_public
    assert Override.objects.get().reason == REASON
    assert list(LogEntry.objects.values_list("act", flat=True)) == [
        "override",
        "publish",
    ]


def test_an_override_that_does_not_publish_leaves_nothing():
    a_policy()
    draft = with_unsourced(a_sourced_draft(section=None))
    desk = signed_in(an_editor())
    assert 'name="override"' not in page_of(draft, client=desk)

    desk.post(f"/desk/articles/{draft.pk}/publish/", {"override": REASON})

    assert not Override.objects.exists()
    assert not LogEntry.objects.exists()


def test_whoever_may_not_override_is_not_asked(editors_desk):
    a_policy()
    draft = with_unsourced(a_sourced_draft())
    assert 'name="override"' not in page_of(draft, client=editors_desk)

    editors_desk.post(f"/desk/articles/{draft.pk}/publish/", {"override": REASON})
    assert not Publication.objects.exists()

    a_policy(overriders="editors")
    editors_desk.post(f"/desk/articles/{draft.pk}/publish/", {"override": REASON})
    assert Publication.objects.get().is_public


def settings_form(**changed):
    row = GatePolicy.load()
    names = [f.name for f in GatePolicy._meta.fields if f.name != "id"]
    told = {name: getattr(row, name) for name in names} | changed
    return {name: "on" if value is True else value for name, value in told.items()
            if value is not False}  # fmt: skip


def test_one_page_sets_the_policy():
    desk = signed_in(an_editor())
    url = desk.get("/desk/settings/publishing/gatepolicy/").headers["Location"]
    page = desk.get(url).content.decode()
    assert "A statement rests on no source and nobody stands for it" in page

    desk.post(url, settings_form(unsourced="refuse", most_marked=10))

    assert (policy().unsourced, policy().most_marked) == ("refuse", 10)


def test_the_page_asks_for_all_of_the_policy():
    shown = [name for names in GROUPS.values() for name in names]
    assert sorted(shown) == sorted(field.name for field in fields(Policy))


def test_an_editor_does_not_set_it(editors_desk):
    answer = editors_desk.get("/desk/settings/publishing/gatepolicy/", follow=True)
    assert "nobody stands for it" not in answer.content.decode()


def test_whoever_writes_does_not_license_what_the_text_was_copied_from(
    reporters_desk, editors_desk
):
    source = a_source("The Agency", kind="publication")
    url = f"/desk/sources/edit/{source.pk}/"
    told = {"name": "The Agency", "kind": "publication", "names": ""}
    licensed = told | {"reuse": "licensed", "reuse_terms": "Contract of 2026"}

    reporters_desk.post(url, licensed)
    source.refresh_from_db()
    assert source.reuse == ""

    answer = editors_desk.post(url, licensed | {"reuse_terms": ""})
    assert "Say by which contract or licence." in answer.content.decode()
    editors_desk.post(url, licensed)
    source.refresh_from_db()
    assert (source.reuse, source.reuse_terms) == ("licensed", "Contract of 2026")


def test_only_an_administrator_declares_interests(editors_desk):
    form = {"name": "Norden", "kind": "owner", "aliases": "", "disclosures": ""}
    editors_desk.post("/desk/interests/add/", form)
    assert not Interest.objects.exists()
    signed_in(an_editor("owner")).post("/desk/interests/add/", form)
    assert Interest.objects.get().name == "Norden"
