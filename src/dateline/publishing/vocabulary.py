"""Words of the door."""

from django.db.models import TextChoices


class Act(TextChoices):
    """What the log can hold."""

    PUBLISH = "publish", "Published"
    UPDATE = "update", "Updated"
    AMEND = "amend", "Amended"
    CORRECT = "correct", "Corrected"
    REDACT = "redact", "Redacted"
    KILL = "kill", "Withdrawn"
    SCHEDULE = "schedule", "Scheduled"
    UNSCHEDULE = "unschedule", "Schedule lifted"
    OVERRIDE = "override", "Gate overridden"


class PublicState(TextChoices):
    PUBLIC = "public", "Public"
    KILLED = "killed", "Killed"


class ListKind(TextChoices):
    """The lists an article can stand in; the key names which."""

    LATEST = "latest", "Latest"
    SECTION = "section", "Section"
    TOPIC = "topic", "Topic"
    PLACE = "place", "Place"
    STORY = "story", "Story"
    CONTRIBUTOR = "contributor", "Contributor"
    SOURCE = "source", "Source"


REDACTED = "[…]"
"""What stands in a version where a passage was removed."""
