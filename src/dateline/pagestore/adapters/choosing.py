"""From a line of the setting `purge_caches` to a cache, and to its adapter."""

import ipaddress
import re
from urllib.parse import urlsplit

from dateline.pagestore.adapters.vocabulary import (
    SERVICES,
    Adapter,
    Cache,
    Kind,
    Secrets,
)

_ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST = 200


def parse(text: str) -> Cache:
    """
    Return the cache that a line names.

    `varnish+http://127.0.0.1:6083`, `nginx+http://127.0.0.1:6084`,
    `fastly://SERVICE`, `cloudflare://ZONE`. What speaks as Fastly or Cloudflare do
    elsewhere is `fastly+https://host/SERVICE`.

    :raises ValueError: it names none
    """
    parts = urlsplit(text.strip())
    name, _, transport = parts.scheme.partition("+")
    if name not in set(Kind) or len(text) > _LONGEST:
        raise ValueError(
            "must name caches such as varnish+http://127.0.0.1:6083, nginx+http://…,"
            " fastly://SERVICE or cloudflare://ZONE"
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must not hold a password or a query: tokens have settings")
    kind = Kind(name)
    if not transport:
        return _hosted(kind, f"{parts.netloc}{parts.path}".strip("/"))
    if transport not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"must say where {kind} is: {kind}+http://host:port")
    return _elsewhere(kind, f"{transport}://{parts.netloc}", parts.path.strip("/"))


def _hosted(kind: Kind, account: str) -> Cache:
    if kind not in SERVICES:
        raise ValueError(f"must say where {kind} is: {kind}+http://host:port")
    return Cache(kind, SERVICES[kind], _checked(kind, account))


def _elsewhere(kind: Kind, origin: str, path: str) -> Cache:
    # Reading the port also checks it.
    _ = urlsplit(origin).port
    if kind not in SERVICES:
        if path:
            raise ValueError(f"must name {kind} without a path: {origin}")
        return Cache(kind, origin)
    if origin.startswith("http:") and not _is_this_machine(origin):
        raise ValueError(f"must not send the token of {kind} over http to {origin}")
    before, _, account = path.rpartition("/")
    return Cache(kind, f"{origin}/{before}".rstrip("/"), _checked(kind, account))


def _checked(kind: Kind, account: str) -> str:
    if not _ACCOUNT.fullmatch(account):
        raise ValueError(f"must name the service or zone: {kind}://ID")
    return account


def _is_this_machine(origin: str) -> bool:
    try:
        return ipaddress.ip_address(urlsplit(origin).hostname or "").is_loopback
    except ValueError:
        return urlsplit(origin).hostname == "localhost"


def adapter_for(cache: Cache, secrets: Secrets, *, seconds: float) -> Adapter:
    """Return what tells this cache; one telling takes no longer than `seconds`."""
    # Here, not above: the settings are read before anything heavy is loaded.
    from dateline.pagestore.adapters.cloudflare import Cloudflare
    from dateline.pagestore.adapters.fastly import Fastly
    from dateline.pagestore.adapters.nginx import Nginx
    from dateline.pagestore.adapters.varnish import Varnish

    match cache.kind:
        case Kind.VARNISH:
            return Varnish(cache.url, seconds=seconds)
        case Kind.NGINX:
            return Nginx(cache.url, seconds=seconds)
        case Kind.FASTLY:
            return Fastly(cache.url, cache.account, secrets.fastly, seconds=seconds)
        case Kind.CLOUDFLARE:
            token = secrets.cloudflare
            return Cloudflare(cache.url, cache.account, token, seconds=seconds)
