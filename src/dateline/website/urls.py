"""The addresses of the reader's pages. docs/adr tells why they look as they do."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path

from dateline.website.machines.lists import FOLDERS
from dateline.website.pages import Trouble
from dateline.website.views import articles, fronts, lists, ninjs, sources
from dateline.website.views.rendering import trouble

EDITION = r"^(?P<code>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)/"
DAY = rf"{EDITION}(?P<year>\d{{4}})/(?P<month>\d{{2}})/(?P<day>\d{{2}})/"
ARTICLE = rf"{DAY}(?P<slug>[a-z0-9-]{{1,90}})/"
LIST = rf"{EDITION}(?P<folder>{'|'.join(FOLDERS)})/(?P<slug>[a-z0-9-]{{1,80}})/"
SOURCE = rf"{EDITION}sources/(?P<key>[1-9]\d{{0,17}}|unnamed)/"
BEFORE = r"before/(?P<before>[0-9T.-]{1,60})/$"
PLAINLY_FAILED = (
    "This page could not be made just now. The fault is ours; please try again.\n"
)
NUMBER = r"[1-9]\d{0,5}"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", fronts.door, name="door"),
    path("", include("dateline.website.machines.urls")),
    re_path(rf"{EDITION}$", fronts.front, name="front"),
    re_path(rf"{ARTICLE}$", articles.article, name="article"),
    re_path(rf"{ARTICLE}ninjs\.json$", ninjs.article, name="ninjs"),
    re_path(rf"{ARTICLE}versions/$", articles.versions, name="versions"),
    re_path(
        rf"{ARTICLE}versions/(?P<number>{NUMBER})/$", articles.version, name="version"
    ),
    re_path(
        rf"{ARTICLE}versions/(?P<first>{NUMBER})-(?P<second>{NUMBER})/$",
        articles.compared,
        name="differences",
    ),
    re_path(rf"{DAY}$", lists.archive, name="day"),
    re_path(rf"{EDITION}latest/$", lists.latest, name="latest"),
    re_path(rf"{EDITION}latest/{BEFORE}", lists.latest),
    re_path(rf"{EDITION}corrections/$", lists.corrections, name="corrections"),
    re_path(rf"{EDITION}corrections/{BEFORE}", lists.corrections),
    re_path(rf"{SOURCE}$", sources.source, name="source"),
    re_path(rf"{SOURCE}{BEFORE}", sources.source),
    re_path(rf"{LIST}$", lists.listing, name="list"),
    re_path(rf"{LIST}{BEFORE}", lists.listing),
    re_path(
        rf"{EDITION}(?P<purpose>[a-z-]{{3,20}})/$", articles.standing, name="standing"
    ),
]


def missing(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer an address that leads nowhere."""
    code = request.path_info.lstrip("/").partition("/")[0]
    return trouble(request, Trouble.MISSING, status=404, code=code)


def failed(request: HttpRequest) -> HttpResponseBase:
    """Answer when the page could not be made."""
    try:
        return trouble(request, Trouble.FAILED, status=500)
    except Exception:  # noqa: BLE001  (whatever broke the page may break this one too)
        return HttpResponse(PLAINLY_FAILED, "text/plain; charset=utf-8", status=500)
