"""The wire: what came from outside, and drafts made from it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.generic import View

from dateline import languages
from dateline.articles.actions import WireItemWithdrawn, draft_from_wire_item
from dateline.articles.models import Article
from dateline.desk.numbers import number_in
from dateline.desk.wire_forms import DraftForm, ReceiveForm
from dateline.people.models import User
from dateline.plumbing.fetching import FetchRefusal
from dateline.sources.actions import Received, receive_original
from dateline.sources.fetched import fetch_original
from dateline.sources.models import WireItem
from dateline.sources.wire.recognition import Original
from dateline.sources.wire.refusals import ReceiveRefusal

PAGE = 50


class _WireView(View):
    permission = "sources.view_wireitem"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WireListView(_WireView):
    """What came, newest first. Older ones are reached by the id they come before."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = WireItem.objects.select_related("source").defer("content")
        if words := request.GET.get("q", "").strip()[:120]:
            rows = rows.filter(headline__icontains=words)
        before = number_in(request.GET.get("before", ""))
        if before is not None:
            rows = rows.filter(pk__lt=before)
        found = list(rows.order_by("-pk")[: PAGE + 1])
        context = {
            "items": found[:PAGE],
            "words": words,
            "older": found[PAGE - 1].pk if len(found) > PAGE else None,
        }
        return TemplateResponse(request, "desk/wire.html", context)


class ReceiveView(_WireView):
    """Paste, upload or give an address."""

    permission = "sources.add_wireitem"

    def get(self, request: HttpRequest) -> HttpResponse:
        return _receive_page(request, ReceiveForm())

    def post(self, request: Any) -> HttpResponse:
        form = ReceiveForm(request.POST, request.FILES)
        if not form.is_valid():
            return _receive_page(request, form, status=422)
        try:
            received = receive_original(
                _original(form), by=request.user, received_from=form.came_from
            )
        except (ReceiveRefusal, FetchRefusal) as refusal:
            form.add_error(form.chosen, str(refusal))
            return _receive_page(request, form, status=422)
        messages.success(request, _told(received))
        if len(received) == 1:
            return redirect("desk:wire_item", received[0].item.pk)
        return redirect("desk:wire")


def _original(form: ReceiveForm) -> Original:
    if address := form.cleaned_data["address"]:
        networks = settings.DATELINE_ALLOWED_NETWORKS
        return fetch_original(address, allowed_networks=networks)
    return Original(form.content)


def _receive_page(
    request: HttpRequest, form: ReceiveForm, status: int = 200
) -> HttpResponse:
    return TemplateResponse(request, "desk/receive.html", {"form": form}, status=status)


def _told(received: list[Received]) -> str:
    if len(received) == 1:
        return SAID[received[0].outcome.value]
    known = sum(one.outcome.value == "known" for one in received)
    return f"{len(received)} items, {len(received) - known} of them new."


SAID = {
    "new": "Received.",
    "known": "This item is known already: here it is.",
    "supersedes": "Received: it supersedes an earlier version.",
    "superseded": "Received: a newer version of it is known already.",
}


class WireItemView(_WireView):
    """One item as it came; a POST drafts an article from it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = _item(pk)
        return _item_page(request, item, DraftForm(item=item))

    def post(self, request: Any, pk: int) -> HttpResponse:
        if not request.user.has_perm("articles.add_article"):
            raise PermissionDenied
        item = _item(pk)
        form = DraftForm(request.POST, item=item)
        if not form.is_valid():
            return _item_page(request, item, form, status=422)
        try:
            article = _drafted(item, form, by=request.user)
        except WireItemWithdrawn as refusal:
            form.add_error(None, str(refusal))
            return _item_page(request, item, form, status=409)
        messages.success(request, "Drafted. Each statement is laid to its source.")
        return redirect("articles:edit", article.pk)


@transaction.atomic
def _drafted(item: WireItem, form: DraftForm, *, by: User) -> Article:
    # One transaction: a refused draft leaves no newly named source behind.
    return draft_from_wire_item(
        item,
        by=by,
        language=form.cleaned_data["language"],
        section=form.cleaned_data["section"],
        source=form.source(),
    )


def _item(pk: int) -> WireItem:
    rows = WireItem.objects.select_related("source", "superseded_by", "received_by")
    return get_object_or_404(rows, pk=pk)


def _item_page(
    request: HttpRequest, item: WireItem, form: DraftForm, status: int = 200
) -> HttpResponse:
    context = {
        "item": item,
        "form": form,
        "language": languages.find(item.language) if item.language else None,
        "passages": item.content.get("blocks") or item.content.get("paragraphs", []),
        "drafts": item.drafts.order_by("-pk")[:20],
    }
    return TemplateResponse(request, "desk/wire_item.html", context, status=status)
