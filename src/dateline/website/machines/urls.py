"""The addresses that machines ask for."""

from django.urls import URLPattern, path

from dateline.website.machines import pictures, views

FEED = "feed.<str:extension>"

urlpatterns: list[URLPattern] = [
    path(
        "pictures/<uuid:uid>/<slug:version>/<int:width>.<str:extension>",
        pictures.rendition,
    ),
    path("pictures/by/<slug:slug>/<slug:version>/<int:width>.webp", pictures.portrait),
    path("pictures/images/<str:name>", pictures.preview),
    path(f"<str:code>/{FEED}", views.list_feed, name="feed"),
    path(f"<str:code>/latest/{FEED}", views.list_feed),
    path(f"<str:code>/corrections/{FEED}", views.corrections_feed),
    path(f"<str:code>/<str:folder>/<slug:slug>/{FEED}", views.list_feed),
]
