"""
What every reader's page says in its headers, and what it must never say.

A page is the same for everybody: no cookie, no session, one strong ETag a form
(plain and gzip). Until purges reach whoever keeps a copy, every copy is asked for
again at each use (`must-revalidate`): a killed article must not be read from
somebody's cache, and a 304 costs a few hundred bytes.
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import (
    get_conditional_response,
    has_vary_header,
    patch_vary_headers,
)

from dateline.pagestore.tags import recording

log = logging.getLogger(__name__)

OTHERS = ("/desk/", "/static/", "/pictures/", "/files/")
"""Addresses below these are no pages, and say their own headers."""

REVALIDATE = "public, max-age=0, must-revalidate"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "media-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
PERMISSIONS_POLICY = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

LARGEST_SURROGATE_KEY = 16_000
"""Bytes; Fastly and Cloudflare take about as many."""
SMALLEST_COMPRESSED = 500
_COMPRESSIBLE = re.compile(r"text/|image/svg|application/([a-z.]+\+)?(json|xml)")
_REFUSED = re.compile(r"q\s*=\s*0(\.0*)?\s*$")
_SERVER_ERROR = 500


class ReaderPages:
    """Middleware: renders a reader's page, records its tags, finishes its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(OTHERS):
            return self.get_response(request)
        with recording() as tags:
            response = self.get_response(request)
        finished = _finish(request, response, tags)
        # The page store, when it is there, keeps the page under these.
        finished.page_tags = frozenset(tags)  # type: ignore[attr-defined]
        return finished


def _finish(
    request: HttpRequest, response: HttpResponseBase, tags: Iterable[str]
) -> HttpResponseBase:
    for name, value in SECURITY.items():
        response.headers[name] = value
    if not isinstance(response, HttpResponse):
        return response
    if _is_personal(response) or response.status_code >= _SERVER_ERROR:
        response.headers["Cache-Control"] = "private, no-store"
    if "no-store" in response.get("Cache-Control", ""):
        return response
    response.headers.setdefault("Cache-Control", REVALIDATE)
    _name_tags(response, tags)
    return _in_the_form_asked_for(request, response)


def _is_personal(response: HttpResponse) -> bool:
    """
    Tell whether the page depends on who reads it, and take its cookies away.

    None should: this keeps one that does by mistake from reaching other readers.
    """
    if not response.cookies and not has_vary_header(response, "Cookie"):
        return False
    log.error("A reader's page read the session or set a cookie; it was not kept.")
    response.cookies.clear()
    return True


def _name_tags(response: HttpResponse, tags: Iterable[str]) -> None:
    """Tell a cache in front what to purge the page by, if the operator has one."""
    if not settings.DATELINE_SURROGATE_KEYS:
        return
    keys = " ".join(quote(tag, safe=":/.-_") for tag in sorted(tags))
    if len(keys) <= LARGEST_SURROGATE_KEY:
        response.headers["Surrogate-Key"] = keys
    else:
        # Half of the tags would leave it unpurged by the other half.
        response.headers["Surrogate-Control"] = "no-store"


def _in_the_form_asked_for(
    request: HttpRequest, response: HttpResponse
) -> HttpResponseBase:
    """Return the page plain or gzipped, or that the reader has it already."""
    body = response.content
    etag = hashlib.blake2b(body, digest_size=16).hexdigest()
    gzipped = False
    if _is_compressible(response, body):
        patch_vary_headers(response, ("Accept-Encoding",))
        gzipped = accepts_gzip(request.headers.get("Accept-Encoding", ""))
    # A strong ETag names these very bytes, so each form has its own.
    response.headers["ETag"] = f'"{etag}-gzip"' if gzipped else f'"{etag}"'
    answer = get_conditional_response(
        request, etag=response.headers["ETag"], response=response
    )
    if answer is not None and answer is not response:
        for name, value in SECURITY.items():
            answer.headers[name] = value
        return answer
    if gzipped:
        # No secret and nothing that a request says is on a page: nothing to guess
        # from its compressed length (BREACH).
        response.content = body = gzip.compress(body, compresslevel=6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    if request.method == "HEAD":
        response.content = b""
    return response


def _is_compressible(response: HttpResponse, body: bytes) -> bool:
    return (
        len(body) >= SMALLEST_COMPRESSED
        and not response.has_header("Content-Encoding")
        and bool(_COMPRESSIBLE.match(response.get("Content-Type", "")))
    )


def accepts_gzip(header: str) -> bool:
    """Tell whether an Accept-Encoding header wants gzip."""
    wanted: dict[str, bool] = {}
    for part in header[:1000].lower().split(","):
        name, _, parameters = part.partition(";")
        wanted[name.strip()] = not _REFUSED.search(parameters)
    return wanted.get("gzip", wanted.get("*", False))
