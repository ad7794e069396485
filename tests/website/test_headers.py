"""What the headers of a reader's page promise."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from dateline.pagestore.keeping import KeepPages
from dateline.pagestore.tags import read
from dateline.website.headers import ReaderPages
from tests.website.machines.newsroom import killed, published

pytestmark = pytest.mark.django_db
FEED = "/en/feed.atom"


def answer(view, path="/en/", method="get", **headers):
    """Return what the middleware makes of a view."""
    request = getattr(RequestFactory(headers=headers), method)(path)
    return KeepPages(ReaderPages(view))(request)


def page(request):
    read("article:7")
    return HttpResponse("<p>" + "harbour " * 200)


def test_a_page_says_how_it_may_be_kept_and_what_it_may_do(client):
    published()
    response = client.get(FEED)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_a_missing_page_keeps_the_promises_too(client):
    response = client.get("/en/no-such-thing/feed.rss")
    assert response.status_code == 404
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


def test_the_desk_keeps_its_own_policy(client):
    response = client.get("/desk/login/")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert not hasattr(response, "page_tags")


def test_a_reader_who_has_the_page_gets_304_until_it_changes(client):
    publication = published()
    first = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]
    killed(publication)
    after = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != first["ETag"]


def test_a_page_carries_the_tags_that_it_read():
    assert answer(page).page_tags == {"article:7"}


def test_tags_go_to_a_cache_in_front_only_if_the_operator_has_one(settings):
    assert "Surrogate-Key" not in answer(page)
    settings.DATELINE_SURROGATE_KEYS = True
    assert answer(page)["Surrogate-Key"] == "article:7"


def test_a_page_with_too_many_tags_is_kept_by_no_cache_in_front(settings):
    settings.DATELINE_SURROGATE_KEYS = True

    def long_page(request):
        read(*(f"group:{number:036}" for number in range(1000)))
        return HttpResponse("")

    response = answer(long_page)
    assert "Surrogate-Key" not in response
    assert response["Surrogate-Control"] == "no-store"


def test_a_page_that_reads_the_session_by_mistake_reaches_no_other_reader(caplog):
    def personal(request):
        response = HttpResponse("Good morning, Ina")
        response.set_cookie("who", "ina")
        return response

    response = answer(personal)
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "ETag" not in response
    assert "session" in caplog.text


def test_a_failure_is_kept_by_nobody():
    response = answer(lambda _request: HttpResponse("sorry", status=500))
    assert response["Cache-Control"] == "private, no-store"
