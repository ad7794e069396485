"""
Wagtail's inline scripts under a policy that allows none.

Wagtail 8 starts its widgets by small inline scripts that carry no nonce. Rather
than allow inline scripts, the desk sends them as data, and ``desk.js`` starts the
few kinds that it knows. A script that someone smuggled in would not run either way.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

HINT = "dateline_staff"
NOWHERE = "frame-ancestors 'none'"
INLINE = b"<script>"
INERT = b'<script type="text/x-desk-start">'

View = Callable[..., HttpResponse]


def without_inline_scripts(view: View) -> View:
    """Have a view's page carry its inline scripts as data."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
            response.add_post_render_callback(_make_inert)
        elif not response.streaming:
            _make_inert(response)
        return response

    return answered


def _make_inert(response: Any) -> None:
    if response.headers.get("Content-Type", "").startswith("text/html"):
        # In text that people wrote, the angle bracket is always escaped.
        response.content = response.content.replace(INLINE, INERT)


def in_own_frame(view: View) -> View:
    """Let a reader's page that is previewed stand in the desk's own frame."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        policy = response.headers.get("Content-Security-Policy", "")
        if NOWHERE in policy:
            framed = policy.replace(NOWHERE, "frame-ancestors 'self'")
            response.headers["Content-Security-Policy"] = framed
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return answered


def with_hint(view: View) -> View:
    """
    Leave a hint by which a reader's page knows that an edit link is worth asking for.

    The cookie says nothing but that; the desk's own cookie never leaves its path.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        user = getattr(request, "user", None)
        is_staff = bool(user and user.is_authenticated)
        if is_staff and HINT not in request.COOKIES:
            response.set_cookie(
                HINT,
                "1",
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        elif not is_staff and HINT in request.COOKIES:
            response.delete_cookie(HINT, samesite="Lax")
        return response

    return answered
