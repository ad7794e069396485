"""
What every reader's page says in its headers, and what it must never say.

A page is the same for everybody: no cookie, no session. Whoever keeps a copy asks
again at each use (`must-revalidate`): a killed article must not be read from
somebody's cache, and a 304 costs a few hundred bytes. Only the caches in front that
are told of every purge keep pages for longer.
"""

import logging
from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import has_vary_header

from dateline.pagestore.adapters.marks import fields_for, written
from dateline.pagestore.tags import recorded

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
KEPT_IN_FRONT = frozenset({200, 301, 302, 308, 410})
_SERVER_ERROR = 500


class ReaderPages:
    """Middleware: finishes the headers of a reader's page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path_info.startswith(OTHERS):
            _finish(response)
        return response


def _finish(response: HttpResponseBase) -> None:
    for name, value in SECURITY.items():
        response.headers[name] = value
    if not isinstance(response, HttpResponse):
        return
    if _is_personal(response) or response.status_code >= _SERVER_ERROR:
        response.headers["Cache-Control"] = "private, no-store"
    if "no-store" not in response.get("Cache-Control", ""):
        response.headers.setdefault("Cache-Control", REVALIDATE)
        _tell_caches(response, recorded())


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


def _tell_caches(response: HttpResponse, tags: Collection[str]) -> None:
    """Tell the caches in front what to purge the page by, and how long to keep it."""
    if settings.DATELINE_SURROGATE_KEYS:
        _name_tags(response, tags)
    if response.status_code not in KEPT_IN_FRONT or hasattr(response, "page_stale_at"):
        # Addresses that lead nowhere are without end; and what the clock makes
        # stale would be kept from its first answer on, however old that is by then.
        return
    told = fields_for(
        tags,
        settings.DATELINE_PURGE_CACHES,
        lifetime=settings.DATELINE_PURGE_LIFETIME,
        lifetime_by_address=settings.DATELINE_PURGE_LIFETIME_BY_ADDRESS,
    )
    for name, value in told.items():
        response.headers[name] = value


def _name_tags(response: HttpResponse, tags: Collection[str]) -> None:
    keys = " ".join(sorted(map(written, tags)))
    if len(keys) <= LARGEST_SURROGATE_KEY:
        response.headers["Surrogate-Key"] = keys
    else:
        # Half of the tags would leave it unpurged by the other half.
        response.headers["Surrogate-Control"] = "no-store"
