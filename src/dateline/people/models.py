"""Users of the desk, and the names that stand over articles."""

import re

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from dateline.people.vocabulary import ContributorKind

slug_validator = RegexValidator(
    re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z"),
    "Use small Latin letters, digits and single hyphens.",
)


class User(AbstractUser):
    """A member of staff who can sign in to the desk."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Contributor(models.Model):
    """
    A name that may stand in a byline.

    A person is bound to an account; a desk to none; a pseudonym protects a
    reporter at risk and is vouched for by a named editor (I5).
    """

    slug = models.CharField(max_length=80, unique=True, validators=[slug_validator])
    kind = models.CharField(
        max_length=10,
        choices=ContributorKind.choices,
        default=ContributorKind.PERSON,
    )
    name = models.CharField(max_length=120)
    names = models.JSONField(default=dict, blank=True)
    roles = models.JSONField(default=dict, blank=True)
    biographies = models.JSONField(default=dict, blank=True)
    email = models.EmailField(blank=True)
    portrait = models.ImageField(upload_to="portraits", blank=True)
    account = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributors",
    )
    vouched_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="vouched_contributors",
    )
    vouched_reason = models.TextField(blank=True, max_length=1000)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="desk_has_no_account",
                condition=~Q(kind="desk") | Q(account__isnull=True),
            ),
            models.CheckConstraint(
                name="pseudonym_is_vouched_for",
                condition=~Q(kind="pseudonym")
                | (Q(vouched_by__isnull=False) & ~Q(vouched_reason="")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind == ContributorKind.DESK and self.account_id:
            raise ValidationError({"account": "A desk is nobody's: leave it empty."})
        if self.kind == ContributorKind.PSEUDONYM and not (
            self.vouched_by_id and self.vouched_reason
        ):
            raise ValidationError(
                {
                    "vouched_by": "Name the editor who vouches for it, and say why."
                }
            )
