"""Requests to a cache: one connection, one deadline for all of them, no redirects."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from dateline.pagestore.adapters.vocabulary import (
    CacheBusy,
    CacheRefused,
    CacheTooSlow,
    CacheUnreachable,
    SecretRefused,
)
from dateline.plumbing.fetching import FetchLimits, FetchRefusal, open_client

_ANYWHERE = ("0.0.0.0/0", "::/0")
"""The operator named the cache, and most stand inside the operator's network."""
_LARGEST_REPLY = 65_536
_LONGEST_SAID = 200
_LONGEST_WAIT = 600.0
_TOO_MANY = 429
_BUSY = {_TOO_MANY, 503}
_UNAUTHORIZED = {401, 403}
_TOKEN_FIELDS = ("authorization", "fastly-key")


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        """The JSON object of the reply; an empty one if it has none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Line:
    """An open line to one cache."""

    def __init__(self, client: httpx.Client, origin: str) -> None:
        self._client = client
        self._origin = origin

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        done: frozenset[int] = frozenset({200}),
    ) -> Reply:
        """
        Return the reply, if its status is one of `done`.

        :raises CacheNotTold: no reply in time, or another status
        """
        url = f"{self._origin}{path}"
        # A packed reply could unpack to anything.
        fields = {"Accept-Encoding": "identity", **(headers or {})}
        with self._client.stream(
            method, url, headers=fields, content=content
        ) as response:
            body = _first_bytes(response)
            if response.status_code not in done:
                _refuse(response, body)
            return Reply(response.status_code, body)


@contextlib.contextmanager
def line(origin: str, *, seconds: float) -> Iterator[Line]:
    """
    Open a line to a cache; all that is sent on it ends within `seconds`.

    :raises CacheNotTold: inside the block too, for whatever the network does
    """
    limits = FetchLimits(
        answer_bytes=_LARGEST_REPLY, seconds=seconds, silence_seconds=seconds
    )
    try:
        with open_client(allowed_networks=_ANYWHERE, limits=limits) as client:
            yield Line(client, origin)
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise CacheTooSlow(f"It had {seconds:g} s.") from None
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpx.HTTPError,
        FetchRefusal,
        OSError,
    ) as error:
        raise CacheUnreachable(_shortened(type(error).__name__)) from None


def _first_bytes(response: httpx.Response) -> bytes:
    body = b""
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > _LARGEST_REPLY:
            break
    return body[:_LARGEST_REPLY]


def _refuse(response: httpx.Response, body: bytes) -> None:
    status = response.status_code
    said = _shortened(body.decode("utf-8", "replace")) if status >= 400 else ""  # noqa: PLR2004  (RFC 9110: errors begin at 400)
    detail = f"It answered {status}. {said}".strip()
    if status in _BUSY:
        raise CacheBusy(detail, wait_seconds=_asked_to_wait(response))
    sent = response.request.headers
    if status in _UNAUTHORIZED and any(field in sent for field in _TOKEN_FIELDS):
        raise SecretRefused(detail)
    raise CacheRefused(detail)


def _asked_to_wait(response: httpx.Response) -> float:
    said = response.headers.get("retry-after", "")
    return min(float(said), _LONGEST_WAIT) if said.isdecimal() else 0.0


def _shortened(said: str) -> str:
    """Return what a cache said in one short line: it goes to the log and the desk."""
    line = "".join(c if c.isprintable() else " " for c in said[: 2 * _LONGEST_SAID])
    return " ".join(line.split())[:_LONGEST_SAID]
