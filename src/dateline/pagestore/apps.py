from django.apps import AppConfig


class PagestoreConfig(AppConfig):
    name = "dateline.pagestore"
    label = "pagestore"
    default_auto_field = "django.db.models.BigAutoField"
