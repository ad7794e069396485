"""Editions, the newsroom behind them, and what ties translations together."""

from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from dateline.articles.models import Article, is_known_language
from dateline.editions import tags
from dateline.pagestore.edits import ReadByPages


class Edition(ReadByPages):
    """The whole paper in one language."""

    code = models.CharField(
        max_length=8, primary_key=True, validators=[is_known_language]
    )
    title = models.CharField(max_length=120)
    motto = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True)
    description = models.TextField(max_length=500, blank=True)
    is_live = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(
                fields=["is_default"],
                name="one_default_edition",
                condition=models.Q(is_default=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"

    def readings(self) -> dict[str, object]:
        """Return its place among the editions, and what it says of itself."""
        if not self.is_live:
            return {}
        live = Edition.objects.filter(is_live=True)
        return {
            tags.EDITIONS: list(live.values_list("code", "is_default")),
            tags.edition(self.code): (self.title, self.motto),
            tags.edition_place(self.code): self.place,
            tags.description(self.code): self.description,
        }


@register_setting(icon="home", order=100)
class Newsroom(ReadByPages, BaseGenericSetting):
    """Who makes the paper: what the masthead, the footer and machines say of it."""

    name = models.CharField(max_length=120, default="Dateline")
    legal_name = models.CharField(max_length=200, blank=True)
    founded_date = models.DateField(null=True, blank=True)
    timezone = models.CharField(max_length=60, default="UTC")
    place = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True, max_length=500)
    security_contact = models.CharField(
        max_length=300,
        blank=True,
        help_text="An address mailto: or https:// for security.txt.",
    )
    social_links = models.TextField(
        blank=True, max_length=4000, help_text="One a line: name, then address."
    )
    trust_links = models.TextField(
        blank=True,
        max_length=4000,
        help_text="For trust.txt, one a line: member=https://…, belongto=https://….",
    )
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = "newsroom"

    def __str__(self) -> str:
        return self.name

    def readings(self) -> dict[str, object]:
        """Return what the masthead, the footer and machines say, each by itself."""
        return {
            tags.Part.HOUSE: (self.social_links, self.is_demonstration),
            tags.Part.PLACE: self.place,
            tags.Part.ZONE: self.timezone,
            tags.Part.PUBLISHER: (
                self.name,
                self.legal_name,
                self.founded_date,
                self.email,
                self.phone,
                self.address,
            ),
            tags.Part.TRUST: self.trust_links,
            tags.Part.SECURITY: self.security_contact,
        }


class Translation(models.Model):
    """One article carried into another edition; both are articles of their own."""

    original = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="translations"
    )
    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, related_name="translation_of"
    )
    is_stale = models.BooleanField(
        default=False, help_text="The original changed since this was last published."
    )
    stale_since_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="not_a_translation_of_itself",
                condition=~models.Q(original=models.F("article")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id} of {self.original_id}"
