"""The page of a source, and what is done there: notes, corrections, merging."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.generic import View

from dateline import languages
from dateline.desk import ledger
from dateline.desk.numbers import number_in
from dateline.desk.source_forms import CorrectionForm, MergeForm, NoteForm
from dateline.languages import Language
from dateline.publishing.facts import may_use_door
from dateline.sources.actions import (
    merge_sources,
    note_correction,
    note_reliability,
    undo_merge,
)
from dateline.sources.actions.watching import hash_of
from dateline.sources.models import KeptCopy, Source, SourceMerge, WatchedLink
from dateline.sources.queries import addresses_of, chains_of, standing_source
from dateline.sources.rules import IdentityAtRisk, LedgerRefused
from dateline.sources.vocabulary import LinkState

FIRST = 10
LATEST = 20
MOST_LINKS = 100


class LedgerView(View):
    """A screen of the source desk."""

    permission = "sources.view_source"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def found(pk: int) -> Source:
    """Return a source, or answer that there is none."""
    rows = Source.objects.select_related("known_to", "merged_into")
    return get_object_or_404(rows, pk=pk)


class SourceView(LedgerView):
    """What the newsroom knows of a source, and what it says from it."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        return source_page(request, found(pk))


def source_page(
    request: Any, source: Source, status: int = 200, **forms: Any
) -> HttpResponse:
    """Answer with the page of a source; ``forms`` are those that were sent back."""
    context = {
        "source": source,
        "names": _names(source),
        "uses": ledger.told_uses(ledger.uses_of(source)),
        "used": ledger.where_used(source, limit=FIRST),
        "chains": chains_of(source, LATEST),
        "notes": source.notes.select_related("noted_by")[:LATEST],
        "corrections": source.corrections.select_related("noted_by")[:LATEST],
        "links": links_of(source),
        "merges": _merges(source),
        "leads_to": standing_source(source) if source.merged_into else None,
        "may_change": request.user.has_perm("sources.change_source"),
        "may_merge": may_use_door(request.user),
        "note_form": NoteForm(),
        "correction_form": CorrectionForm(),
    }
    page = "desk/source.html"
    return TemplateResponse(request, page, context | forms, status=status)


def _names(source: Source) -> list[tuple[Language, str]]:
    """Return the names in other languages that differ from the one above them."""
    told = [(languages.find(code), name) for code, name in source.names.items()]
    return [(found, name) for found, name in told if found and name != source.name]


def links_of(source: Source) -> list[WatchedLink]:
    """Return the addresses of a source, each with what it answered last."""
    addresses = addresses_of(source, LATEST)
    rows = WatchedLink.objects.filter(address_hash__in=map(hash_of, addresses))
    known = {row.address: row for row in rows}
    return [known.get(one) or WatchedLink(address=one) for one in addresses]


def _merges(source: Source) -> Any:
    rows = source.merges.select_related("twin", "merged_by", "undone_by")
    return rows.defer("moved")[:LATEST]


class UsedView(LedgerView):
    """Every article that rests on a source, a page at a time."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = found(pk)
        before = number_in(request.GET.get("before", ""))
        is_public = request.GET.get("public") == "yes"
        used = ledger.where_used(source, before=before, is_public=is_public)
        context = {"source": source, "used": used, "is_public": is_public}
        return TemplateResponse(request, "desk/source_used.html", context)


class LinksView(LedgerView):
    """Addresses that no longer answer."""

    def get(self, request: HttpRequest) -> HttpResponse:
        silent = WatchedLink.objects.filter(
            state__in=(LinkState.BROKEN, LinkState.FAILING)
        )
        links = list(silent.order_by("state", "-failing_since_at", "pk")[:MOST_LINKS])
        addresses = [link.address for link in links]
        context = {
            "links": links,
            "sources": Source.objects.standing().filter(url__in=addresses),
            "copies": KeptCopy.objects.filter(address__in=addresses).defer("text"),
            "is_cut_short": len(links) == MOST_LINKS,
        }
        return TemplateResponse(request, "desk/source_links.html", context)


class _ChangingView(LedgerView):
    permission = "sources.change_source"


class NoteView(_ChangingView):
    """Write down what was found out about a source."""

    def post(self, request: Any, pk: int) -> HttpResponse:
        source, form = found(pk), NoteForm(request.POST)
        if form.is_valid():
            try:
                note_reliability(source, by=request.user, **form.cleaned_data)
            except IdentityAtRisk as refusal:
                form.add_error("text", str(refusal))
        if form.errors:
            return source_page(request, source, 422, note_form=form)
        messages.success(request, "Noted.")
        return redirect("desk:source", source.pk)


class CorrectionView(_ChangingView):
    """Write down that a source corrected itself."""

    def post(self, request: Any, pk: int) -> HttpResponse:
        source, form = found(pk), CorrectionForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            try:
                note_correction(
                    source,
                    told["text"],
                    by=request.user,
                    on=told["corrected_on"],
                    address=told["address"],
                    is_public=told["is_public"],
                )
            except IdentityAtRisk as refusal:
                form.add_error("text", str(refusal))
        if form.errors:
            return source_page(request, source, 422, correction_form=form)
        messages.success(request, "Its correction is noted.")
        return redirect("desk:source", source.pk)


class _MergingView(LedgerView):
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_use_door(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class MergeView(_MergingView):
    """Two sources become one."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        return _merge_page(request, found(pk), MergeForm())

    def post(self, request: Any, pk: int) -> HttpResponse:
        source, form = found(pk), MergeForm(request.POST)
        if not form.is_valid():
            return _merge_page(request, source, form, status=422)
        into = form.cleaned_data["into"]
        try:
            merge = merge_sources(
                source, into=into, by=request.user, reason=form.cleaned_data["reason"]
            )
        except LedgerRefused as refusal:
            form.add_error(None, str(refusal))
            return _merge_page(request, source, form, status=409)
        says = f"“{source}” is “{into}” now: {merge.moved_count} rows followed."
        messages.success(request, says)
        return redirect("desk:source", into.pk)


def _merge_page(
    request: Any, source: Source, form: MergeForm, status: int = 200
) -> HttpResponse:
    context = {
        "source": source,
        "form": form,
        "uses": ledger.told_uses(ledger.uses_of(source)),
    }
    return TemplateResponse(request, "desk/source_merge.html", context, status=status)


class UndoMergeView(_MergingView):
    """The twin gets back what followed it."""

    def post(self, request: Any, pk: int) -> HttpResponse:
        merge = get_object_or_404(SourceMerge.objects.select_related("twin"), pk=pk)
        try:
            undo_merge(merge, by=request.user)
        except LedgerRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:source", merge.into_id)
        messages.success(request, f"“{merge.twin}” stands by itself again.")
        return redirect("desk:source", merge.twin_id)
