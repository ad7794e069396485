"""From where a request came: never from where it says, unless our own proxy says it."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
MOST_HOPS = 10
# A home or an office has as many addresses of IPv6 as it likes below one of these.
IPV6_PREFIX = 64


def client_address(remote: str, forwarded: str, *, trusted: Sequence[str]) -> str:
    """
    Return the address, or the network of IPv6, that a request is counted under.

    `forwarded` is the header ``X-Forwarded-For``. Each proxy adds to its end whom it
    heard, so it is read from there, and no further than proxies in `trusted` vouch.
    """
    networks = [ip_network(one) for one in trusted]
    heard = _parsed(remote)
    for hop in _hops(forwarded):
        if heard is None or not any(heard in network for network in networks):
            break
        said = _parsed(hop)
        if said is None:
            break
        heard = said
    return _counted(heard) if heard else "unknown"


def _hops(forwarded: str) -> Iterator[str]:
    yield from reversed(forwarded.split(",")[-MOST_HOPS:])


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _counted(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), IPV6_PREFIX), strict=False))
