"""The list of sources, and the two forms: for those with a name and those without."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views import snippets

from dateline.desk import ledger
from dateline.desk.source_forms import SourceForm, UnnamedSourceForm
from dateline.desk.viewsets.choosing import (
    DeleteUnusedView,
    DeskViewSet,
    FoundIndexView,
)
from dateline.sources.models import Source
from dateline.sources.vocabulary import SourceKind

# Types: Wagtail's views are published without types.

FOUND_IN = ("name", "names")
_line = forms.TextInput(attrs={"dir": "auto"})
NAMED = ObjectList(
    [
        FieldPanel("name", widget=_line),
        FieldPanel("kind"),
        FieldPanel("url", heading="Address"),
        FieldPanel("description"),
        FieldPanel("names", heading="In other languages"),
        FieldPanel("reuse", heading="Its own text"),
        FieldPanel("reuse_terms", heading="Licence", widget=_line),
    ],
    base_form_class=SourceForm,
).bind_to_model(Source)
UNNAMED = ObjectList(
    [
        FieldPanel("name", heading="Described as", widget=_line),
        FieldPanel("names_nobody"),
        FieldPanel("unnamed_reason", heading="Why it is not named"),
        FieldPanel(
            "known_to", heading="The editor who knows who it is", widget=forms.Select
        ),
        FieldPanel("names", heading="Described in other languages"),
    ],
    base_form_class=UnnamedSourceForm,
).bind_to_model(Source)


class SourceFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=SourceKind.choices, label="Kind")

    class Meta:
        model = Source
        fields: list[str] = []


class _ByKind:
    """One form or the other, by what the source is."""

    is_unnamed = False

    def get_panel(self) -> Any:
        return UNNAMED if self.is_unnamed else NAMED

    def get_form_class(self) -> Any:
        return self.get_panel().get_form_class()

    def get_success_url(self) -> str:
        return reverse("desk:source", args=(self.object.pk,))  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        return []


class CreateSourceView(_ByKind, snippets.CreateView):
    def setup(self, request: Any, *args: Any, **options: Any) -> None:
        self.is_unnamed = request.GET.get("kind") == SourceKind.UNNAMED
        super().setup(request, *args, **options)

    def get_initial_form_instance(self) -> Source:
        kind = SourceKind.UNNAMED if self.is_unnamed else SourceKind.PERSON
        return Source(kind=kind)

    def get_add_url(self) -> str:
        url: str = super().get_add_url()
        return f"{url}?kind={SourceKind.UNNAMED}" if self.is_unnamed else url

    def get_page_subtitle(self) -> str:
        return "Source that is not named" if self.is_unnamed else "Source"


class EditSourceView(_ByKind, snippets.EditView):
    def get_object(self, *args: Any, **options: Any) -> Source:
        source: Source = super().get_object(*args, **options)
        self.is_unnamed = source.kind == SourceKind.UNNAMED
        return source


class DeleteSourceView(DeleteUnusedView):
    """What rests on it keeps it; its twin takes it all over."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return snippets.DeleteView.form_valid(self, form)  # type: ignore[no-any-return]
        except ProtectedError:
            says = (
                f"“{self.object}” is in use: it stays. Merge it into another instead."
            )
            messages.error(self.request, says)
            return redirect("desk:source", self.object.pk)


class SourceIndexView(FoundIndexView):
    names_in = FOUND_IN
    page_title = "Sources"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label="Name", get_url=self.get_edit_url),
            Column("kind", label="Kind", accessor="get_kind_display"),
            Column("uses", label="Statements", accessor=_told_uses),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not self.add_url:
            return []
        unnamed = f"{self.add_url}?kind={SourceKind.UNNAMED}"
        return [
            self.add_button,
            HeaderButton("Add unnamed", url=unnamed, icon_name="plus"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        report, links = reverse("desk:source_report"), reverse("desk:source_links")
        return [
            *super().header_more_buttons,
            Button("What our articles rest on", url=report, icon_name="list-ul"),
            Button("Links that do not answer", url=links, icon_name="link"),
        ]

    def get_base_queryset(self) -> QuerySet[Source]:
        return ledger.with_uses(Source.objects.standing())

    def get_edit_url(self, instance: Source) -> str:
        return reverse("desk:source", args=(instance.pk,))

    def get_list_more_buttons(self, _instance: Source) -> list[Any]:
        return []


def _told_uses(source: Any) -> str:
    return ledger.told_uses(source.uses)


class SourceViewSet(DeskViewSet):
    model = Source
    icon = "openquote"
    menu_label = "Sources"
    url_prefix = url_namespace = "sources"
    names_in = FOUND_IN
    # A twin that was merged leads on, and is chosen no more.
    offered = {"merged_into": None}
    filterset_class = SourceFilters
    index_view_class = SourceIndexView
    add_view_class = CreateSourceView
    edit_view_class = EditSourceView
    delete_view_class = DeleteSourceView
    edit_handler = NAMED
