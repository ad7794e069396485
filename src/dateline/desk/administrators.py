"""
Accounts of administrators are administrators' to make and to change.

Wagtail lets whoever may change accounts also set an administrator's password and
make anybody an administrator; an editor would be one by two clicks.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from dateline.people.models import User


def register() -> None:
    """Refuse it on each of Wagtail's ways."""
    hooks.register("before_create_user", _guard)
    hooks.register("before_edit_user", _guard)
    hooks.register("before_bulk_action", _guard_bulk)


def _guard(request: HttpRequest, *users: User) -> None:
    if getattr(request.user, "is_superuser", False):
        return
    makes_one = bool(request.POST.get("is_superuser"))
    if makes_one or any(user.is_superuser for user in users):
        raise PermissionDenied


def _guard_bulk(
    request: HttpRequest, _action_type: str, objects: Iterable[Any], _action: Any
) -> None:
    _guard(request, *(one for one in objects if isinstance(one, User)))
