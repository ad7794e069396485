"""From one kept page, the answer that each reader asked for."""

import gzip

import pytest

from dateline.pagestore.answers import answer
from dateline.pagestore.keys import Keys
from dateline.pagestore.vocabulary import Page

TEXT = b"<p>" + b"harbor " * 100
PAGE = Page(
    status=200,
    headers=(
        ("content-type", "text/html"),
        ("cache-control", "public, max-age=0"),
        ("vary", "Accept-Language"),
    ),
    etag="0a" * 16,
    gzip=gzip.compress(TEXT),
    brotli=b"as if Brotli",
)
KEYS = Keys(
    never=("/desk/", "/healthz"),
    by_language=frozenset({"/"}),
    languages=lambda header: header.partition(",")[0],
)


def ask(page=PAGE, method="GET", **headers):
    found = answer(page, method=method, **headers)
    return found, dict(found.headers)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.0", None),
        ("identity", None),
        ("", None),
        ("x" * 5_000, None),
    ],
)
def test_the_dearest_coding_that_a_reader_takes(header, coding):
    found, headers = ask(accept_encoding=header)
    assert headers.get("content-encoding") == coding
    expected = {"br": PAGE.brotli, "gzip": PAGE.gzip, None: TEXT}[coding]
    assert found.body == expected
    assert headers["content-length"] == str(len(expected))
    assert headers["vary"] == "Accept-Language, Accept-Encoding"


def test_each_coding_has_a_strong_etag_of_its_own():
    etags = {ask(accept_encoding=one)[1]["etag"] for one in ("br", "gzip", "")}
    assert len(etags) == 3
    assert not any(etag.startswith("W/") for etag in etags)


@pytest.mark.parametrize("coding", ["br", "gzip", ""])
def test_a_reader_who_has_it_in_any_coding_that_suits_is_told_so(coding):
    etag = ask(accept_encoding=coding)[1]["etag"]
    found, headers = ask(accept_encoding="gzip, br", if_none_match=f'"x", W/{etag}')
    assert found.status == 304
    assert found.body == b""
    assert headers == {
        "etag": etag,
        "cache-control": "public, max-age=0",
        "vary": "Accept-Language, Accept-Encoding",
    }


def test_a_reader_who_has_it_in_a_coding_that_no_longer_suits_gets_it():
    etag = ask(accept_encoding="br")[1]["etag"]
    assert ask(accept_encoding="gzip", if_none_match=etag)[0].status == 200
    assert ask(if_none_match="*")[0].status == 304


def test_head_says_what_get_would_say():
    plain, headers = ask()
    head, same = ask(method="HEAD")
    assert headers == same
    assert head.body == b""
    assert plain.body == TEXT


def test_what_is_not_there_is_never_304():
    missing = Page(status=404, headers=(), etag="0" * 32, plain=b"Nothing here.")
    found, headers = ask(missing, if_none_match="*")
    assert found.status == 404
    assert "etag" not in headers
    assert "vary" not in headers


@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("GET", "/en/", "/en/"),
        ("HEAD", "/en/", "/en/"),
        ("POST", "/en/", None),
        ("GET", "/desk/articles/", None),
        ("GET", "/healthz", None),
        ("GET", "/", "/ uk"),
        ("GET", "/" + "x" * 3_000, None),
        ("GET", "", None),
    ],
)
def test_which_addresses_are_kept_and_under_which_key(method, path, key):
    assert KEYS.key_of(method, path, "uk, en") == key
