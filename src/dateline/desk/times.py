"""In whose time the desk reads and writes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.users.models import UserProfile

from dateline.editions.queries import timezone
from dateline.plumbing.prepared import Prepared

View = Callable[..., HttpResponse]
_PROFILE = Prepared(lambda *, user: UserProfile.objects.filter(user_id=user))


def in_newsroom_time(view: View) -> View:
    """Have the newsroom's zone be everybody's who has chosen none of their own."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            _lend_zone(user)
        return view(request, *args, **kwargs)

    return answered


def _lend_zone(user: Any) -> None:
    """Lend it for this request alone: nothing of it is saved."""
    profile = _PROFILE.first(user=user.pk) or UserProfile(user=user)
    profile.current_time_zone = profile.current_time_zone or timezone().key
    user.wagtail_userprofile = profile
