"""Where signing in hangs itself into Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from dateline.people.models import User

LOGGED = {
    "add_app": ("Add an authenticator app", "Added an authenticator app"),
    "add_passkey": ("Add a passkey", "Added a passkey"),
    "remove_app": ("Remove the authenticator app", "Removed the authenticator app"),
    "remove_passkey": ("Remove a passkey", "Removed a passkey"),
    "renew_codes": ("Make new recovery codes", "Made new recovery codes"),
    "remove_all": ("Remove all second factors", "Removed all second factors"),
}


def register() -> None:
    """Name the acts in Wagtail's log, and lead to the pages from where one looks."""
    hooks.register("register_log_actions", _name_acts)
    hooks.register("register_account_menu_item", _own_item)
    hooks.register("register_user_listing_buttons", _buttons)


def _name_acts(actions: Any) -> None:
    for name, (label, message) in LOGGED.items():
        actions.register_action(f"dateline.sign_in.{name}", label, message)


def _own_item(request: HttpRequest) -> dict[str, str]:
    del request
    return {
        "url": reverse("desk_sign_in:signing_in"),
        "label": "Signing in",
        "help_text": "Passkeys, authenticator app, recovery codes.",
    }


def _buttons(user: User, request_user: User) -> Iterator[Button]:
    if request_user.is_superuser:
        yield Button(
            "Signing in",
            url=reverse("desk_sign_in:factors_of", args=(user.pk,)),
            icon_name="key",
            priority=25,
        )
