"""Choosers and lists that find things by a part of a name, in any language."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import View
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from dateline.desk.finding import named
from dateline.desk.views.closed import Closed

# Types: Wagtail's views are published without types.

NAMES = ("names",)


class FindForm(BaseFilterForm):
    """The chooser's search box."""

    q = forms.CharField(label="Search", required=False, max_length=120)
    names_in: tuple[str, ...] = NAMES

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        text = self.cleaned_data.get("q")
        if not text:
            return objects
        self.is_searching, self.search_query = True, text
        found = named(objects, text, fields=self.names_in)
        return objects.filter(pk__in=found)


def find_form(names_in: tuple[str, ...]) -> type[FindForm]:
    return type("FindForm", (FindForm,), {"names_in": names_in})


def chooser_finding(
    *names_in: str, offered: dict[str, Any] | None = None
) -> type[SnippetChooserViewSet]:
    """Return a chooser that searches these fields and offers only some rows."""
    form = find_form(names_in)

    class Offering:
        filter_form_class = form

        def get_object_list(self) -> QuerySet[Any]:
            rows: QuerySet[Any] = super().get_object_list()  # type: ignore[misc]
            return rows.filter(**(offered or {}))

    class Choose(Offering, ChooseView):
        pass

    class Results(Offering, ChooseResultsView):
        pass

    class Chooser(SnippetChooserViewSet):
        choose_view_class = Choose
        choose_results_view_class = Results

    return Chooser


class FoundIndexView(snippets.IndexView):
    """A list whose search box finds names in every language."""

    names_in: tuple[str, ...] = NAMES
    is_searchable = True

    @property
    def columns(self) -> list[Any]:
        # Nothing here is done to many rows at once.
        return [c for c in super().columns if c.name != "bulk_actions"]

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        found = named(queryset, self.search_query, fields=self.names_in)
        return queryset.filter(pk__in=found)


class DeleteUnusedView(snippets.DeleteView):
    """What an article names stays; what nothing names may go."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except ProtectedError:
            messages.error(self.request, f"“{self.object}” is in use: it stays.")
            return redirect(self.get_success_url())


class DeskViewSet(snippets.SnippetViewSet):
    """Something with names, listed, edited and chosen at the desk."""

    add_to_admin_menu = False
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False
    names_in: tuple[str, ...] = NAMES
    offered: dict[str, Any] | None = None
    delete_view_class: type[View] = DeleteUnusedView
    # Usage pages would load every article that names a section.
    usage_view_class = Closed

    @property
    def index_view_class(self) -> type[snippets.IndexView]:
        return type("IndexView", (FoundIndexView,), {"names_in": self.names_in})

    @property
    def chooser_viewset_class(self) -> type[SnippetChooserViewSet]:
        return chooser_finding(*self.names_in, offered=self.offered)

    def get_admin_base_path(self) -> str:
        return str(self.url_prefix)

    def get_admin_url_namespace(self) -> str:
        return str(self.url_namespace)
