"""An address turned into an original."""

from collections.abc import Iterable

from dateline.plumbing.fetching import FetchLimits, fetch
from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.recognition import Original

_TYPES = (
    "text/", "application/xhtml", "application/xml", "application/rss",
    "application/atom", "application/rdf", "application/json", "application/ninjs",
    "application/feed", "application/octet-stream", "application/vnd.iptc",
)  # fmt: skip
_LIMITS = FetchLimits(answer_bytes=DEFAULT_LIMITS.original_bytes)
#: What a server says of its answer that is worth keeping; the rest is about cookies.
_KEPT = frozenset(
    {
        "content-type", "content-language", "content-length", "content-encoding",
        "date", "etag", "last-modified", "server", "link", "age", "expires",
        "cache-control",
    }
)  # fmt: skip


def fetch_original(address: str, *, allowed_networks: Iterable[str] = ()) -> Original:
    """
    Return what the address answers, with the headers that tell where it came from.

    :raises FetchRefusal: it was not fetched; the class says why
    """
    answer = fetch(
        address, allowed_networks=allowed_networks, content_types=_TYPES, limits=_LIMITS
    )
    headers = {n: v[:1000] for n, v in answer.headers.items() if n.lower() in _KEPT}
    return Original(
        answer.content,
        content_type=answer.content_type,
        address=answer.address,
        headers=headers | {"x-asked-for": address[:2000]},
    )
