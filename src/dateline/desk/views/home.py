"""The desk's first screen: what needs me first, and a newsroom's first steps."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import View

from dateline.articles.models import Article, Section
from dateline.desk import queries
from dateline.desk.views.purges import untold_withdrawals
from dateline.editions.models import Edition, Newsroom, Translation
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.facts import may_use_door
from dateline.publishing.models import Schedule
from dateline.sources.models import WireItem
from dateline.sources.vocabulary import PubStatus

SHOWN = 12
REMEMBERED = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One of the first things that a newsroom does."""

    label: str
    url: str
    is_done: bool


class HomeView(View):
    def get(self, request: Any) -> HttpResponse:
        context = {
            "newsroom": Newsroom.load(),
            "steps": first_steps(request.user),
            "waiting": _with_standing(queries.waiting_for(request.user)[:SHOWN]),
            "notices": notices(),
            "refused": refused_schedules(),
            "scheduled": scheduled(),
            "broken": broken_schedules(),
            "stale": stale_translations(),
            "untold": untold_withdrawals() if may_use_door(request.user) else [],
            "own": own_drafts(request.user),
        }
        return TemplateResponse(request, "desk/home.html", context)


def first_steps(user: User) -> list[Step]:
    """Return the first steps while one is open; an empty list once all are done."""
    if not may_use_door(user):
        return []
    newsroom = Newsroom._meta.get_field("name").default
    named = Newsroom.load().name not in {"", newsroom}
    settings = reverse("wagtailsettings:edit", args=("editions", "newsroom"))
    steps = [
        Step("Name the newsroom", settings, named),
        Step(
            "Open an edition",
            reverse("editions:add"),
            Edition.objects.filter(is_live=True).exists(),
        ),
        Step("Make a section", reverse("sections:add"), Section.objects.exists()),
        Step(
            "Invite someone to the staff",
            reverse("wagtailusers_users:add"),
            User.objects.exclude(pk=user.pk).filter(is_active=True).exists(),
        ),
        Step(
            "Write the first article", reverse("articles:add"), Article.objects.exists()
        ),
    ]
    return [] if all(step.is_done for step in steps) else steps


def _with_standing(ids: list[int]) -> list[Article]:
    rows = queries.listed(ids)
    standings = queries.standings(rows)
    for row in rows:
        row.desk_standing = standings.of(row)
    return rows


def scheduled() -> list[Schedule]:
    """Return what goes out by itself, but for what broke at its minute."""
    pending = Schedule.objects.filter(done_at__isnull=True).select_related("article")
    return list(pending.exclude(_broken()).order_by("due_at")[:SHOWN])


def refused_schedules() -> list[Schedule]:
    """Return what was to go out of late and did not, and still has not."""
    since = clock.now() - REMEMBERED
    rows = Schedule.objects.filter(
        done_at__gte=since, outcome__startswith="refused", article__live=False
    )
    return list(rows.select_related("article").order_by("-done_at")[:SHOWN])


def broken_schedules() -> list[Schedule]:
    """Return what was tried at its minute and broke: it is tried again."""
    pending = Schedule.objects.filter(done_at__isnull=True).select_related("article")
    return list(pending.filter(_broken()).order_by("due_at")[:SHOWN])


def _broken() -> Q:
    return Q(tries__gt=0, due_at__lte=clock.now())


def stale_translations() -> list[Translation]:
    rows = Translation.objects.filter(is_stale=True, article__live=True)
    return list(
        rows.select_related("article", "original").order_by("-stale_since_at")[:SHOWN]
    )


def notices() -> list[WireItem]:
    """Return withdrawn wire items from which something public was drafted."""
    rows = WireItem.objects.exclude(pubstatus=PubStatus.USABLE)
    rows = rows.filter(drafts__live=True).defer("content").distinct()
    return list(rows.prefetch_related("drafts").order_by("-pk")[:SHOWN])


def own_drafts(user: User) -> list[Article]:
    rows = Article.objects.filter(created_by=user, live=False, spiked_at__isnull=True)
    ids = list(rows.order_by("-updated_at", "-id").values_list("pk", flat=True)[:SHOWN])
    return _with_standing(ids)
