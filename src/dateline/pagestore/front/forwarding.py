"""What of a request goes on to Django, and what of its answer goes back: pure."""

from collections.abc import Iterable
from urllib.parse import quote

from dateline.pagestore.http.vocabulary import HeaderList

# RFC 9110, 7.6.1: these speak of one connection.
_OF_ONE_CONNECTION = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# The front has answered this by itself by the time Django hears of the request.
_OURS_TO_SAY = frozenset({"expect", "x-forwarded-for"})
# The server writes these itself; the others are between Django and the front alone.
_OURS_TO_ADD = frozenset({"server", "date", "x-handed-file", "x-handed-span"})
_PATH_LETTERS = "/:@!$&'()*+,;=-._~"


def target(path: str, query: str) -> str:
    """Return the request target for a path that was decoded."""
    quoted = quote(path, safe=_PATH_LETTERS)
    return f"{quoted}?{query}" if query else quoted


def request_headers(headers: Iterable[tuple[str, str]], peer: str) -> HeaderList:
    """
    Return the headers for Django: whose word ends X-Forwarded-For is the front.

    A name with an underscore is dropped: to a WSGI application `X_Forwarded_For` is
    the same as `X-Forwarded-For`, and anybody may send it.
    """
    headers = list(headers)
    dropped = _OF_ONE_CONNECTION | _OURS_TO_SAY | _named_by_connection(headers)
    kept = [
        (name, value)
        for name, value in headers
        if name not in dropped and "_" not in name
    ]
    said = [value for name, value in headers if name == "x-forwarded-for"]
    return [*kept, ("x-forwarded-for", ", ".join([*said, peer]))]


def neutral_headers(host: str, accept_language: str, *, is_https: bool) -> HeaderList:
    """Return the headers of a request for a page that every reader will share."""
    headers = [
        ("host", host),
        ("accept-encoding", "gzip"),
        ("x-forwarded-for", "127.0.0.1"),
    ]
    if accept_language:
        headers.append(("accept-language", accept_language))
    if is_https:
        headers.append(("x-forwarded-proto", "https"))
    return headers


def response_headers(headers: Iterable[tuple[str, str]]) -> HeaderList:
    """Return the headers for the client, cookies each by itself."""
    headers = list(headers)
    dropped = _OF_ONE_CONNECTION | _named_by_connection(headers)
    return [
        (name, value)
        for name, value in headers
        if name not in dropped and name not in _OURS_TO_ADD
    ]


def _named_by_connection(headers: HeaderList) -> set[str]:
    return {
        word.strip().lower()
        for name, value in headers
        if name == "connection"
        for word in value.split(",")
    }
