"""Users of the desk, and the names that stand over articles."""

import re
from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from dateline.pagestore.edits import ReadByPages
from dateline.people import tags
from dateline.people.vocabulary import ContributorKind

slug_validator = RegexValidator(
    re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z"),
    "Use small Latin letters, digits and single hyphens.",
)


class User(AbstractUser):
    """A member of staff who can sign in to the desk."""

    sessions_ended = models.PositiveIntegerField(default=0, editable=False)
    """How often all sessions of this account were ended; each carries the count."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_session_auth_hash(self) -> str:
        return f"{self.sessions_ended}:{super().get_session_auth_hash()}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for kept in super().get_session_auth_fallback_hash():
            yield f"{self.sessions_ended}:{kept}"


class AuthenticatorApp(models.Model):
    """An app on somebody's phone that shows a new code every half minute."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="authenticator_app"
    )
    sealed_secret = models.TextField()
    last_step = models.PositiveBigIntegerField()
    """The half minute whose code was used last: no code is taken twice."""
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Authenticator app of {self.user}"


class Passkey(models.Model):
    """A key that somebody's device keeps, for one host name of the newsroom."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=80)
    host = models.CharField(max_length=253)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    user_handle = models.CharField(max_length=100)
    uses = models.PositiveBigIntegerField(default=0)
    """The device's own count, if it keeps one: a copied key falls behind."""
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("added_at", "id")

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code for the day on which phone and keys are gone. Kept as a hash."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "digest"], name="recovery_code_once"
            ),
        )

    def __str__(self) -> str:
        return f"Recovery code {self.pk}"


class Tries(models.Model):
    """
    When somebody failed to sign in, of late.

    The key is a keyed hash: what people type into the field of names is now and then
    their password.
    """

    key = models.CharField(max_length=64, primary_key=True)
    moments = models.JSONField(default=list)
    latest_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{len(self.moments)} tries"


class Contributor(ReadByPages):
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

    def readings(self) -> dict[str, object]:
        """Return its names and what it says of itself, by language, and its face."""
        found: dict[str, object] = {
            tags.portrait(self.slug): str(self.portrait),
            tags.contributor(self.slug, tags.OTHER): self.name,
        }
        for code, name in self.names.items():
            found[tags.contributor(self.slug, code)] = name
        for code in self.roles.keys() | self.biographies.keys():
            told = (self.roles.get(code), self.biographies.get(code))
            found[tags.profile(self.slug, code)] = told
        return found

    def clean(self) -> None:
        if self.kind == ContributorKind.DESK and self.account_id:
            raise ValidationError({"account": "A desk is nobody's: leave it empty."})
        if self.kind == ContributorKind.PSEUDONYM and not (
            self.vouched_by_id and self.vouched_reason
        ):
            raise ValidationError(
                {"vouched_by": "Name the editor who vouches for it, and say why."}
            )
