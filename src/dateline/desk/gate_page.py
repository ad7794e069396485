"""The one page that sets what the gate asks, in groups."""

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from dateline.publishing.models import GatePolicy

# Types: Wagtail's panels are published without types.

GROUPS: dict[str, tuple[str, ...]] = {
    "What statements rest on": (
        "unsourced", "single_source", "contradictions", "marks", "most_marked",
        "asks_opinion",
    ),
    "Quotations": (
        "quotation", "quotation_translated", "quotation_doubt", "quotation_unkept",
    ),
    "Copies and speed": ("near", "most_copied", "rate", "most_an_hour"),
    "People": ("accusation", "reply_hours", "accusation_unasked", "unnamed"),
    "Pictures and interests": ("picture", "archive_days", "interest"),
    "Who decides": ("four_eyes", "overriders", "shows_overrides"),
}  # fmt: skip


def arrange() -> None:
    """Have Wagtail show the policy so."""
    policy: Any = GatePolicy
    policy.edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)
            for heading, names in GROUPS.items()
        ]
    )
