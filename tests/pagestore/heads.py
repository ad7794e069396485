"""The head of a request, as the front reads it."""

from dateline.pagestore.http.vocabulary import Head, Headers


def a_head(
    path: str = "/en/", method: str = "GET", peer: str = "127.0.0.1", **headers: str
) -> Head:
    """Return a head; an underscore in a header's name stands for a hyphen."""
    said = [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in headers.items()
    ]
    return Head(method, path, "", "1.1", Headers(said), peer)
