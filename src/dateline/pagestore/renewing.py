"""Render a page before anybody asks: for those who are about to be sent to it."""

from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from dateline.pagestore.opened import page_store


def renew(path: str) -> None:
    """
    Have the page at a path rendered and kept, if what is kept there is stale.

    Until somebody does, who asks for a page that an act made stale may get the old one
    while the new one renders. Where none is kept, the first who asks waits for it.
    """
    store = page_store()
    found = store.find(path) if store else None
    if found is not None and found.purged_at is not None:
        _handler().get_response(WSGIRequest(_environ(path)))


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _environ(path: str) -> dict[str, Any]:
    """Return a plain request for a path of the paper's own address."""
    site = urlsplit(settings.DATELINE_SITE_URL)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        # As the gateway's rule has it: bytes, written as if they were Latin-1.
        "PATH_INFO": path.encode().decode("latin-1"),
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or {"https": 443}.get(site.scheme, 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc or "localhost",
        "wsgi.url_scheme": site.scheme or "http",
        "wsgi.input": BytesIO(),
    }
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = value
    return environ
