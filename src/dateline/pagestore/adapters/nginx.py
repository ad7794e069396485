"""
nginx with the cache-purge module, as docs/operations/nginx.conf sets it up.

nginx knows no tags: a copy is removed by its address, or expires. The addresses are
those of the pages that the store had when it was purged, so a copy of a page that the
store had let go stays until its lifetime ends, which for nginx is short.
A removed copy is gone: soft and hard are the same here.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from dateline.pagestore.adapters.calls import line

_GONE = frozenset({200, 404, 412})
"""Removed, or not there: 404 of the module up to 2.4, 412 of newer ones."""


class Nginx:
    def __init__(self, url: str, *, seconds: float) -> None:
        self.url = url
        self.seconds = seconds

    def purge(
        self,
        tags: Collection[str],  # noqa: ARG002  (what other caches go by)
        addresses: Collection[str],
        *,
        hard: bool,  # noqa: ARG002  (it knows one way alone)
    ) -> None:
        with line(self.url, seconds=self.seconds) as nginx:
            for address in addresses:
                parts = urlsplit(address)
                headers = {"Host": parts.netloc}
                nginx.send("PURGE", parts.path, headers=headers, done=_GONE)
