from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "dateline.website"
    label = "website"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dateline.website import handlers

        handlers.subscribe_all()
