"""What is rendered is kept, for everybody, and never past an act."""

import gzip
import threading
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from dateline.languages import wishes
from dateline.pagestore.actions import apply_due, forget_old, purge
from dateline.pagestore.keeping import KeepPages
from dateline.pagestore.models import Purge, PurgeCount
from dateline.pagestore.opened import page_store
from dateline.pagestore.tags import read
from dateline.plumbing import clock

TEXT = "harbor " * 200


@pytest.fixture
def pages(settings, tmp_path):
    """Keep pages in a folder of the test's own."""
    settings.DATELINE_PAGES = tmp_path / "pages"
    store = page_store()
    store.trust()
    yield store
    store.close()


class View:
    """A page of what `text` is now; counts how often it was rendered."""

    def __init__(self, **answer):
        self.text = TEXT
        self.renders = 0
        self.answer = answer

    def __call__(self, request):
        self.renders += 1
        read("harbor")
        return HttpResponse(self.text + request.META["QUERY_STRING"], **self.answer)


@transaction.atomic
def refused_act():
    purge({"harbor"})
    raise RuntimeError("refused")


def ask(view, path="/en/", method="get", **headers):
    request = getattr(RequestFactory(headers=headers), method)(path)
    return KeepPages(view)(request)


def test_a_page_is_rendered_once_for_everybody(pages):
    view = View()
    first = ask(view, "/en/?utm_source=mail", Cookie="other=1")
    packed = ask(view, "/en/?n=2", **{"Accept-Encoding": "gzip"})
    head = ask(view, method="head")
    seen = ask(view, **{"If-None-Match": first["ETag"], "Range": "bytes=0-5"})
    assert view.renders == 1
    assert first.content == gzip.decompress(packed.content) == TEXT.encode()
    assert head.content == b""
    assert head["Content-Length"] == first["Content-Length"]
    assert seen.status_code == 304


def test_a_purge_is_applied_before_the_transaction_returns(pages, transactional_db):
    view = View()
    ask(view)
    view.text = "storm " * 200
    with transaction.atomic():
        purge({"harbor", "other"}, cause="article.published 7")
        assert ask(view).content == TEXT.encode()
    assert ask(view).content == view.text.encode()
    assert view.renders == 2
    row = Purge.objects.get()
    assert (row.number, row.pages, row.keys) == (1, 1, ["/en/"])
    assert row.applied_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_purge_of_an_act_that_fails_never_was(pages):
    view = View()
    ask(view)
    with pytest.raises(RuntimeError, match="refused"):
        refused_act()
    ask(view)
    assert view.renders == 1
    assert not Purge.objects.exists()


def test_a_purge_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        purge({"harbor"})


@pytest.mark.django_db(transaction=True)
def test_purges_left_over_by_a_crash_are_applied(pages):
    view = View()
    ask(view)
    with transaction.atomic():
        purge({"nothing"})
    Purge.objects.create(
        number=2, tags=["harbor"], is_hard=True, recorded_at=clock.now()
    )
    PurgeCount.objects.update(number=2)
    assert pages.find("/en/") is not None
    assert apply_due() == 1
    assert pages.find("/en/") is None
    assert apply_due() == 0


@pytest.mark.django_db(transaction=True)
def test_a_database_older_than_the_store_empties_it(pages):
    ask(View())
    pages.purge(7, ["other"], hard=False)
    apply_due()
    assert pages.find("/en/") is None
    assert pages.applied() == 0


@pytest.mark.django_db(transaction=True)
def test_purges_that_nobody_remembers_empty_the_store(pages):
    with transaction.atomic():
        purge({"a"})
    ask(View())
    for _ in range(3):
        with transaction.atomic():
            Purge.objects.all().delete()
            purge({"b"})
            transaction.get_connection().run_on_commit.clear()
    apply_due()
    assert pages.find("/en/") is None
    assert pages.applied() == 4


@pytest.mark.django_db(transaction=True)
def test_old_purges_are_forgotten_and_new_ones_are_not(pages):
    with transaction.atomic():
        purge({"a"})
        purge({"b"})
    Purge.objects.filter(number=1).update(recorded_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert forget_old() == 1
    assert [row.number for row in Purge.objects.all()] == [2]


@pytest.mark.parametrize(
    ("header", "value"),
    [("Cache-Control", "private, no-store"), ("Vary", "Cookie")],
)
def test_what_is_for_one_reader_is_not_kept(pages, header, value):
    view = View(headers={header: value})
    assert ask(view).content == ask(view).content
    assert view.renders == 2
    assert pages.totals().pages == 0


def test_what_sets_a_cookie_or_fails_is_not_kept(pages):
    def greet(request):
        response = HttpResponse("Good morning, Ina")
        response.set_cookie("who", "ina")
        return response

    assert ask(greet).cookies
    assert ask(View(status=500)).status_code == 500
    assert pages.totals().pages == 0


@pytest.mark.parametrize("path", ["/desk/", "/healthz", "/files/1/a.mp3"])
def test_what_is_not_the_same_for_all_passes_untouched(pages, path):
    view = View()
    response = ask(view, f"{path}?q=1", method="post" if path == "/desk/" else "get")
    assert response.content.endswith(b"q=1")
    assert "ETag" not in response
    assert pages.totals().pages == 0


@pytest.mark.django_db
def test_a_page_is_not_answered_under_a_stranger_s_name(pages, client):
    ask(View())
    assert client.get("/en/", headers={"Host": "stranger.example"}).status_code == 400


@pytest.mark.django_db
def test_small_files_are_kept_and_large_ones_pass(pages, tmp_path):
    small, large = tmp_path / "small.png", tmp_path / "large.png"
    small.write_bytes(b"\x89PNG" * 100)
    large.write_bytes(b"\x89PNG" * 600_000)
    for path in (small, large):
        answered = ask(
            lambda _, path=path: FileResponse(path.open("rb")), f"/{path.name}"
        )
        assert b"".join(answered) == path.read_bytes()
        answered.close()
    assert pages.totals().pages == 1
    found = pages.find("/small.png").page
    assert found.plain == small.read_bytes()
    assert ("content-type", "image/png") in found.headers


def test_the_door_differs_by_language_and_by_nothing_else(pages):
    def door(request):
        return HttpResponse(request.headers["Accept-Language"])

    first = ask(door, "/", **{"Accept-Language": "de-CH,de;q=0.9,en;q=0.8"})
    second = ask(door, "/", **{"Accept-Language": "en;q=0.1, de"})
    assert first.content == second.content == b"de,en"
    assert ask(door, "/", **{"Accept-Language": "ar"}).content == b"ar"
    assert pages.totals().pages == 2
    assert wishes("x" * 2_000) == ""
    assert wishes("en;q=0, *, uk, fr, es").count(",") == 2


def test_a_page_that_says_when_it_expires_is_rendered_again_then(pages):
    def news(request):
        response = HttpResponse(TEXT)
        response.page_stale_at = datetime(2020, 1, 1, tzinfo=UTC)
        return response

    ask(news)
    assert pages.find("/en/").purged_at == datetime(2020, 1, 1, tzinfo=UTC).timestamp()


def test_a_page_withdrawn_while_it_rendered_is_rendered_again(pages):
    view = View()

    def withdrawn(request):
        response = view(request)
        if view.renders == 1:
            view.text = "nothing to see"
            pages.purge(1, ["harbor"], hard=True)
        return response

    assert ask(withdrawn).content == b"nothing to see"
    assert view.renders == 2


def test_a_page_that_is_withdrawn_without_end_is_not_shown(pages):
    def withdrawn(request):
        read("harbor")
        pages.purge(pages.applied() + 1, ["harbor"], hard=True)
        return HttpResponse(TEXT)

    response = ask(withdrawn)
    assert response.status_code == 503
    assert response["Retry-After"] == "1"
    assert pages.find("/en/") is None


def test_readers_who_come_together_share_one_render(pages):
    together = threading.Barrier(8)
    began = threading.Event()
    view = View()

    def slow(request):
        response = view(request)
        began.wait(0.2)
        return response

    def reader():
        together.wait()
        answers.append(ask(slow).content)

    answers: list[bytes] = []
    readers = [threading.Thread(target=reader) for _ in range(8)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert answers == [TEXT.encode()] * 8
    assert view.renders == 1
