"""From a page to the answer that one request gets: its coding, 304, HEAD."""

import gzip
import re
from dataclasses import dataclass, replace

from dateline.pagestore.adapters.marks import FIELDS, not_kept
from dateline.pagestore.vocabulary import Coding, Page

_OK = 200
_NOT_MODIFIED = 304
_ETAG = re.compile(r'(?:W/)?"([^"]*)"')
_REFUSED = re.compile(r"q\s*=\s*0(\.0*)?\s*$")
LONGEST_HEADER = 1_000
# RFC 9110, 15.4.5: what a 304 says again. The rest the reader has already. A cache in
# front learns by it what the page is made from now, though its bytes are the same.
_SAID_AGAIN = FIELDS | {"cache-control", "content-location", "date", "expires", "vary"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes to the reader; header names are lower-case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def answer(
    page: Page,
    *,
    method: str,
    if_none_match: str = "",
    accept_encoding: str = "",
    is_fresh: bool = True,
) -> Answer:
    """
    Return a page in a coding that the reader takes, or that the reader has it.

    A strong ETag names these very bytes (RFC 9110, 8.8.3), so that each coding has
    its own; a reader who has any coding that suits is told so. A page that is not
    fresh is for this reader alone: a cache in front, which was told of the purge
    before, would keep it as a new one.
    """
    if not is_fresh:
        page = replace(page, headers=tuple(not_kept(page.headers)))
    codings = codings_for(page, accept_encoding)
    known = known_coding(page, codings, if_none_match)
    if known and page.status == _OK:
        said = [pair for pair in headers_of(page, known) if pair[0] in _SAID_AGAIN]
        return Answer(_NOT_MODIFIED, [*said, ("etag", etag_of(page, known))], b"")
    body = body_of(page, codings[0])
    headers = headers_of(page, codings[0])
    headers.append(("content-length", str(len(body))))
    return Answer(page.status, headers, b"" if method == "HEAD" else body)


def codings_for(page: Page, accept_encoding: str) -> list[Coding]:
    """Return the codings of a page that suit the header, dearest first."""
    if page.gzip is None:
        return [Coding.PLAIN]
    accepted = accepted_codings(accept_encoding)
    has = {Coding.BROTLI: page.brotli is not None, Coding.GZIP: True}
    return [*(one for one in has if has[one] and one in accepted), Coding.PLAIN]


def accepted_codings(header: str) -> frozenset[Coding]:
    """Return which compressed codings an Accept-Encoding header takes."""
    wanted: dict[str, bool] = {}
    for part in header[:LONGEST_HEADER].lower().split(","):
        name, _, parameters = part.partition(";")
        wanted[name.strip()] = not _REFUSED.search(parameters)
    rest = wanted.get("*", False)
    both = (Coding.BROTLI, Coding.GZIP)
    return frozenset(one for one in both if wanted.get(one.value, rest))


def known_coding(page: Page, codings: list[Coding], header: str) -> Coding | None:
    """Return the coding that the reader has already, by an If-None-Match header."""
    if not header:
        return None
    if header.strip() == "*":
        return codings[0]
    said = set(_ETAG.findall(header[:LONGEST_HEADER]))
    return next((one for one in codings if etag_of(page, one)[1:-1] in said), None)


def etag_of(page: Page, coding: Coding) -> str:
    if coding is Coding.PLAIN:
        return f'"{page.etag}"'
    return f'"{page.etag}-{"gzip" if coding is Coding.GZIP else "br"}"'


def body_of(page: Page, coding: Coding) -> bytes:
    """Return a form of the page; the plain one is unpacked where it is not kept."""
    if coding is Coding.BROTLI and page.brotli is not None:
        return page.brotli
    if coding is Coding.GZIP and page.gzip is not None:
        return page.gzip
    if page.plain is not None:
        return page.plain
    return gzip.decompress(page.gzip or b"")


def headers_of(page: Page, coding: Coding) -> list[tuple[str, str]]:
    """Return the page's headers with those of the coding, without its length."""
    headers = list(page.headers)
    if page.gzip is not None:
        headers = _with_vary(headers, "Accept-Encoding")
    if coding is not Coding.PLAIN:
        headers.append(("content-encoding", coding.value))
    if page.status == _OK:
        headers.append(("etag", etag_of(page, coding)))
    return headers


def _with_vary(headers: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    said = [value for key, value in headers if key == "vary"]
    rest = [pair for pair in headers if pair[0] != "vary"]
    return [*rest, ("vary", ", ".join([*said, name]))]
