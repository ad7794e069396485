"""
A page taken whole: what was asked, what was answered, at each redirect.

The answer is kept as it came over the wire, packed or not; only the chunks in which
it may have been sent are joined, and the header that told of them is renamed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpcore
import httpx

from dateline.plumbing import clock
from dateline.plumbing.fetching import (
    AddressMalformed,
    AnswerDamaged,
    AnswerRefused,
    AnswerTooLarge,
    AnswerTooSlow,
    AnswerUnreachable,
    FetchLimits,
    TooManyRedirects,
    open_client,
    unpack,
)

LIMITS = FetchLimits(answer_bytes=20_000_000, seconds=40.0)
PROBE_LIMITS = FetchLimits(seconds=10.0, silence_seconds=6.0)
_REDIRECT_BYTES = 100_000
_CHUNK = 65_536
_PACKINGS = {"gzip", "x-gzip", "deflate"}
_BROWSERS_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer."""

    address: str
    asked_at: datetime
    request_target: str
    request_headers: Headers
    status: int
    headers: Headers
    body: bytes

    @property
    def reason(self) -> str:
        # HTTP/2 has none, and a server's own says nothing more.
        known = self.status in HTTPStatus._value2member_map_
        return HTTPStatus(self.status).phrase if known else ""

    def header(self, name: str) -> str:
        """Return the header's value, the last one if there are several."""
        found = [value for key, value in self.headers if key.lower() == name]
        return found[-1] if found else ""


@dataclass(frozen=True, slots=True)
class Capture:
    """Everything that was exchanged until a page came; the page is the last."""

    exchanges: tuple[Exchange, ...]

    @property
    def page(self) -> Exchange:
        return self.exchanges[-1]


def capture(
    address: str,
    *,
    allowed_networks: Iterable[str] = (),
    limits: FetchLimits = LIMITS,
) -> Capture:
    """
    Return the page at an address with everything that was exchanged for it.

    :raises FetchRefusal: it was not fetched; the class says why
    """
    done: list[Exchange] = []
    client = open_client(allowed_networks=allowed_networks, limits=limits)
    with client, _named_refusals():
        client.headers["accept"] = _BROWSERS_ACCEPT
        next_one: httpx.URL | None = _begun(address)
        while next_one is not None:
            if len(done) > limits.redirects:
                raise TooManyRedirects
            exchange, next_one = _asked(client, next_one, limits)
            done.append(exchange)
    if done[-1].status != HTTPStatus.OK:
        raise AnswerRefused(f"It answered {done[-1].status}.")
    return Capture(tuple(done))


def unpacked(exchange: Exchange, limit: int = LIMITS.answer_bytes) -> bytes:
    """
    Return what the answer holds once its packing is taken off.

    :raises FetchRefusal: it unpacks to more than the limit, or cannot be unpacked
    """
    packing = exchange.header("content-encoding").strip().lower()
    if packing in {"", "identity"}:
        return exchange.body
    if packing not in _PACKINGS:
        raise AnswerDamaged(f"It is packed as {packing[:40]}.")
    return b"".join(unpack([exchange.body], packing, limit))


@dataclass(frozen=True, slots=True)
class Probed:
    """How an address answered; of what it answered nothing was read."""

    status: int
    retry_after: str = ""


def probe(address: str, *, allowed_networks: Iterable[str] = ()) -> Probed:
    """
    Ask whether an address answers, and hang up before the page comes.

    :raises FetchRefusal: it was not asked, or did not answer
    """
    limits = PROBE_LIMITS
    client = open_client(allowed_networks=allowed_networks, limits=limits)
    with client, _named_refusals():
        client.headers["accept"] = _BROWSERS_ACCEPT
        url = _begun(address)
        for _ in range(limits.redirects + 1):
            # GET: too many servers answer HEAD with something else than the page.
            with client.stream("GET", url) as answer:
                if answer.next_request is None:
                    after = answer.headers.get("retry-after", "")
                    return Probed(answer.status_code, after)
                url = answer.next_request.url
    raise TooManyRedirects


def _begun(address: str) -> httpx.URL:
    try:
        return httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise AddressMalformed from None


def _asked(
    client: httpx.Client, url: httpx.URL, limits: FetchLimits
) -> tuple[Exchange, httpx.URL | None]:
    asked_at = clock.now()
    with client.stream("GET", url) as answer:
        onward = answer.next_request
        limit = limits.answer_bytes if onward is None else _REDIRECT_BYTES
        exchange = Exchange(
            address=str(answer.request.url),
            asked_at=asked_at,
            request_target=answer.request.url.raw_path.decode("ascii"),
            request_headers=_headers(answer.request.headers),
            status=answer.status_code,
            headers=_joined_chunks(_headers(answer.headers)),
            body=b"".join(_limited(answer.iter_raw(_CHUNK), limit)),
        )
    return exchange, onward.url if onward else None


def _headers(headers: httpx.Headers) -> Headers:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw
    )


def _joined_chunks(headers: Headers) -> Headers:
    return tuple(
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, v)
        for name, v in headers
    )


def _limited(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise AnswerTooLarge(f"At most {limit // 1_000_000 or 1} MB are kept.")
        yield chunk


@contextmanager
def _named_refusals() -> Iterator[None]:
    try:
        yield
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError):
        raise AddressMalformed from None
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise AnswerTooSlow from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError):
        raise AnswerUnreachable from None
