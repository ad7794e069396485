"""The addresses that machines ask for."""

from django.urls import URLPattern, path, re_path

from dateline.website.machines import files, pictures, views

FEED = "feed.<str:extension>"
DAY = r"(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})"
PART = r"(?:-(?P<part>[2-9]|[1-9]\d{1,4}))?"

urlpatterns: list[URLPattern] = [
    path(
        "pictures/<uuid:uid>/<slug:version>/<int:width>.<str:extension>",
        pictures.rendition,
    ),
    path("pictures/by/<slug:slug>/<slug:version>/<int:width>.webp", pictures.portrait),
    path("pictures/images/<str:name>", pictures.preview),
    path("files/<slug:digest>/<str:name>", files.file),
    path(f"<str:code>/{FEED}", views.list_feed, name="feed"),
    path(f"<str:code>/latest/{FEED}", views.list_feed),
    path(f"<str:code>/corrections/{FEED}", views.corrections_feed),
    path(f"<str:code>/<str:folder>/<slug:slug>/{FEED}", views.list_feed),
    path("sitemap.xml", views.sitemap_index),
    path("sitemaps/standing.xml", views.standing_sitemap),
    path("sitemaps/news/<str:code>.xml", views.news_sitemap),
    re_path(rf"^sitemaps/{DAY}{PART}\.xml$", views.sitemap_of_day),
    path("robots.txt", views.robots_txt),
    path(".well-known/security.txt", views.security),
    path("trust.txt", views.trust),
    path(".well-known/trust.txt", views.trust),
    path("log/head.json", views.head_of_log),
    path("log/key.pem", views.key_of_log),
]
