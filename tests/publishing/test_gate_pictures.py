"""I18: readers know where and when a picture was taken, and when it is an old one."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from dateline.articles.models import Article
from dateline.plumbing import clock
from dateline.publishing import actions, rules
from dateline.publishing.gating import gate_facts
from dateline.publishing.models import Publication, Version
from dateline.publishing.snapshots import snapshot
from dateline.sources.models import Picture
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import an_editor, redraft
from tests.publishing.sourced import a_policy, a_sourced_draft
from tests.sources.picture_files import jpeg

pytestmark = pytest.mark.django_db
TODAY = clock.now().date()


def a_picture(**values) -> Picture:
    told = {
        "title": "Quay", "credit": "C", "rights": "R", "alt_text": "A quay",
        "caption": "The quay.", "taken_on": TODAY, "taken_place": "Hollin",
        "file": ContentFile(jpeg(), "quay.jpg"),
    }  # fmt: skip
    return Picture.objects.create(**told | values)


def a_shown(**values) -> Article:
    return a_sourced_draft(lead_picture=a_picture(**values))


def lacks(draft: Article, content: dict | None = None) -> str:
    copy = Article.objects.get(pk=draft.pk)
    found = rules.refuse_at_gate(gate_facts(copy, content or snapshot(copy)))
    told = [r for r in found if r.code == "picture-untold"]
    return "; ".join(f.says for r in told for f in r.findings)


CASES = {
    "honest: when, where and what": ({}, ""),
    "honest: a drawing was taken nowhere": (
        {"kind": "drawing", "taken_on": None, "taken_place": ""}, "",
    ),
    "honest: an old one, which calls itself so": ({"taken_on": date(2019, 5, 3)}, ""),
    "dishonest: nothing is known of it": (
        {"taken_on": None, "taken_place": " ", "caption": ""},
        "when it was taken; nobody said where it was taken; no caption",
    ),
    "cheat: a later day than its file says": (
        {"taken_at": "2019-05-03T10:00:00"},
        "its file says that it was taken on 3 May 2019",
    ),
    "cheat: a day to come": (
        {"taken_on": TODAY + timedelta(days=9)}, "a day that has not come",
    ),
}  # fmt: skip


def test_each_case_passes_or_says_what_is_not_told():
    a_policy(picture="refuse", single_source="off", unsourced="off")
    for name, (values, says) in CASES.items():
        told = lacks(a_shown(**values))
        assert (says in told) if says else told == "", name


def test_readers_see_which_picture_is_from_the_archive(client):
    a_policy(single_source="off", unsourced="off")
    draft = a_shown(taken_on=date(2019, 5, 3))
    public = actions.publish_article(draft, by=an_editor())

    picture = Version.objects.get().content["picture"]
    assert (picture["archive"], picture["taken_on"]) == (True, "2019-05-03")
    page = client.get(public.path).content.decode()
    assert "Archive picture, taken" in page
    assert '<time datetime="2019-05-03">' in page
    assert "(Archive picture)" in client.get("/en/feed.atom").content.decode()


def test_cheat_a_snapshot_that_does_not_say_so_is_refused():
    a_policy(picture="refuse", single_source="off", unsourced="off")
    draft = a_shown(is_archive=True)
    content = snapshot(draft)
    del content["picture"]["archive"]
    assert "readers are not told" in lacks(draft, content)


def test_at_the_desk_it_is_refused_mended_on_its_page_and_published():
    a_policy(picture="refuse", single_source="off", unsourced="off")
    draft = a_shown(taken_place="")
    picture, desk = draft.lead_picture, signed_in(an_editor())

    answer = desk.post(f"/desk/articles/{draft.pk}/publish/", {})
    assert answer.status_code == 422
    assert f'href="/desk/images/{picture.pk}/"' in answer.content.decode()

    form = {"title": "Quay", "credit": "C", "rights": "R", "caption": "The quay.",
            "alt_text": "A quay", "kind": "photograph", "taken_place": "Hollin",
            "taken_on": TODAY.isoformat()}  # fmt: skip
    assert desk.post(f"/desk/images/{picture.pk}/", form).status_code == 302
    assert desk.post(f"/desk/articles/{draft.pk}/publish/", {}).status_code == 302

    Picture.objects.update(taken_place="")
    assert lacks(redraft(draft, lede="The board fears for the oldest quay.")) == ""
    assert Publication.objects.get().is_public
