from django.apps import AppConfig
from django.core.checks import Tags, register


class PeopleConfig(AppConfig):
    name = "dateline.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.people.checks import check_proxy_is_named

        register(check_proxy_is_named, Tags.security, deploy=True)
