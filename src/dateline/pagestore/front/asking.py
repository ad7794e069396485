"""What a client asks of the stream."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from dateline.pagestore.channels import Channels
from dateline.pagestore.http.vocabulary import Head
from dateline.plumbing.client_address import client_address

_LAST = re.compile(r"\d{1,18}")
_LONGEST_QUERY = 200


class Refused(Exception):
    """Why there is no stream."""

    def __init__(self, status: int, says: str, *headers: tuple[str, str]) -> None:
        super().__init__(says)
        self.status = status
        self.says = says
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Asked:
    """Which channels, since when, and who asks."""

    channels: tuple[str, ...]
    last: int | None
    address: str


def read(
    head: Head,
    names: str,
    *,
    channels: Channels,
    most: int,
    trusted: Sequence[str],
) -> Asked:
    """
    Return what is asked for by the names of at `most` so many channels.

    :raises Refused: nothing that we have
    """
    if head.method not in {"GET", "HEAD"}:
        raise Refused(405, "A stream is only read.", ("allow", "GET, HEAD"))
    addresses = names.split(",")
    if len(addresses) > most:
        raise Refused(400, f"One stream has {most} channels at most.")
    found = [channels.find(address) for address in addresses]
    if None in found:
        raise Refused(404, "There is no such channel.")
    forwarded = head.headers.get("x-forwarded-for") or ""
    return Asked(
        channels=tuple(dict.fromkeys(one for one in found if one)),
        last=_last(head),
        address=client_address(head.peer, forwarded, trusted=trusted),
    )


def _last(head: Head) -> int | None:
    """
    Return the last id that the client has seen, if it says.

    :raises Refused: it says what no id is
    """
    said = head.headers.get("last-event-id")
    if said is None:
        query = head.query_string
        if len(query) > _LONGEST_QUERY:
            raise Refused(400, "The address is too long.")
        said = parse_qs(query).get("last", [None])[0]
    if said is None:
        return None
    if not _LAST.fullmatch(said):
        raise Refused(400, "The last id is a number.")
    return int(said)
