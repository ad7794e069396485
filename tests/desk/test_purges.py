"""The desk says what each act purged, and which caches in front know of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.editions.models import Newsroom
from dateline.pagestore.adapters.choosing import parse
from dateline.pagestore.models import CacheInFront, Purge
from dateline.people.models import User
from dateline.plumbing import clock as house_clock
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import a_draft

ADDRESS = "/desk/purges/"
VARNISH = parse("varnish+http://127.0.0.1:6083")
FASTLY = parse("fastly://SERVICE")
FIRST = 1_000


def a_purge(number, **more):
    # Not those of the people, articles and newsroom that a test stands on.
    Newsroom.load()
    Purge.objects.filter(number__lt=FIRST).delete()
    now = house_clock.now()
    values = {
        "tags": ["article:1"],
        "cause": f"article.updated {number}",
        "recorded_at": now,
        "applied_at": now,
        "milliseconds": 3.25,
        "pages": 2,
        "keys": ["/en/", "/en/2026/11/22/harbour/"],
    }
    return Purge.objects.create(number=FIRST + number, **(values | more))


def page(desk, query=""):
    answer = desk.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_act_is_shown_with_what_it_purged(editors_desk, reporter):
    article = a_draft(by=reporter, headline="Fog closes the harbour")
    keys = [f"/en/{number}/" for number in range(9)] + ["/ar/ميناء/", "/ en"]
    a_purge(1, cause=f"article.killed {article.pk}", is_hard=True, pages=11, keys=keys)

    said = page(editors_desk)

    assert "Withdrawn: <a" in said
    assert "Fog closes the harbour" in said
    assert "no old copy is shown" in said
    assert "11 pages" in said
    assert 'href="/en/4/"' in said
    assert 'href="/en/5/"' not in said
    assert "and 6 more" in said
    # In the desk's language, decimal sign and all.
    assert "in 3.3 ms" in said or "in 3.2 ms" in said


def test_addresses_in_any_script_are_readable_and_lead_there(editors_desk):
    a_purge(1, keys=["/ar/2026/11/22/ميناء/", '/en/"><script>alert(1)</script>/'])
    said = page(editors_desk)
    assert ">/ar/2026/11/22/ميناء/</a>" in said
    assert 'href="/ar/2026/11/22/%D9%85%D9%8A%D9%86%D8%A7%D8%A1/"' in said
    assert "<script>alert(1)" not in said


@pytest.mark.parametrize(
    ("cause", "says"),
    [
        ("articles.section 5", "Section changed"),
        ("media topics", "Media topics"),
        ("article.updated 999999", "Updated"),
        ("", "Something changed"),
        ("nowhere.nothing 1", "Nowhere.nothing 1"),
    ],
)
def test_what_changed_is_said_in_the_desks_words(editors_desk, cause, says):
    a_purge(1, cause=cause)
    assert says in page(editors_desk)


def test_each_cache_is_shown_with_what_it_knows(editors_desk, settings):
    settings.DATELINE_PURGE_CACHES = (VARNISH, FASTLY)
    for number in (1, 2, 3):
        a_purge(number)
    CacheInFront.objects.create(
        name=str(FASTLY),
        told=FIRST + 2,
        lapsed_from=FIRST + 1,
        lapsed_to=FIRST + 1,
        failures=3,
        trouble="It refused. It answered 500. <b>away</b>",
        due_at=house_clock.now() + timedelta(minutes=4),
    )
    CacheInFront.objects.create(
        name=str(VARNISH), told=FIRST + 3, told_at=house_clock.now()
    )

    said = page(editors_desk)

    assert "Knows of everything" in said
    assert "Not told: 1 purge waits. It refused" in said
    assert "&lt;b&gt;away&lt;/b&gt;" in said
    assert "Failed 3 times." in said
    assert said.count("desk-hearing--told") == 4
    assert said.count("desk-hearing--failed") == 1
    assert said.count("desk-hearing--lapsed") == 1
    assert said.count("Try again") == 1


def test_a_cache_that_has_not_failed_is_about_to_be_told(editors_desk, settings):
    settings.DATELINE_PURGE_CACHES = (VARNISH,)
    CacheInFront.objects.create(name=str(VARNISH), told=FIRST)
    a_purge(1)
    said = page(editors_desk)
    assert "1 purge about to be told" in said
    assert "Try again" not in said


def test_try_again_has_the_cache_told_now(editors_desk, settings):
    settings.DATELINE_PURGE_CACHES = (VARNISH,)
    later = house_clock.now() + timedelta(minutes=9)
    for cache in (VARNISH, FASTLY):
        CacheInFront.objects.create(name=str(cache), failures=9, due_at=later)

    for cache in (VARNISH, FASTLY, "nobody"):
        answer = editors_desk.post(ADDRESS, {"cache": str(cache)})
        assert answer.status_code == 302

    assert CacheInFront.objects.get(name=str(VARNISH)).due_at is None
    # One that the settings do not name is nobody's to tell.
    assert CacheInFront.objects.get(name=str(FASTLY)).due_at == later


def test_without_caches_the_list_stands_alone(editors_desk):
    a_purge(1, applied_at=None, pages=None, keys=[], milliseconds=None)
    said = page(editors_desk)
    assert "Caches in front" not in said
    assert "Not known" in said


def test_nothing_purged_is_said(editors_desk):
    Newsroom.load()
    Purge.objects.all().delete()
    assert "Nothing has been purged" in page(editors_desk)


def test_older_purges_are_a_page_further(editors_desk):
    for number in range(1, 61):
        a_purge(number, cause=f"number {number}")
    first = page(editors_desk)
    assert "Number 60" in first
    assert "Number 35" not in first
    assert "?before=1036" in first
    last = page(editors_desk, "?before=1011")
    assert "Number 10" in last
    assert "Older purges" not in last
    for odd in ("x", "-1", "9" * 400):
        assert "Number 60" in page(editors_desk, f"?before={odd}")


def test_the_list_costs_as_many_questions_however_long(
    editors_desk, settings, reporter, django_assert_num_queries
):
    settings.DATELINE_PURGE_CACHES = (VARNISH, FASTLY)
    articles = [a_draft(by=reporter) for _ in range(3)]
    for number in range(1, 27):
        a_purge(number, cause=f"article.updated {articles[number % 3].pk}")
    page(editors_desk)
    with CaptureQueriesContext(connection) as asked:
        page(editors_desk)
    own = [q["sql"] for q in asked if "pagestore_" in q["sql"]]
    assert len(own) == 3
    assert sum("articles_article" in q["sql"] for q in asked) == 1
    Purge.objects.filter(number__gt=FIRST + 1).delete()
    with django_assert_num_queries(len(asked)):
        page(editors_desk)


def test_only_those_who_may_publish_see_it(reporters_desk, client, db):
    for desk in (reporters_desk, client):
        for answer in (desk.get(ADDRESS), desk.post(ADDRESS)):
            assert answer.status_code == 302
            assert "login" in answer["Location"] or answer["Location"] == "/desk/"
    chief = User.objects.create_superuser("chief")
    assert page(signed_in(chief))


def test_the_side_leads_there_for_those_who_may(editors_desk, reporters_desk):
    assert ADDRESS in editors_desk.get("/desk/").content.decode()
    assert ADDRESS not in reporters_desk.get("/desk/").content.decode()


def test_home_says_where_something_withdrawn_may_still_be_shown(
    editors_desk, reporters_desk, settings
):
    settings.DATELINE_PURGE_CACHES = (VARNISH, FASTLY)
    a_purge(1, is_hard=True)
    a_purge(2)
    CacheInFront.objects.create(name=str(VARNISH), told=FIRST, failures=1)
    CacheInFront.objects.create(name=str(FASTLY), told=FIRST + 1, failures=1)

    said = editors_desk.get("/desk/").content.decode()
    section = said.partition("a cache in front may still show it")[2]
    assert "could not be told of 1 withdrawal." in section
    assert section.count("could not be told") == 1
    assert "may still show it" not in reporters_desk.get("/desk/").content.decode()
    CacheInFront.objects.update(told=FIRST + 2)
    assert "may still show it" not in editors_desk.get("/desk/").content.decode()
