"""Every address of the house begins here."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as desk_urls

from dateline.plumbing.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("desk/", include(desk_urls)),
]
