"""What the desk offers under an article: save, submit, and the door."""

from typing import Any

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.snippets.action_menu import ActionMenuItem, SubmitForModerationMenuItem

from dateline.articles.models import Article
from dateline.desk.queries import standings
from dateline.desk.vocabulary import ACTS, DeskAct, Standing
from dateline.publishing.facts import may_use_door

KEPT = {
    "action-save",
    "action-submit",
    "action-locked",
    "action-cancel-workflow",
    "action-restart-workflow",
    "reject",
}
OFFERED = {
    Standing.DRAFT: ("publish", "schedule", "spike"),
    Standing.IN_REVIEW: ("publish", "schedule"),
    Standing.RETURNED: ("publish", "schedule", "spike"),
    Standing.SCHEDULED: ("lift-schedule",),
    Standing.SPIKED: ("unspike",),
    Standing.KILLED: ("redact",),
}
OFFERED_PUBLIC = ("update", "amend", "correct", "redact", "kill")


class ActItem(ActionMenuItem):
    """Leads to the page on which an act is confirmed, the draft saved before."""

    def __init__(self, act: DeskAct, article: Article, order: int) -> None:
        super().__init__(order=order)
        self.act, self.article = act, article
        self.name = f"action-door-{act.name}"
        self.label, self.icon_name = f"{act.label}…", act.icon
        if act.saves_first:
            self.template_name = "desk/parts/act_button.html"

    # Wagtail hands it the context of the page.
    def get_url(self, parent_context: Any) -> str | None:  # noqa: ARG002
        if self.act.saves_first:
            return None
        return reverse("desk:act", args=(self.article.pk, self.act.name))


class SubmitItem(SubmitForModerationMenuItem):
    """The reporter's last step."""

    icon_name = "resubmit"

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        returned = str(context["label"]).startswith("Resubmit")
        context["label"] = "Submit again" if returned else "Submit to editor"
        return context


def offered_acts(article: Article, *, may_publish: bool) -> list[DeskAct]:
    """Return what may be done with an article where it stands."""
    standing = standings([article]).of(article)
    names = OFFERED.get(standing, ())
    if article.live:
        names = OFFERED_PUBLIC
    if not may_publish:
        names = tuple(name for name in names if name in {"spike", "unspike"})
    return [ACTS[name] for name in names]


def arrange_actions(items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Close Wagtail's own ways to the public in the menu, and open the door's."""
    if context["model"] is not Article:
        return
    items[:] = [
        SubmitItem(order=item.order) if item.name == "action-submit" else item
        for item in items
        if item.name in KEPT
    ]
    article = context.get("instance")
    if article is None or context["view"] != "edit" or context.get("locked_for_user"):
        return
    acts = offered_acts(article, may_publish=may_use_door(request.user))
    items.extend(
        ActItem(act, article, order=200 + place) for place, act in enumerate(acts)
    )
    items.sort(key=lambda item: item.order)


HIDDEN = {"explorer", "snippets", "help", "reports"}
RENAMED = {"images": "Pictures", "documents": "Files"}


def arrange_menu(request: Any, items: list[Any]) -> None:
    """Leave in the side what a newsroom has, under its own words."""
    hidden = HIDDEN - {"reports"} if request.user.is_superuser else HIDDEN
    items[:] = [item for item in items if item.name not in hidden]
    for item in items:
        item.label = RENAMED.get(item.name, item.label)


def item(label: str, url_name: str, icon: str, order: int, query: str = "") -> MenuItem:
    """Return an entry of the side that leads to a screen of the desk's own."""
    url = reverse(url_name) + query
    return MenuItem(label, url, icon_name=icon, order=order)


class PurgesItem(MenuItem):
    """What each act purged: for those who may make things public."""

    def __init__(self) -> None:
        url = reverse("desk:purges")
        super().__init__("Purges", url, icon_name="history", order=900)

    def is_shown(self, request: Any) -> bool:
        return may_use_door(request.user)
