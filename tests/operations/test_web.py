"""What the server knows of a request: whom it came from, and by whose word."""

import os
import stat

import pytest

from dateline.config.serving.hosts import is_among
from dateline.config.serving.pulse import LONGEST_START, MOST_SILENCES, Patience
from dateline.config.serving.seat import ALIVE, LONGEST_PATH, socket_path
from dateline.config.serving.web import BehindTheFront
from dateline.plumbing.client_address import client_address


def seen(forwarded, *, path="/desk/"):
    """Return what the application behind the front sees of a request."""
    met = []

    def application(environ, start_response):
        met.append(environ)
        return [b""]

    statuses = []
    environ = {"PATH_INFO": path, "REMOTE_ADDR": "unix:"}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    BehindTheFront(application)(environ, lambda status, _: statuses.append(status))
    return met[0] if met else statuses[0]


@pytest.mark.parametrize(
    ("forwarded", "address", "before"),
    [
        ("203.0.113.9", "203.0.113.9", None),
        ("10.0.0.1, 203.0.113.9", "203.0.113.9", "10.0.0.1"),
        ("a, b,2001:db8::1", "2001:db8::1", "a, b"),
        # Nobody but the operator can reach the socket past the front.
        (None, "", None),
    ],
)
def test_the_last_address_is_the_fronts_own_word(forwarded, address, before):
    environ = seen(forwarded)
    assert environ["REMOTE_ADDR"] == address
    assert environ.get("HTTP_X_FORWARDED_FOR") == before


def counted(forwarded, trusted):
    environ = seen(forwarded)
    said = environ.get("HTTP_X_FORWARDED_FOR", "")
    return client_address(environ["REMOTE_ADDR"], said, trusted=trusted)


def test_a_stranger_cannot_make_up_an_address():
    assert counted("127.0.0.1, 203.0.113.9", ["127.0.0.1"]) == "203.0.113.9"
    assert counted("203.0.113.9", []) == "203.0.113.9"


def test_a_proxy_that_is_trusted_is_believed():
    assert counted("198.51.100.7, 127.0.0.1", ["127.0.0.1"]) == "198.51.100.7"


def test_whether_a_thread_is_free_is_told_without_django():
    assert seen(None, path=ALIVE) == "204 No Content"


def test_the_socket_lies_where_nobody_else_looks(tmp_path):
    with socket_path(tmp_path) as path:
        assert path.parent.parent == tmp_path
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_path_too_long_for_a_socket_is_done_without(tmp_path):
    long = tmp_path / ("щ" * 60)
    long.mkdir()
    with socket_path(long) as path:
        assert len(os.fsencode(path)) <= LONGEST_PATH
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        folder = path.parent
    assert not folder.exists()


@pytest.mark.parametrize(
    ("header", "is_ours"),
    [
        ("news.example", True),
        ("News.Example:8000", True),
        ("news.example.", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("desk.paper.example", True),
        ("paper.example", True),
        ("elsewhere.example", False),
        ("xpaper.example", False),
        ("news.example:80x", False),
        ("::1", False),
        ("[::1]x", False),
        ("", False),
    ],
)
def test_a_host_is_judged_as_django_judges_it(header, is_ours, settings, rf):
    hosts = ["news.example", "[::1]", ".paper.example"]
    assert is_among(hosts)(header) is is_ours
    settings.ALLOWED_HOSTS = hosts
    request = rf.get("/", headers={"host": header})
    request.META["SERVER_NAME"] = "elsewhere"
    assert _django_lets_in(request) is is_ours


def _django_lets_in(request):
    from django.core.exceptions import DisallowedHost

    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def test_a_star_lets_everybody_in():
    assert is_among(["*"])("whoever.example:1")
    assert not is_among(["*"])("")


def test_silence_is_borne_for_a_while():
    patience = Patience(began=0)
    assert not patience.is_over(answers=False, now=LONGEST_START)
    assert not patience.is_over(answers=True, now=LONGEST_START + 1)
    heard = [patience.is_over(answers=False, now=1e9) for _ in range(MOST_SILENCES)]
    assert heard == [False] * (MOST_SILENCES - 1) + [True]


def test_a_word_in_between_begins_the_count_anew():
    patience = Patience(began=0, has_answered=True, silences=MOST_SILENCES - 1)
    assert not patience.is_over(answers=True, now=1)
    assert not patience.is_over(answers=False, now=2)


def test_who_never_answers_is_given_up_after_its_start():
    assert Patience(began=0).is_over(answers=False, now=LONGEST_START + 1)
