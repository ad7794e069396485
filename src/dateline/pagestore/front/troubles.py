"""What a reader is shown when Django does not answer."""

import re
import time
from pathlib import Path

from dateline.pagestore.front.vocabulary import Headers

RETRY_AFTER_SECONDS = 10
LARGEST_PAGE = 200_000
FOR_ANY = "any"
_EDITION = re.compile(r"/([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)(?:/|$)")
_KNOWN_SECONDS = 30.0
_PLAIN = (
    b"This page could not be made just now. The fault is ours; please try again in a"
    b" minute.\n"
)
_UNAVAILABLE = 503


class Troubles:
    """
    Pages written beforehand, one a language, in files `<edition>.html`.

    `any.html` is for addresses of no edition. A file that is not there is no reason
    for silence: a plain sentence always is.
    """

    def __init__(self, folder: Path | None, security: Headers) -> None:
        self._folder = folder
        self._security = security
        self._known: dict[str, bytes | None] = {}
        self._known_at = 0.0

    def answer(self, path: str) -> tuple[int, Headers, bytes]:
        """Return the answer for an address that cannot be answered now."""
        match = _EDITION.match(path)
        page = self._page(match[1] if match else FOR_ANY) or self._page(FOR_ANY)
        kind = "text/html" if page else "text/plain"
        body = page or _PLAIN
        headers = [
            *self._security,
            ("content-type", f"{kind}; charset=utf-8"),
            ("content-length", str(len(body))),
            ("cache-control", "no-store"),
            ("retry-after", str(RETRY_AFTER_SECONDS)),
        ]
        return _UNAVAILABLE, headers, body

    def _page(self, name: str) -> bytes | None:
        now = time.monotonic()
        if now - self._known_at > _KNOWN_SECONDS:
            self._known.clear()
            self._known_at = now
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> bytes | None:
        if self._folder is None:
            return None
        try:
            with (self._folder / f"{name}.html").open("rb") as file:
                return file.read(LARGEST_PAGE) or None
        except OSError:
            return None
