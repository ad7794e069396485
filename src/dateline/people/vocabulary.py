"""Words for who is who."""

from django.db.models import TextChoices


class ContributorKind(TextChoices):
    PERSON = "person", "Person"
    DESK = "desk", "Desk"
    PSEUDONYM = "pseudonym", "Pseudonym"
