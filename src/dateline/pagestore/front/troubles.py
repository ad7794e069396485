"""What a reader is shown when Django does not answer."""

import json
import re
import time
from pathlib import Path

from dateline.pagestore.front.memory import Ready
from dateline.pagestore.http.vocabulary import HeaderList

RETRY_AFTER_SECONDS = 10
LARGEST_FILE = 200_000
HEADERS = "headers.json"
"""The file with the headers that every such page carries."""
_FOR_ANY = "any"
_EDITION = re.compile(r"/([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)(?:/|$)")
_KNOWN_SECONDS = 30.0
_UNAVAILABLE = 503
_PLAIN = (
    b"This page could not be made just now. The fault is ours; please try again in a"
    b" minute.\n"
)
_LEAST_HEADERS = [
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
]


class Troubles:
    """
    Pages written beforehand, in files named by the first part of an address.

    `any.html` is for every other address. A file that is not there is no reason for
    silence: a plain sentence always is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes | None] = {}
        self._known_at = float("-inf")

    def answer(self, path: str) -> Ready:
        """Return the answer for an address that cannot be answered now."""
        page = self._page(path)
        kind = "text/html" if page else "text/plain"
        body = page or _PLAIN
        headers = [
            *self._headers(),
            ("content-type", f"{kind}; charset=utf-8"),
            ("content-length", str(len(body))),
            ("cache-control", "no-store"),
            ("retry-after", str(RETRY_AFTER_SECONDS)),
        ]
        return _UNAVAILABLE, headers, body

    def _page(self, path: str) -> bytes | None:
        match = _EDITION.match(path)
        page = self._file(f"{match[1]}.html") if match else None
        return page or self._file(f"{_FOR_ANY}.html")

    def _headers(self) -> HeaderList:
        try:
            written = json.loads(self._file(HEADERS) or b"")
            return [(str(name), str(value)) for name, value in written]
        except (ValueError, TypeError):
            return list(_LEAST_HEADERS)

    def _file(self, name: str) -> bytes | None:
        """Return a file, looked at twice a minute."""
        now = time.monotonic()
        if now - self._known_at > _KNOWN_SECONDS:
            self._known.clear()
            self._known_at = now
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> bytes | None:
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(LARGEST_FILE) or None
        except OSError:
            return None
