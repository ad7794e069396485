"""The nouns of HTTP: the head of a request, and what may go wrong with one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

HeaderList = list[tuple[str, str]]
_ADDRESS = re.compile(rb"(?i:https?)://([^/?#@]+)((?:[/?].*)?)")


class ClientGone(Exception):
    """The client went away in the middle of what it sent, or of what it was sent."""


class RequestRefused(Exception):
    """What a client sends is not taken; `status` is its answer."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status


class Headers:
    """A request's headers, read as far as somebody asks; names in small letters."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Sequence[tuple[bytes, bytes]]) -> None:
        self._raw = raw

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return the first header of that name."""
        wanted = name.encode("latin-1")
        for known, value in self._raw:
            if known == wanted:
                return value.decode("latin-1")
        return default

    def items(self) -> HeaderList:
        return [(n.decode("latin-1"), v.decode("latin-1")) for n, v in self._raw]


@dataclass(slots=True, frozen=True)
class Head:
    """What a request says before its body."""

    method: str
    path: str
    """Percent-decoded; what is no UTF-8 has become U+FFFD."""
    query_string: str
    http_version: str
    headers: Headers
    peer: str
    """The address at the other end of the connection."""

    def header(self, name: str) -> str:
        """Return a header's value, empty where it is not sent."""
        return self.headers.get(name) or ""


def split_target(target: bytes) -> tuple[bytes, str, str]:
    """
    Return host, path and query of a request's target (RFC 9112, 3.2.1 and 3.2.2).

    The host is empty where the target is a path, as nearly always.

    :raises RequestRefused: it is neither a path nor an http address
    """
    host = b""
    if not target.startswith(b"/"):
        address = _ADDRESS.fullmatch(target)
        if address is None:
            raise RequestRefused(400, "The target is no path.")
        host, target = address.groups()
    path, _, query = target.partition(b"?")
    told = path.decode("latin-1") or "/"
    return host, unquote(told) if "%" in told else told, query.decode("latin-1")
