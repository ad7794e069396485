"""
What an answer says to the caches in front: its tags and how long it may be kept.

Every cache that can be told of a purge gets a lifetime of its own, in the field that
it alone reads (RFC 9213 calls these targeted). Readers, and caches nobody told us of,
go by `Cache-Control` and ask again each time.
"""

import hashlib
from collections.abc import Collection, Iterable
from urllib.parse import quote

from dateline.pagestore.adapters.vocabulary import Cache, Kind

SHOWN_WHILE_FETCHED = 10
"""Seconds for which a softly purged copy may be shown, as by the house's own front."""
CROWDED = "crowded"
"""The tag of pages with more tags than fit; every purge purges these as well."""
EVERY_PAGE = "every-page"
"""The tag of every page that a cache in front may keep."""
TAG_FIELDS = frozenset({"surrogate-key", "cache-tag"})
_LIFETIMES = {
    "surrogate-control": "no-store",
    "cloudflare-cdn-cache-control": "no-store",
    "x-accel-expires": "0",
}
"""Each field with what it says of an answer that must not be kept."""
FIELDS = TAG_FIELDS | _LIFETIMES.keys()

_LONGEST_TAG = 200
# Bytes of the field's value. Varnish refuses answers with longer ones unless its
# parameter http_resp_hdr_len is raised; Fastly and Cloudflare would take the first
# 16 KiB and forget the rest.
_LARGEST_SURROGATE_KEY = {Kind.VARNISH: 8_000, Kind.FASTLY: 16_000}
_LARGEST_CACHE_TAG = 16_000
_MOST_CACHE_TAGS = 1_000


def written(tag: str) -> str:
    """
    Return a tag as it stands in headers, bans and calls.

    Only `A-Z a-z 0-9 _ . - ~ : / %` are left, so that no tag can end a field, split
    into two or mean something in a pattern.
    """
    plain = quote(tag.encode("utf-8", "surrogatepass"), safe=":/")
    if 0 < len(plain) <= _LONGEST_TAG:
        return plain
    return f"long:{hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()}"


def purged_marks(tags: Iterable[str]) -> list[str]:
    """Return the written tags that a purge names."""
    return sorted({CROWDED, *map(written, tags)})


def fields_for(
    tags: Collection[str],
    caches: Collection[Cache],
    *,
    lifetime: int,
    lifetime_by_address: int,
) -> dict[str, str]:
    """Return the fields that tell these caches to keep an answer with these tags."""
    if not tags:
        # Nothing could ever purge it.
        return {}
    kinds = {cache.kind for cache in caches}
    if Kind.NGINX in kinds:
        # Another may fetch from it what its purges did not reach.
        lifetime = min(lifetime, lifetime_by_address)
    marks = [*sorted(map(written, tags)), EVERY_PAGE]
    fields: dict[str, str] = {}
    if limits := [
        _LARGEST_SURROGATE_KEY[k] for k in kinds & set(_LARGEST_SURROGATE_KEY)
    ]:
        fields["Surrogate-Key"] = _joined(marks, " ", min(limits))
        fields["Surrogate-Control"] = (
            f"max-age={lifetime}, stale-while-revalidate={SHOWN_WHILE_FETCHED}"
        )
    if Kind.CLOUDFLARE in kinds:
        limit = _LARGEST_CACHE_TAG if len(marks) <= _MOST_CACHE_TAGS else 0
        fields["Cache-Tag"] = _joined(marks, ",", limit)
        fields["Cloudflare-CDN-Cache-Control"] = f"max-age={lifetime}"
    if Kind.NGINX in kinds:
        fields["X-Accel-Expires"] = str(lifetime_by_address)
    return fields


def _joined(marks: list[str], separator: str, limit: int) -> str:
    line = separator.join(marks)
    return line if len(line) <= limit else separator.join((CROWDED, EVERY_PAGE))


def tells_caches(headers: Iterable[tuple[str, str]]) -> bool:
    """Tell whether headers (lower-case names) say something to a cache in front."""
    return any(name in FIELDS for name, _ in headers)


def not_kept(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """
    Return an answer's headers (lower-case names) with no cache in front to keep it.

    For an answer that was overtaken by a purge: a cache that has been told already
    would keep it as a new one.
    """
    kept = [pair for pair in headers if pair[0] not in TAG_FIELDS]
    return [(name, _LIFETIMES.get(name, value)) for name, value in kept]
