"""What every reader's address answers at each step of an article's life."""

from datetime import timedelta

import pytest
import time_machine

from dateline.editions.actions import link_translation
from dateline.editions.models import Edition
from dateline.plumbing import clock
from dateline.publishing import actions
from dateline.website.views import lists
from tests.publishing.factories import (
    a_draft,
    a_section,
    an_edition,
    an_editor,
    paragraphs,
    redraft,
)

pytestmark = pytest.mark.django_db
LISTS = [
    "/en/",
    "/en/latest/",
    "/en/sections/harbour/",
    "/en/by/reporter/",
    "/en/feed.rss",
    "/en/sections/harbour/feed.atom",
]


def text(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_a_draft_is_nowhere(client):
    draft = a_draft(headline="Nobody has read this")
    today = clock.now().date()
    assert client.get(f"/en/{today:%Y/%m/%d}/{draft.slug}/").status_code == 404
    for path in LISTS:
        assert "Nobody has read this" not in client.get(path).content.decode()


def test_an_embargoed_article_leaks_nowhere_before_its_minute(client):
    due = clock.now() + timedelta(hours=1)
    draft = a_draft(headline="The secret of the quay", embargoed_until_at=due)
    actions.schedule_article(draft, by=an_editor(), due_at=due)
    paths = [*LISTS, f"/en/{due:%Y/%m/%d}/{draft.slug}/", f"/en/{due:%Y/%m/%d}/"]
    for path in paths:
        assert "secret" not in client.get(path).content.decode()
    with time_machine.travel(due, tick=False):
        actions.publish_due()
        for path in [*LISTS, f"/en/{due:%Y/%m/%d}/{draft.slug}/"]:
            assert "The secret of the quay" in text(client, path)


def test_published_corrected_and_killed(client):
    draft = a_draft()
    path = actions.publish_article(draft, by=an_editor()).path
    for where in [*LISTS, path, f"{path}versions/", f"{path}versions/1/"]:
        assert "Two of five berths close" in text(client, where)

    redraft(draft, headline="Three of five berths close at the harbour")
    note = "An earlier version of this article gave the number of berths as two."
    actions.correct_article(draft, by=an_editor(), text=note)
    page = text(client, path)
    assert "Three of five berths close" in page
    assert note in page
    assert note in text(client, "/en/corrections/")
    assert note in text(client, "/en/corrections/feed.rss")
    assert "Two of five" in text(client, f"{path}versions/1/")
    compared = text(client, f"{path}versions/1-2/")
    assert "<del>Two</del>" in compared
    assert "<ins>Three</ins>" in compared

    reason = "The board never closed a berth; our source was not who they said."
    actions.kill_article(draft, by=an_editor(), desk="News desk", reason=reason)
    for where in [
        path,
        f"{path}versions/",
        f"{path}versions/1/",
        f"{path}versions/1-2/",
    ]:
        stone = text(client, where, 410)
        assert "News desk" in stone
        assert reason in stone
        assert "berths close" not in stone
    for where in [*LISTS[:4], "/en/corrections/"]:
        assert "berths close" not in text(client, where)


def test_a_former_address_leads_on_and_its_versions_with_it(client):
    draft = a_draft()
    old = actions.publish_article(draft, by=an_editor()).path
    redraft(draft, slug="berths-close")
    new = actions.update_article(draft, by=an_editor()).path
    for rest in ("", "versions/", "versions/1/", "versions/1-2/"):
        answer = client.get(old + rest)
        assert (answer.status_code, answer.headers["Location"]) == (301, new + rest)
        assert client.get(new + rest).status_code == 200


def test_a_redacted_article_keeps_its_old_address_and_loses_the_name(client):
    draft = a_draft(headline="Tim Odell, 14, saved a dog", lede="Tim Odell swam.")
    old = actions.publish_article(draft, by=an_editor()).path
    actions.redact(
        draft,
        by=an_editor(),
        passages=["Tim Odell"],
        reason="A court forbade naming a minor.",
        new_slug="boy-saves-dog",
    )
    moved = client.get(old)
    assert moved.status_code == 301
    page = text(client, moved.headers["Location"])
    assert "Odell" not in page
    assert "A court forbade naming a minor." in page
    for where in [*LISTS, f"{moved.headers['Location']}versions/1/"]:
        assert "Odell" not in text(client, where)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/he/", "/iw/"),
        ("/iw-IL/latest/", "/iw/latest/"),
        ("/zh-Hans/2026/11/22/x/", "/zh-CN/2026/11/22/x/"),
        ("/fil/about/", "/tl/about/"),
        ("/EN/", "/en/"),
    ],
)
def test_other_names_of_a_language_lead_to_its_own(client, asked, told):
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, told)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("uk,en;q=0.5", "/uk/"),
        ("fr, ar;q=0.9", "/ar/"),
        ("", "/en/"),
        ("xx;q=nonsense,,,", "/en/"),
    ],
)
def test_the_house_leads_to_the_edition_asked_for(client, asked, told):
    for code in ("uk", "ar"):
        an_edition(code)
    Edition.objects.create(code="en", title="Paper", is_live=True, is_default=True)
    answer = client.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, told)
    assert "Accept-Language" in answer.headers["Vary"]


def test_an_empty_newsroom_answers(client):
    assert client.get("/").status_code == 404
    an_edition("ar")
    assert client.get("/ar/").status_code == 200
    assert client.get("/ar/latest/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/en/2026/02/31/x/",
        "/en/0000/01/01/",
        "/en/9999/12/31/",
        "/en/2026/11/22/%D8%B3/",
        "/en/sections/nowhere/",
        "/en/topics/99999999/",
        "/en/by/nobody/",
        "/en/latest/before/nonsense/",
        "/en/latest/before/20260101T000000.000000-99999999999999999999/",
        "/en/versions/",
        "/xx/",
        "/en/about/",
        "/nothing",
    ],
)
def test_what_is_not_there_says_so_in_the_paper_s_voice(client, path):
    an_edition("en")
    page = text(client, path, 404)
    assert "<html" in page


def test_older_pages_of_a_list_do_not_shift(client, monkeypatch):
    monkeypatch.setattr(lists, "CARDS_A_PAGE", 5)
    start = clock.now() - timedelta(days=3)
    for number in range(8):
        draft = a_draft(
            slug=f"ferry-{number}", headline=f"Ferry {number} is late again"
        )
        with time_machine.travel(start + timedelta(hours=number), tick=False):
            actions.publish_article(draft, by=an_editor())
    first = text(client, "/en/latest/")
    older = first.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    assert "before/" in older
    before = text(client, older)
    assert [f"Ferry {n} is" in before for n in range(4)] == [True, True, True, False]
    # Any other moment would give pages without end.
    assert client.get("/en/latest/before/29990101T000000.000000-1/").status_code == 404
    assert client.get(older.replace("-", "-0", 1)).status_code == 404
    newest = a_draft(slug="ferry-8", headline="Ferry 8 is late again")
    actions.publish_article(newest, by=an_editor())
    assert text(client, older) == before


def test_a_translation_is_named_on_both_pages(client):
    original, carried = a_draft(), a_draft(language="fr", headline="Deux quais ferment")
    link_translation(original, carried)
    one = actions.publish_article(original, by=an_editor()).path
    two = actions.publish_article(carried, by=an_editor()).path
    assert two in text(client, one)
    assert one in text(client, two)
    actions.kill_article(
        carried, by=an_editor(), desk="Desk", reason="The translation was wrong."
    )
    assert two not in text(client, one)


def test_hostile_text_is_inert(client):
    draft = a_draft(
        headline="<script>alert(1)</script>",
        lede="</title><img src=x onerror=alert(2)>",
        body=[
            *paragraphs("Plain."),
            {"type": "crosshead", "value": "<svg onload=alert(3)>"},
        ],
    )
    page = text(client, actions.publish_article(draft, by=an_editor()).path)
    for attack in ("<script>alert", "<img src=x", "<svg onload"):
        assert attack not in page


class TestQueries:
    """The cost of a page does not grow with the archive, and is known."""

    def test_pages(self, client, django_assert_max_num_queries):
        for number in range(3):
            actions.publish_article(
                a_draft(slug=f"ferry-{number}", section=a_section()), by=an_editor()
            )
        path = f"/en/{clock.now():%Y/%m/%d}/ferry-1/"
        limits = {
            path: 12,
            "/en/": 8,
            "/en/latest/": 5,
            "/en/sections/harbour/": 6,
            "/en/by/reporter/": 7,
            f"/en/{clock.now():%Y/%m/%d}/": 8,
            "/en/corrections/": 5,
            f"{path}versions/": 13,
        }
        for where, limit in limits.items():
            with django_assert_max_num_queries(limit):
                text(client, where)
