"""Where the newsroom asks it, nothing before a second factor is set up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dateline.people.queries import has_second_factor

View = Callable[..., HttpResponse]
# What somebody needs who has none yet: the page itself asks for icons and words.
FREE = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}


def second_factor_first(view: View) -> View:
    """Lead whoever has no second factor to where one is set up, if it is required."""

    @wraps(view)
    def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_missing(request):
            return view(request, *args, **kwargs)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            raise PermissionDenied
        return redirect("desk_sign_in:signing_in")

    return led


def _is_missing(request: HttpRequest) -> bool:
    if not settings.DATELINE_REQUIRE_SECOND_FACTOR:
        return False
    if not request.user.is_authenticated:
        return False
    match = request.resolver_match
    if match is not None and match.url_name in FREE:
        return False
    return not has_second_factor(request.user)
