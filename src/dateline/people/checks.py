"""What an operator should know before the desk is open to the world."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def check_proxy_is_named(**_options: Any) -> list[CheckMessage]:
    """Tell when all visitors would be counted under the proxy's address."""
    is_behind_proxy = bool(settings.SECURE_PROXY_SSL_HEADER)
    if not is_behind_proxy or settings.DATELINE_TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "The paper is served behind a proxy, and trusted_proxies names none.",
            hint="Name its address: otherwise all failed sign-ins come from there, "
            "and twenty of a stranger's make every password wait.",
            id="people.W001",
        )
    ]
