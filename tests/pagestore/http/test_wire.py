"""What goes over the wire before a body."""

import pytest

from dateline.pagestore.http.wire import Dates, opening


def test_an_opening_is_the_status_and_the_headers():
    assert opening(404, [("a", "b"), ("c", "\xe9")]) == (
        b"HTTP/1.1 404 Not Found\r\na: b\r\nc: \xe9\r\n"
    )
    assert opening(299, []) == b"HTTP/1.1 299 \r\n"


@pytest.mark.parametrize(
    "header",
    [("a", "b\nc"), ("a", "b\rc"), ("a", "\r\n"), ("a\r\n", "b"), ("a", "\u2028")],
)
def test_no_header_begins_another(header):
    with pytest.raises(ValueError, match=r"end of a line|latin-1"):
        opening(200, [("x", "y"), header, ("x", "y")])


def test_the_date_is_that_of_the_second():
    dates = Dates()
    first = dates.line(784_111_777.9)
    assert first == b"date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n"
    assert dates.line(784_111_777.0) is first
    assert dates.line(784_111_778.0) != first
