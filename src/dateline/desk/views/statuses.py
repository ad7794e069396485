"""An editor calls a statement more or less known than the rules do."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import View

from dateline.articles.models import Article
from dateline.articles.vocabulary import Status
from dateline.publishing.actions import set_status
from dateline.publishing.statuses import StatusRefused
from dateline.sources.models import Source

LONGEST_NUMBER = 12
LONGEST_HANDLE = 64


class StatusView(View):
    """A POST calls one statement so, and leads back to it."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("articles.change_article"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: Any, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        lock = article.get_lock()
        told = request.POST.get("status", "")
        if lock is not None and lock.for_user(request.user):
            messages.error(request, "Someone else holds this article.")
        elif told and told not in Status.values:
            messages.error(request, "Choose how well it is known.")
        else:
            _set(request, article, Status(told) if told else None)
        page = reverse("desk:statements", args=(article.pk,))
        return redirect(f"{page}#statement-{_anchor(request)}")


def _set(request: Any, article: Article, status: Status | None) -> None:
    try:
        set_status(
            article,
            request.POST.get("handle", "")[:LONGEST_HANDLE],
            status=status,
            by=request.user,
            reason=request.POST.get("reason", ""),
            second=_second(request),
        )
    except StatusRefused as refusal:
        messages.error(request, str(refusal))


def _second(request: HttpRequest) -> Source | None:
    told = request.POST.get("second", "")
    if not told.isdecimal() or len(told) > LONGEST_NUMBER:
        return None
    return get_object_or_404(Source, pk=int(told))


def _anchor(request: HttpRequest) -> str:
    told = request.POST.get("statement", "")[:LONGEST_NUMBER]
    return told if told.isalnum() else ""
