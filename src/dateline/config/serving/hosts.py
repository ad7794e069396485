"""Whether a Host header names this newsroom, as Django judges it. No Django here."""

from collections.abc import Callable, Sequence


def is_among(hosts: Sequence[str]) -> Callable[[str], bool]:
    """Return the judge for these allowed hosts; `.example` allows what lies below."""
    lowered = tuple(host.lower() for host in hosts)

    def is_ours(header: str) -> bool:
        name = _name(header.lower())
        return any(_matches(name, host) for host in lowered) if name else False

    return is_ours


def _name(header: str) -> str:
    """Return the host of ``host:port``, without a closing dot."""
    if header.startswith("["):
        name, bracket, port = header.partition("]")
        rest = port.removeprefix(":")
        is_fit = bool(bracket) and (rest.isdigit() or not port)
        return f"{name}]" if is_fit else ""
    name, _, port = header.partition(":")
    return name.removesuffix(".") if port.isdigit() or ":" not in header else ""


def _matches(name: str, host: str) -> bool:
    if host == "*":
        return True
    if host.startswith("."):
        return name.endswith(host) or name == host[1:]
    return name == host
