from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    name = "dateline.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.publishing import handlers

        handlers.subscribe_all()
        post_migrate.connect(_install_guards, sender=self)


def _install_guards(*, using: str, plan: Any = (), **_: Any) -> None:
    """SQLite forgets a table's triggers when a migration rebuilds the table."""
    from django.db import connections

    from dateline.publishing import guards

    if any(step.app_label in {"articles", "publishing"} for step, _back in plan):
        guards.install(connections[using])
