"""Every address of the house begins here."""

from django.urls import URLPattern, URLResolver, include, path

from dateline.plumbing.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("desk/", include("dateline.desk.urls")),
    path("", include("dateline.website.urls")),
]

handler404 = "dateline.website.urls.missing"
handler500 = "dateline.website.urls.failed"
