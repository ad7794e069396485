"""The chooser in the editor: sources found, made from a name, made from a page."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, JsonResponse

from dateline.articles.models import Article
from dateline.desk.choosing import (
    found_sources,
    guess_from_page,
    guess_kind,
    recent_sources,
)
from dateline.desk.numbers import number_in
from dateline.desk.source_forms import NAMED_KINDS
from dateline.desk.views.of_articles import ForWriters
from dateline.people.models import User
from dateline.plumbing.fetching import FetchRefusal
from dateline.sources.actions import cite, keep_page
from dateline.sources.actions.citing import CitedFrom
from dateline.sources.models import Citation, KeptCopy, Source
from dateline.sources.refusals import KeepRefusal
from dateline.sources.rules import LedgerRefused

LONGEST_SOUGHT = 200


class SourcesView(ForWriters):
    """Sources by a part of their name; without one, those used last."""

    def get(self, request: HttpRequest) -> JsonResponse:
        sought = request.GET.get("q", "").strip()[:LONGEST_SOUGHT]
        found = found_sources(sought) if sought else recent_sources(_article(request))
        code = request.GET.get("language", "")
        told = {"sources": [_row(source, code) for source in found]}
        return JsonResponse(told | {"kind": guess_kind(sought)})


class NewSourceForm(forms.Form):
    """A new source or a known one, and the page that it is cited from."""

    source = forms.ModelChoiceField(Source.objects.standing(), required=False)
    name = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=NAMED_KINDS, required=False)
    kept = forms.ModelChoiceField(KeptCopy.objects.all(), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_new = bool(cleaned.get("name") and cleaned.get("kind"))
        if not (self.errors or is_new or cleaned.get("source")):
            raise forms.ValidationError("Say who it is, by name.")
        return cleaned


class NewSourceView(ForWriters):
    """Makes a source, and cites it from a page that was kept before."""

    permissions = ("sources.add_source", "sources.change_source")

    def post(self, request: Any) -> JsonResponse:
        form = NewSourceForm(request.POST)
        if not form.is_valid():
            return _refused(" ".join(str(e[0]) for e in form.errors.values()), 422)
        try:
            source, citation = _made(form.cleaned_data, by=request.user)
        except LedgerRefused as refusal:
            return _refused(str(refusal), 422)
        return JsonResponse(
            _row(source) | {"citation": citation.pk if citation else None}
        )


@transaction.atomic
def _made(told: dict[str, Any], *, by: User) -> tuple[Source, Citation | None]:
    kept: KeptCopy | None = told["kept"]
    source: Source | None = told["source"]
    if source is None:
        # Two who press at once, or one who presses twice, mean one source.
        same = Source.objects.standing().filter(name=told["name"], kind=told["kind"])
        address = kept.address[:1000] if kept else ""
        source = same.first() or Source.objects.create(
            name=told["name"], kind=told["kind"], url=address
        )
    if kept is None:
        return source, None
    cited = Citation.objects.filter(source=source, kept_copy=kept, rests_on=None)
    return source, cited.first() or cite(
        source, by=by, found_in=CitedFrom(kept_copy=kept)
    )


class KeepPageView(ForWriters):
    """Keeps the page at an address, and says whom it seems to come from."""

    permissions = ("sources.add_source", "sources.change_source")

    def post(self, request: Any) -> JsonResponse:
        form = _AddressForm(request.POST)
        if not form.is_valid():
            return _refused("That is no address of a page.", 422)
        try:
            kept = keep_page(form.cleaned_data["address"], by=request.user)
        except (KeepRefusal, FetchRefusal) as refusal:
            return _refused(str(refusal), 422)
        return JsonResponse(
            {"kept": kept.pk, "title": kept.title[:200], **guess_from_page(kept)}
        )


class _AddressForm(forms.Form):
    address = forms.URLField(max_length=2000, assume_scheme="https")


def _article(request: HttpRequest) -> Article | None:
    number = number_in(request.GET.get("article", ""))
    if number is None:
        return None
    return Article.objects.only("pk").filter(pk=number).first()


def _row(source: Source, code: str = "") -> dict[str, Any]:
    """Return a source as the list shows it, named as readers of a language read it."""
    kind = source.get_kind_display()
    return {"id": source.pk, "name": source.name_in(code), "kind": kind}


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
