"""What each act purged, and which caches in front know of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.generic import View

from dateline.articles.models import Article
from dateline.desk.numbers import number_in
from dateline.pagestore.models import CacheInFront, Purge
from dateline.pagestore.telling import try_again
from dateline.publishing.facts import may_use_door

PAGE = 25
SHOWN_ADDRESSES = 5
ACTS = {
    "article.published": "Published",
    "article.updated": "Updated",
    "article.amended": "Amended",
    "article.corrected": "Corrected",
    "article.redacted": "Redacted",
    "article.killed": "Withdrawn",
    "article.scheduled": "Scheduled",
    "article.unscheduled": "Schedule lifted",
}


class Hearing(StrEnum):
    """Whether a cache knows of a purge."""

    TOLD = "told"
    WAITING = "waiting"
    FAILED = "failed"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Cause:
    """What made pages stale, in the desk's words."""

    says: str
    article: Article | None = None


@dataclass(frozen=True)
class CacheShown:
    """A cache that the settings name, and how far it has been told."""

    name: str
    state: CacheInFront
    waiting: int

    @property
    def has_failed(self) -> bool:
        return self.state.failures > 0

    def hearing(self, purge: Purge) -> Hearing:
        number = purge.number
        if self.state.lapsed_from <= number <= self.state.lapsed_to:
            return Hearing.LAPSED
        if number <= self.state.told:
            return Hearing.TOLD
        return Hearing.FAILED if self.has_failed else Hearing.WAITING


@dataclass(frozen=True)
class Shown:
    """One purge as a line of the list."""

    purge: Purge
    cause: Cause
    addresses: Sequence[tuple[str, str]]
    more: int
    caches: Sequence[tuple[CacheShown, Hearing]]


class PurgesView(View):
    """The newest purges. Older ones are reached by the number they come before."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_use_door(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Purge.objects.order_by("-number")
        before = number_in(request.GET.get("before", ""))
        if before is not None:
            rows = rows.filter(number__lt=before)
        found = list(rows[: PAGE + 1])
        caches = caches_shown()
        context = {
            "purges": shown(found[:PAGE], caches),
            "caches": caches,
            "older": found[PAGE - 1].number if len(found) > PAGE else None,
        }
        return TemplateResponse(request, "desk/purges.html", context)

    def post(self, request: Any) -> HttpResponse:
        """Have a cache that failed told now."""
        name = request.POST.get("cache", "")
        if name in map(str, settings.DATELINE_PURGE_CACHES):
            try_again(name)
            messages.success(request, f"{name} is told again now.")
        return redirect("desk:purges")


def caches_shown() -> list[CacheShown]:
    """Return the caches that the settings name, with what waits for each."""
    names = [str(cache) for cache in settings.DATELINE_PURGE_CACHES]
    if not names:
        return []
    states = CacheInFront.objects.in_bulk(names)
    newest = Purge.objects.aggregate(newest=Max("number"))["newest"] or 0
    return [_cache_shown(name, states.get(name), newest) for name in names]


def untold_withdrawals() -> list[tuple[CacheInFront, int]]:
    """Return caches that failed while something withdrawn waits, and how much does."""
    names = [str(cache) for cache in settings.DATELINE_PURGE_CACHES]
    if not names:
        return []
    failed = CacheInFront.objects.filter(name__in=names, failures__gt=0)
    hard = Purge.objects.filter(is_hard=True)
    counts = [(one, hard.filter(number__gt=one.told).count()) for one in failed]
    return [(one, count) for one, count in counts if count]


def _cache_shown(name: str, state: CacheInFront | None, newest: int) -> CacheShown:
    state = state or CacheInFront(name=name)
    # Purges are numbered without a gap.
    return CacheShown(name, state, max(newest - state.told, 0))


def shown(purges: Sequence[Purge], caches: Sequence[CacheShown]) -> list[Shown]:
    """Return purges as the list shows them, read with one question."""
    causes = _causes(purges)
    return [
        Shown(
            purge=purge,
            cause=causes[purge.number],
            addresses=[_address(key) for key in purge.keys[:SHOWN_ADDRESSES]],
            more=max((purge.pages or 0) - len(purge.keys[:SHOWN_ADDRESSES]), 0),
            caches=[(cache, cache.hearing(purge)) for cache in caches],
        )
        for purge in purges
    ]


def _causes(purges: Iterable[Purge]) -> dict[int, Cause]:
    said = {purge.number: purge.cause.rpartition(" ") for purge in purges}
    numbers = {
        int(number)
        for act, _, number in said.values()
        if act in ACTS and number.isdecimal()
    }
    articles = Article.objects.only("headline", "slugline").in_bulk(list(numbers))
    return {key: _cause(parts, articles) for key, parts in said.items()}


def _cause(parts: tuple[str, str, str], articles: dict[int, Article]) -> Cause:
    what, _, which = parts
    if what in ACTS and which.isdecimal():
        return Cause(ACTS[what], articles.get(int(which)))
    try:
        kind = apps.get_model(what)._meta.verbose_name
    except (LookupError, ValueError):
        kind = " ".join(filter(None, (what, which)))
        return Cause(f"{kind[:1].upper()}{kind[1:]}" or "Something changed")
    return Cause(f"{str(kind).capitalize()} changed")


def _address(key: str) -> tuple[str, str]:
    """Return a page's path as people read it, and as browsers ask for it."""
    path = key.partition(" ")[0]
    return path, quote(path, safe="/:@~%")
