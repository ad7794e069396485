"""
The one client that asks other machines for something.

An address from outside must not lead inside: the name is resolved here, every
address it stands for is checked, and the connection goes to the very address that
was checked, so that a second answer of the name server changes nothing. All of it
happens again at each redirect. Size, time and type are limited; a bomb is unpacked
no further than the limit.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from dateline import __version__

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CHUNK = 65_536


class FetchRefusal(Exception):
    """The address was not fetched. The message says why and what to do."""

    code = "unreachable"
    message = "The address could not be fetched."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.message} {detail}".strip())


class AddressMalformed(FetchRefusal):
    code = "address-malformed"
    message = "This is not an address of the web. It begins with http:// or https://."


class AddressInsideNetwork(FetchRefusal):
    code = "address-inside-network"
    message = (
        "The address leads inside a network, where nothing is fetched from. If it is "
        "the newsroom's own, an operator can allow it (allowed_networks)."
    )


class NameUnknown(FetchRefusal):
    code = "name-unknown"
    message = "No machine has this name. Check the address."


class TooManyRedirects(FetchRefusal):
    code = "too-many-redirects"
    message = "The address leads on and on. Open it in a browser and take the last one."


class AnswerUnreachable(FetchRefusal):
    code = "unreachable"
    message = "The machine at the address gave no answer. Try again later."


class AnswerRefused(FetchRefusal):
    code = "answer-refused"
    message = "The machine at the address did not give the page."


class AnswerTooSlow(FetchRefusal):
    code = "too-slow"
    message = "The answer did not end in time. Save the page and send the file."


class AnswerTooLarge(FetchRefusal):
    code = "too-large"
    message = "The answer is larger than what may be fetched."


class AnswerUnpacksTooLarge(FetchRefusal):
    code = "unpacks-too-large"
    message = "The answer is small but unpacks to more than what may be fetched."


class AnswerDamaged(FetchRefusal):
    code = "damaged"
    message = "The answer says that it is compressed, but cannot be unpacked."


class AnswerTypeUnsupported(FetchRefusal):
    code = "type-unsupported"
    message = "The answer is of a type that is not taken here."


@dataclass(frozen=True, slots=True)
class FetchLimits:
    answer_bytes: int = 5_000_000
    #: From the first look-up of a name to the last byte, redirects included.
    seconds: float = 20.0
    #: The longest silence.
    silence_seconds: float = 8.0
    redirects: int = 5


DEFAULT_LIMITS = FetchLimits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, unpacked, and where it came from in the end."""

    address: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


def fetch(
    address: str,
    *,
    allowed_networks: Iterable[str] = (),
    content_types: tuple[str, ...] = (),
    limits: FetchLimits = DEFAULT_LIMITS,
) -> Fetched:
    """
    Return what the address answers.

    ``content_types`` are beginnings (``text/``, ``image/png``); none means any. An
    answer without a type is passed on: its reader has to look at it.

    :raises FetchRefusal: it was not fetched; the class says why
    """
    client = open_client(allowed_networks=allowed_networks, limits=limits)
    client.follow_redirects = True
    client.headers["accept"] = (
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
    )
    with client:
        return _fetch(client, _checked(address), content_types, limits)


def open_client(
    *, allowed_networks: Iterable[str], limits: FetchLimits = DEFAULT_LIMITS
) -> httpx.Client:
    """
    Return a client that connects only outside, or into the networks named.

    For calls other than fetching a page. It follows no redirects, and whatever is
    asked of it ends within the seconds of its limits, counted from now. Those of the
    answer's size are the caller's to keep.
    """
    network = _CheckedNetwork(allowed_networks, time.monotonic() + limits.seconds)
    return httpx.Client(
        transport=_Transport(network),
        max_redirects=limits.redirects,
        timeout=limits.silence_seconds,
        trust_env=False,  # a proxy would connect for us, to an address not checked
        headers={
            "user-agent": f"Dateline/{__version__}",
            "accept-encoding": "gzip, deflate",
        },
    )


def _checked(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise AddressMalformed from None
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise AddressMalformed
    return url


def _fetch(
    client: httpx.Client, url: httpx.URL, types: tuple[str, ...], limits: FetchLimits
) -> Fetched:
    try:
        with client.stream("GET", url) as response:
            _refuse_answer(response, types, limits)
            content = b"".join(_unpacked(response, limits.answer_bytes))
            return Fetched(str(response.url), content, dict(response.headers.items()))
    except (httpx.TooManyRedirects, RecursionError):
        raise TooManyRedirects from None
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError):
        raise AddressMalformed from None
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise AnswerTooSlow from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError):
        raise AnswerUnreachable from None


def _refuse_answer(
    response: httpx.Response, types: tuple[str, ...], limits: FetchLimits
) -> None:
    if response.status_code != httpx.codes.OK:
        raise AnswerRefused(f"It answered {response.status_code}.")
    told = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if told and types and not told.startswith(types):
        raise AnswerTypeUnsupported(f"It is {told[:80]}.")
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.answer_bytes:
        raise AnswerTooLarge


def _unpacked(response: httpx.Response, limit: int) -> Iterator[bytes]:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    raw = _limited(response.iter_raw(_CHUNK), limit)
    if encoding in {"", "identity"}:
        return raw
    if encoding not in _WINDOWS:
        raise AnswerDamaged(
            f"It is packed as {encoding[:40]}, which was not asked for."
        )
    return unpack(raw, encoding, limit)


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise AnswerTooLarge
        yield chunk


_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def unpack(chunks: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    """
    Yield the chunks unpacked, and never hold more than the limit.

    :raises AnswerUnpacksTooLarge: they unpack to more than the limit
    :raises AnswerDamaged: they cannot be unpacked
    """
    unpacker = zlib.decompressobj(_WINDOWS[encoding])
    size = 0
    for chunk in chunks:
        rest = chunk
        while rest and not unpacker.eof:
            try:
                plain = unpacker.decompress(rest, limit - size + 1)
            except zlib.error:
                raise AnswerDamaged from None
            size += len(plain)
            if size > limit:
                raise AnswerUnpacksTooLarge
            yield plain
            rest = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise AnswerDamaged("It breaks off.")


# The connection


class _Transport(httpx.BaseTransport):
    """What carries httpx's requests over the checked network."""

    def __init__(self, network: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(), network_backend=network, http2=False, retries=0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = _checked(str(request.url))
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme,
                    host=url.raw_host,
                    port=url.port,
                    target=url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer)
        )

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _CheckedNetwork(httpcore.NetworkBackend):
    """Connections to addresses outside, or allowed, until a deadline."""

    def __init__(self, allowed: Iterable[str], deadline: float) -> None:
        self._allowed = [ipaddress.ip_network(network) for network in allowed]
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        unreached = httpcore.ConnectError()
        for address in addresses_outside(host, port, self._allowed):
            left = _left(timeout, self._deadline)
            try:
                stream = self._sockets.connect_tcp(
                    str(address), port, left, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                unreached = error
                continue
            return _TimedStream(stream, self._deadline)
        raise unreached


class _TimedStream(httpcore.NetworkStream):
    """A connection on which the whole must end by the deadline, however it drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, self._deadline)
        secured = self._stream.start_tls(ssl_context, server_hostname, left)
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left if timeout is None else min(timeout, left)


def addresses_outside(
    host: str, port: int, allowed: Iterable[IpNetwork]
) -> list[IpAddress]:
    """
    Return the addresses of the name.

    :raises NameUnknown: it has none
    :raises AddressInsideNetwork: one of them is not on the open net, nor allowed
    """
    networks = list(allowed)
    addresses = _resolved(host, port)
    for address in addresses:
        if not _is_outside(address) and not _is_allowed(address, networks):
            raise AddressInsideNetwork
    return addresses


def _resolved(host: str, port: int) -> list[IpAddress]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NameUnknown from None
    # An IPv6 address may carry a zone (fe80::1%eth0): that is inside, whatever it is.
    addresses = [
        ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found
    ]
    if not addresses:
        raise NameUnknown
    return list(dict.fromkeys(addresses))


def _is_allowed(address: IpAddress, networks: list[IpNetwork]) -> bool:
    return any(inner in network for inner in _meant(address) for network in networks)


def _is_outside(address: IpAddress) -> bool:
    return all(
        inner.is_global and not inner.is_multicast and not inner.is_reserved
        for inner in _meant(address)
    )


def _meant(address: IpAddress) -> list[IpAddress]:
    """Return the address, or the IPv4 addresses that it wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [ipaddress.IPv4Address(address.packed[-4:])]
    if address.sixtofour:
        return [address, address.sixtofour]
    if address.teredo:
        return [address, *address.teredo]
    return [address]
