"""Sections, stories, places, topics: what articles are filed under."""

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from dateline.articles.models import Place, Section, Story, Topic
from dateline.desk.forms import NamedForm
from dateline.desk.views.closed import Closed
from dateline.desk.viewsets.choosing import DeskViewSet


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs=attrs)


def named_panels(*rest: Panel) -> ObjectList:
    slug = FieldPanel(
        "slug",
        widget=_line(spellcheck="false", dir="ltr"),
        help_text="Part of addresses. It is better never changed.",
    )
    return ObjectList([FieldPanel("names"), slug, *rest], base_form_class=NamedForm)


class SectionViewSet(DeskViewSet):
    model = Section
    icon = "folder-open-inverse"
    menu_label = "Sections"
    url_prefix = url_namespace = "sections"
    list_display = ["__str__", "slug", "position"]
    names_in = ("names", "slug")
    edit_handler = named_panels(FieldPanel("position"))


class StoryViewSet(DeskViewSet):
    model = Story
    icon = "history"
    menu_label = "Stories"
    url_prefix = url_namespace = "stories"
    list_display = ["__str__", "slug", "is_running"]
    names_in = ("names", "slug")
    edit_handler = named_panels(FieldPanel("is_running"))


class PlaceViewSet(DeskViewSet):
    model = Place
    icon = "site"
    menu_label = "Places"
    url_prefix = url_namespace = "places"
    list_display = ["__str__", "slug", "country"]
    names_in = ("names", "slug")
    edit_handler = named_panels(
        FieldPanel("country"), FieldPanel("latitude"), FieldPanel("longitude")
    )


class TopicViewSet(DeskViewSet):
    """Read-only: the topics are IPTC's, and come with a release."""

    model = Topic
    icon = "tag"
    menu_label = "Topics"
    url_prefix = url_namespace = "topics"
    list_display = ["__str__", "code", "is_retired"]
    names_in = ("names", "code")
    offered = {"is_retired": False}
    edit_handler = ObjectList(
        [FieldPanel("names", read_only=True)], base_form_class=NamedForm
    )
    add_view_class = edit_view_class = Closed
    delete_view_class = Closed


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Everyone at the desk may look, and nobody may touch."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(user.is_active)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Topic, ReadOnlyPolicy(Topic))
