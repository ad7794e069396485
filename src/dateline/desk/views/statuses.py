"""An editor calls a statement more or less known than the rules do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from dateline.articles.models import Article
from dateline.articles.vocabulary import Status
from dateline.desk.numbers import number_in
from dateline.desk.views.of_articles import OfAnArticle
from dateline.publishing.actions import set_status
from dateline.publishing.statuses import StatusRefused
from dateline.sources.models import Source

LONGEST_HANDLE, LONGEST_ID = 64, 12


class StatusView(OfAnArticle):
    """A POST calls one statement so, and leads back to it."""

    def post(self, request: Any) -> HttpResponse:
        article, told = self.article, request.POST.get("status", "")
        if not self.is_held_by_another():
            if told and told not in Status.values:
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
    second = number_in(request.POST.get("second", ""))
    return None if second is None else get_object_or_404(Source, pk=second)


def _anchor(request: HttpRequest) -> str:
    told = request.POST.get("statement", "")[:LONGEST_ID]
    return told if told.isalnum() else ""
