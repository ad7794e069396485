"""Django's side of the page store: what is rendered is kept, and rendered once."""

import contextlib
import gzip
import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import has_vary_header

from dateline.pagestore.answers import answer
from dateline.pagestore.flights import flight
from dateline.pagestore.opened import page_store
from dateline.pagestore.rows import LARGEST_PAGE
from dateline.pagestore.store import Store
from dateline.pagestore.tags import recording
from dateline.pagestore.vocabulary import Found, Outcome, Page

log = logging.getLogger(__name__)

KEPT_STATUSES = frozenset({200, 301, 302, 308, 404, 410})
SMALLEST_COMPRESSED = 500
MOST_RENDERS = 3
_COMPRESSIBLE = re.compile(r"text/|image/svg|application/([a-z.]+\+)?(json|xml)")
_PERSONAL = re.compile(r"\b(private|no-store)\b")
# What a request says about this reader alone. The page is rendered without it.
_OF_ONE_READER = (
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_COOKIE",
)
_WRITTEN_ANEW = frozenset({"content-length", "etag", "last-modified"})
Answering = Callable[[HttpRequest], HttpResponseBase]


class KeepPages:
    """
    Middleware, the outermost: answers with a kept page, or keeps what is rendered.

    Responses to addresses that `DATELINE_PAGE_KEYS` never keeps pass untouched, and
    so do those that are for one reader (a cookie, `private`, `no-store`).
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key_of(request)
        if key is None:
            return self.get_response(request)
        with _for_anybody(request) as asked:
            made = self._make(request, key)
        return made if isinstance(made, HttpResponseBase) else _answer(made, asked)

    def _make(self, request: HttpRequest, key: str) -> "Made | HttpResponseBase":
        store = page_store()
        if store is None:
            return self._render(request)
        if found := _fresh(store.find(key)):
            return Made(found.page)
        with flight(store.folder, key) as waited:
            if waited and (found := _fresh(store.find(key))):
                return Made(found.page)
            return self._render_and_keep(request, key, store)

    def _render_and_keep(
        self, request: HttpRequest, key: str, store: Store
    ) -> "Made | HttpResponseBase":
        for _ in range(MOST_RENDERS):
            begun = store.begin()
            made = self._render(request)
            if not isinstance(made, Made):
                return made
            store.note_render()
            outcome = store.keep(key, made.page, made.tags, begun=begun)
            if outcome is not Outcome.WITHDRAWN:
                made.is_fresh = outcome is Outcome.KEPT
                return made
        log.error("page withdrawn again and again while it rendered")
        return HttpResponse(status=503, headers={"Retry-After": "1"})

    def _render(self, request: HttpRequest) -> "Made | HttpResponseBase":
        with recording() as tags:
            response = self.get_response(request)
        body = _body_of(response)
        if body is None:
            return response
        return Made(_page_of(response, body), frozenset(tags))


class Made:
    """A page with the tags of what it read; none where it comes from the store."""

    def __init__(self, page: Page, tags: frozenset[str] = frozenset()) -> None:
        self.page = page
        self.tags = tags
        self.is_fresh = True


def _key_of(request: HttpRequest) -> str | None:
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        # Answered with the way to the page that is kept.
        return None
    try:
        request.get_host()
    except DisallowedHost:
        # Refused where every request for another host is.
        return None
    languages = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    key: str | None = settings.DATELINE_PAGE_KEYS.key_of(
        request.method or "", request.path_info, languages
    )
    return key


@contextlib.contextmanager
def _for_anybody(request: HttpRequest) -> Iterator[dict[str, str]]:
    """Take from a request what no page may depend on; yield what an answer needs."""
    asked = {name: request.META.pop(name, "") for name in _OF_ONE_READER}
    asked["method"] = request.method or "GET"
    request.META["QUERY_STRING"] = ""
    request.META["REQUEST_METHOD"] = request.method = "GET"
    keys = settings.DATELINE_PAGE_KEYS
    if request.path_info in keys.by_language:
        languages = keys.languages(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        request.META["HTTP_ACCEPT_LANGUAGE"] = languages
    else:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
    yield asked
    request.META["REQUEST_METHOD"] = request.method = asked["method"]


def _fresh(found: Found | None) -> Found | None:
    return found if found and found.purged_at is None else None


def _body_of(response: HttpResponseBase) -> bytes | None:
    """Return what may be kept of a response; None if it may not."""
    if response.status_code not in KEPT_STATUSES or response.cookies:
        return None
    if _PERSONAL.search(response.headers.get("Cache-Control", "")):
        return None
    if has_vary_header(response, "Cookie"):
        return None
    if isinstance(response, HttpResponse):
        return response.content
    length = response.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > LARGEST_PAGE:
        return None
    body = b"".join(response)
    # Closing the response itself would say that the request is over.
    if isinstance(response, FileResponse) and response.file_to_stream:
        response.file_to_stream.close()
    return body


def _page_of(response: HttpResponseBase, body: bytes) -> Page:
    headers = tuple(
        (name.lower(), value)
        for name, value in response.items()
        if name.lower() not in _WRITTEN_ANEW
    )
    stale_at: datetime | None = getattr(response, "page_stale_at", None)
    packed = _is_compressible(response, body)
    return Page(
        status=response.status_code,
        headers=headers,
        etag=hashlib.blake2b(body, digest_size=16).hexdigest(),
        plain=None if packed else body,
        # No secret and nothing that a request says is on a page: nothing to guess
        # from its compressed length (BREACH).
        gzip=gzip.compress(body, compresslevel=6, mtime=0) if packed else None,
        expires_at=stale_at.timestamp() if stale_at else None,
    )


def _is_compressible(response: HttpResponseBase, body: bytes) -> bool:
    return (
        len(body) >= SMALLEST_COMPRESSED
        and not response.has_header("Content-Encoding")
        and bool(_COMPRESSIBLE.match(response.headers.get("Content-Type", "")))
    )


def _answer(made: Made, asked: dict[str, str]) -> HttpResponse:
    found = answer(
        made.page,
        method=asked["method"],
        if_none_match=asked["HTTP_IF_NONE_MATCH"],
        accept_encoding=asked["HTTP_ACCEPT_ENCODING"],
        is_fresh=made.is_fresh,
    )
    response = HttpResponse(found.body, status=found.status)
    del response.headers["Content-Type"]
    for name, value in found.headers:
        response.headers[name.title()] = value
    # For tests, and whoever looks into what a page depends on.
    response.page_tags = made.tags  # type: ignore[attr-defined]  # (ours alone)
    if (stale_at := made.page.expires_at) is not None:
        moment = datetime.fromtimestamp(stale_at, UTC)
        response.page_stale_at = moment  # type: ignore[attr-defined]  # (ours)
    return response
