"""Where the desk hangs itself into Wagtail."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from dateline.articles.vocabulary import Form
from dateline.desk import administrators, gate_page, menus, sign_in_hooks, spans
from dateline.desk.viewsets.articles import ArticleViewSet
from dateline.desk.viewsets.catalog import (
    PlaceViewSet,
    SectionViewSet,
    StoryViewSet,
    TopicViewSet,
)
from dateline.desk.viewsets.newsroom import EditionViewSet, InterestViewSet
from dateline.desk.viewsets.people import ContributorViewSet
from dateline.desk.viewsets.sources import SourceViewSet


class FiledUnder(ViewSetGroup):
    items = (SectionViewSet, StoryViewSet, PlaceViewSet, TopicViewSet)
    menu_label = "Filed under"
    menu_icon = "folder-open-inverse"
    menu_order = 300
    add_to_admin_menu = True


class People(ViewSetGroup):
    items = (ContributorViewSet, SourceViewSet)
    menu_label = "People and sources"
    menu_icon = "group"
    menu_order = 310
    add_to_admin_menu = True


class Editions(EditionViewSet):
    add_to_settings_menu = True


class Interests(InterestViewSet):
    add_to_settings_menu = True


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet]:
    # Choosers first: the editor's panels ask which widget chooses a contributor.
    return [FiledUnder(), People(), Editions(), Interests(), ArticleViewSet()]


@hooks.register("register_rich_text_features")
def rich_text_features(features: Any) -> None:
    spans.register(features)


@hooks.register("register_rich_text_features", order=1000)  # after Wagtail's own
def links_lead_outside(features: Any) -> None:
    spans.link_outside(features)


@hooks.register("construct_snippet_action_menu")
def arrange_actions(items: list[Any], request: Any, context: dict[str, Any]) -> None:
    menus.arrange_actions(items, request, context)


@hooks.register("insert_global_admin_css")
def own_clothes() -> str:
    sheets = [(static(f"desk/{name}.css"),) for name in ("faces", "desk")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def own_script() -> str:
    return format_html('<script src="{}"></script>', static("desk/desk.js"))


@hooks.register("construct_main_menu")
def arrange_menu(request: Any, items: list[Any]) -> None:
    menus.arrange_menu(request, items)


@hooks.register("register_admin_menu_item")
def home_item() -> MenuItem:
    return menus.item("Home", "wagtailadmin_home", "home", 10)


@hooks.register("register_admin_menu_item")
def standing_item() -> MenuItem:
    return menus.item(
        "Standing pages", "articles:list", "doc-empty", 110, f"?form={Form.STANDING}"
    )


@hooks.register("register_admin_menu_item")
def wire_item() -> MenuItem:
    return menus.item("Wire", "desk:wire", "mail", 120)


@hooks.register("register_admin_menu_item")
def receive_item() -> MenuItem:
    return menus.item("Receive", "desk:receive", "download", 130)


@hooks.register("register_admin_menu_item")
def purges_item() -> MenuItem:
    return menus.PurgesItem()


administrators.register()
gate_page.arrange()
sign_in_hooks.register()
