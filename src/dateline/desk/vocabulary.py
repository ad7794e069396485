"""Words of the desk."""

from dataclasses import dataclass

from django.db.models import TextChoices

REPORTERS, EDITORS = "Reporters", "Editors"
"""The two groups that the desk is made with (its first migration)."""


class Standing(TextChoices):
    """Where an article stands, as its editor sees it."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    RETURNED = "returned", "Returned"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    CHANGED = "changed", "Changed since publication"
    KILLED = "killed", "Killed"
    SPIKED = "spiked", "Spiked"


@dataclass(frozen=True)
class DeskAct:
    """Something that an editor may do with an article at the door."""

    name: str
    label: str
    explanation: str
    icon: str
    saves_first: bool = True
    """Whether what stands in the form goes with it, and so is saved before."""


ACTS = {
    act.name: act
    for act in (
        DeskAct(
            "publish",
            "Publish",
            "Readers get this text as it stands below, in a minute at the latest.",
            "upload",
        ),
        DeskAct(
            "schedule",
            "Schedule",
            "This draft goes out by itself at the minute that you give. "
            "Later drafts do not go with it.",
            "time",
        ),
        DeskAct(
            "update",
            "Update",
            "New facts in the same article. The earlier version stays readable.",
            "upload",
        ),
        DeskAct(
            "amend",
            "Amend",
            "Spelling and style alone: it is kept in the versions and carries no "
            "notice. A name, a number, a date or a quotation may not change.",
            "edit",
        ),
        DeskAct(
            "correct",
            "Correct",
            "Something was wrong. What you write below stands on the article, on the "
            "corrections page and in its feed.",
            "warning",
        ),
        DeskAct(
            "redact",
            "Redact",
            "A passage leaves every version and every draft: a minor's name, a "
            "court's order. It cannot be undone.",
            "view",
            saves_first=False,
        ),
        DeskAct(
            "kill",
            "Kill",
            "The article is withdrawn for good. Its address says so, with the desk, "
            "the time and the reason.",
            "bin",
            saves_first=False,
        ),
        DeskAct(
            "lift-schedule",
            "Lift the schedule",
            "It will not go out by itself any more.",
            "time",
            saves_first=False,
        ),
        DeskAct(
            "spike",
            "Spike",
            "Not used, and kept. It leaves the lists of what is being worked on.",
            "folder",
            saves_first=False,
        ),
        DeskAct(
            "unspike",
            "Take off the spike",
            "It is a draft again.",
            "undo",
            saves_first=False,
        ),
    )
}
