"""Saying where a source said something; what is cited is kept."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from dateline.desk.source_forms import CiteForm
from dateline.desk.views.sources import LedgerView, found
from dateline.people.models import User
from dateline.plumbing.fetching import FetchRefusal
from dateline.sources.actions import cite, keep_page, keep_upload
from dateline.sources.actions.citing import CitedFrom
from dateline.sources.actions.keeping import RECORDING_BYTES
from dateline.sources.models import Citation, KeptCopy, Source
from dateline.sources.refusals import KeepRefusal
from dateline.sources.rules import LedgerRefused

#: The largest file, and what a form needs beside it.
LARGEST_REQUEST = RECORDING_BYTES + 1_000_000
TOO_LARGE = (
    f"What was sent is larger than {RECORDING_BYTES // 1_000_000} MB, and was not "
    "read. Keep the one page or passage that you cite, not the whole archive."
)


class CiteView(LedgerView):
    permission = "sources.change_source"

    def get(self, request: Any, pk: int) -> HttpResponse:
        source = found(pk)
        return _page(request, source, CiteForm(source=source))

    def post(self, request: Any, pk: int) -> HttpResponse:
        source = found(pk)
        form = CiteForm(request.POST, request.FILES, source=source)
        if form.is_valid():
            _cite(form, source, by=request.user)
        if form.errors:
            return _page(request, source, form, status=422)
        messages.success(request, "Cited.")
        return redirect("desk:source", source.pk)


def _cite(form: CiteForm, source: Source, *, by: User) -> None:
    """Keep what was given and record the citation, or tell the form why not."""
    try:
        # What is kept stays kept if the row is refused: the next try finds it.
        kept = _keep(form.cleaned_data, by=by)
    except (KeepRefusal, FetchRefusal) as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "address", str(refusal))
        return
    try:
        _record(form.cleaned_data, source, kept, by=by)
    except LedgerRefused as refusal:
        form.add_error(None, str(refusal))


def _keep(told: dict[str, Any], *, by: User) -> KeptCopy | None:
    if told["file"]:
        return keep_upload(told["file"], by=by)
    if told["address"]:
        return keep_page(told["address"], by=by)
    return None


@transaction.atomic
def _record(
    told: dict[str, Any], source: Source, kept: KeptCopy | None, *, by: User
) -> Citation:
    below = told["rests_on"]
    if told["rests_on_source"]:
        below = cite(told["rests_on_source"], by=by)
    elif told["rests_on_described"]:
        below = cite(None, described_as=told["rests_on_described"], by=by)
    found_in = CitedFrom(
        wire_item=told["wire_item"],
        kept_copy=kept,
        place=told["place"],
        said_on=told["said_on"],
    )
    return cite(source, by=by, found_in=found_in, rests_on=below)


def _page(
    request: HttpRequest, source: Source, form: CiteForm, status: int = 200
) -> HttpResponse:
    context = {"source": source, "form": form}
    return TemplateResponse(request, "desk/source_cite.html", context, status=status)


_cite_view = csrf_protect(CiteView.as_view())


@csrf_exempt  # asked for below: to look at its token is to read the whole upload
def cite_view(request: HttpRequest, pk: int) -> Any:
    """Refuse what is too large by the length it announces; else let it in."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST_REQUEST:
        source = found(pk)
        context = {"source": source, "too_large": TOO_LARGE}
        page = "desk/source_cite.html"
        return TemplateResponse(request, page, context, status=413)
    return _cite_view(request, pk=pk)
