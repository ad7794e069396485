"""
Pages as WARC 1.1 (ISO 28500:2017): written here, and read from wherever they come.

warcio writes and reads the records; what is decided here is what goes in, and how
much is let in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline import __version__
from dateline.plumbing import clock
from dateline.sources.capturing import Capture, Exchange, Headers
from dateline.sources.refusals import (
    ArchiveUnpacksTooLarge,
    ArchiveUnreadable,
    ArchiveWithoutPage,
)

MEDIA_TYPE = "application/warc"
SPECIFICATION = (
    "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
)
_MOST_RECORDS = 10_000
_MOST_UNPACKED = 200_000_000
_MOST_OF_A_PAGE = 20_000_000
_CHUNK = 65_536
_ANSWERED = "200"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as a web archive holds it; the content packed as it was sent."""

    address: str
    captured_at: str
    status: str
    headers: Headers
    content: bytes

    def header(self, name: str) -> str:
        found = [value for key, value in self.headers if key.lower() == name]
        return found[-1] if found else ""


def write_capture(capture: Capture) -> bytes:
    """Return a capture as a WARC 1.1 file, each record packed by itself."""
    file = BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    writer.write_record(_told_of_us(writer))
    for exchange in capture.exchanges:
        answer = _record(writer, exchange, "response")
        writer.write_request_response_pair(_record(writer, exchange, "request"), answer)
    return file.getvalue()


def _told_of_us(writer: WARCWriter) -> Any:
    record = writer.create_warcinfo_record(
        None,
        {
            "software": f"Dateline/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": SPECIFICATION,
        },
    )
    record.rec_headers.replace_header("WARC-Date", _date(clock.now()))
    return record


def _record(writer: WARCWriter, exchange: Exchange, kind: str) -> Any:
    is_answer = kind == "response"
    body = exchange.body if is_answer else b""
    return writer.create_warc_record(
        exchange.address,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict={"WARC-Date": _date(exchange.asked_at)},
        http_headers=_answer(exchange) if is_answer else _question(exchange),
    )


def _answer(exchange: Exchange) -> StatusAndHeaders:
    line = f"{exchange.status} {exchange.reason}".strip()
    return StatusAndHeaders(line, list(exchange.headers), protocol="HTTP/1.1")


def _question(exchange: Exchange) -> StatusAndHeaders:
    headers = list(exchange.request_headers)
    line = f"{exchange.request_target} HTTP/1.1"
    return StatusAndHeaders(line, headers, protocol="GET", is_http_request=True)


def _date(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


def read_page(file: IO[bytes]) -> ArchivedPage:
    """
    Return the first page in a web archive that was answered with 200.

    :raises KeepRefusal: it is no WARC, holds no such page, or unpacks to too much
    """
    budget = _Budget()
    try:
        for record in _records(file):
            page = _page(record, budget)
            if page is not None:
                return page
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, IndexError):
        raise ArchiveUnreadable from None
    raise ArchiveWithoutPage


def _records(file: IO[bytes]) -> Iterator[Any]:
    for number, record in enumerate(ArchiveIterator(file)):
        if number >= _MOST_RECORDS:
            raise ArchiveUnpacksTooLarge
        yield record


class _Budget:
    """How much may still be unpacked of one archive."""

    def __init__(self) -> None:
        self._left = _MOST_UNPACKED

    def read(self, stream: IO[bytes], *, keep: bool) -> bytes:
        kept = bytearray()
        while chunk := stream.read(_CHUNK):
            self._left -= len(chunk)
            if self._left < 0 or len(kept) > _MOST_OF_A_PAGE:
                raise ArchiveUnpacksTooLarge
            kept += chunk if keep else b""
        return bytes(kept)


def _page(record: Any, budget: _Budget) -> ArchivedPage | None:
    http = record.http_headers
    is_page = (
        record.rec_type == "response"
        and http is not None
        and http.get_statuscode() == _ANSWERED
    )
    # What is passed over is unpacked as well, and counts.
    content = budget.read(record.raw_stream, keep=is_page)
    if not is_page:
        return None
    return ArchivedPage(
        address=str(record.rec_headers.get_header("WARC-Target-URI") or ""),
        captured_at=str(record.rec_headers.get_header("WARC-Date") or ""),
        status=_ANSWERED,
        headers=tuple((str(name), str(value)) for name, value in http.headers),
        content=content,
    )
