"""What of a request reaches Django, and what of its answer the client."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.pagestore.front.forwarding import (
    request_headers,
    response_headers,
    target,
)


def sent(*headers, peer="203.0.113.9"):
    return request_headers(headers, peer)


def test_what_speaks_of_one_connection_stays_there():
    said = sent(
        ("host", "news.example"),
        ("connection", "close, X-Secret"),
        ("x-secret", "1"),
        ("transfer-encoding", "chunked"),
        ("upgrade", "h2c"),
        ("range", "bytes=0-1"),
        ("cookie", "a=b"),
        ("expect", "100-continue"),
    )
    assert [name for name, _ in said] == ["host", "range", "cookie", "x-forwarded-for"]


def test_the_front_has_the_last_word_about_the_address():
    said = sent(("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "5.6.7.8"))
    assert said == [("x-forwarded-for", "1.2.3.4, 5.6.7.8, 203.0.113.9")]


@pytest.mark.parametrize("name", ["x_forwarded_for", "x-forwarded_for", "remote_addr"])
def test_a_name_that_wsgi_would_mistake_is_dropped(name):
    assert sent((name, "127.0.0.1")) == [("x-forwarded-for", "203.0.113.9")]


def test_cookies_of_an_answer_stay_apart():
    said = response_headers(
        [
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
            ("connection", "keep-alive"),
            ("server", "granian"),
            ("date", "now"),
            ("x-handed-file", "/where/it/lies"),
        ]
    )
    assert said == [("set-cookie", "a=1"), ("set-cookie", "b=2")]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_path_comes_through_whatever_letters_it_has(text):
    written = target(f"/{text}", "")
    assert unquote(written) == f"/{text}"
    assert written.isascii()
    assert not set(written) & set(' ?#\r\n"<>')


def test_a_query_is_passed_as_it_came():
    assert target("/desk/", "a=%20b&c") == "/desk/?a=%20b&c"
