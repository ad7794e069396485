"""
Varnish, with the VCL that the manual ships (docs/operations/varnish.vcl).

A ban drops every copy whose `Surrogate-Key` has one of the tags, whatever its
address and variants. Varnish has no ban that keeps a copy for once more; so a soft
purge first makes the copies at the known addresses stale (`PURGE`), and then bans
what carries the tags and is still fresh.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from dateline.pagestore.adapters.batches import batches
from dateline.pagestore.adapters.calls import Line, line
from dateline.pagestore.adapters.marks import purged_marks

# Varnish takes request fields of 8 KiB; the pattern made of it needs room as well.
_LARGEST_KEYS = 4_000
_MOST_KEYS = 200
MOST_ADDRESSES = 500
"""Copies beyond these are banned in a soft purge too: readers wait for the new page."""


class Varnish:
    def __init__(self, url: str, *, seconds: float) -> None:
        self.url = url
        self.seconds = seconds

    def purge(
        self, tags: Collection[str], addresses: Collection[str], *, hard: bool
    ) -> None:
        with line(self.url, seconds=self.seconds) as varnish:
            if not hard:
                for address in list(addresses)[:MOST_ADDRESSES]:
                    _make_stale(varnish, address)
            for keys in batches(
                purged_marks(tags), most=_MOST_KEYS, largest=_LARGEST_KEYS
            ):
                _ban(varnish, keys, hard=hard)


def _make_stale(varnish: Line, address: str) -> None:
    parts = urlsplit(address)
    varnish.send("PURGE", parts.path, headers={"Host": parts.netloc})


def _ban(varnish: Line, keys: list[str], *, hard: bool) -> None:
    mode = "hard" if hard else "soft"
    headers = {"Surrogate-Key": " ".join(keys), "Purge-Mode": mode}
    varnish.send("BAN", "/", headers=headers)
