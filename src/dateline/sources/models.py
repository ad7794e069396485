"""Sources, wire items, and the pictures and media that came from them."""

import uuid

from django.db import models
from django.db.models import Q
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from dateline.people.models import User
from dateline.sources.vocabulary import PubStatus, SourceKind


class Source(models.Model):
    """Who or what we know something from."""

    kind = models.CharField(
        max_length=16, choices=SourceKind.choices, default=SourceKind.ORGANISATION
    )
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)
    description = models.TextField(blank=True, max_length=2000)
    url = models.URLField(blank=True, max_length=1000)
    unnamed_reason = models.TextField(blank=True, max_length=1000)
    known_to = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unnamed_sources_known",
    )
    rests_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resting_sources",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="unnamed_source_has_reason_and_editor",
                condition=~Q(kind="unnamed")
                | (Q(known_to__isnull=False) & ~Q(unnamed_reason="")),
            ),
        )
        indexes = (models.Index(fields=["kind", "name"], name="source_kind_name"),)

    def __str__(self) -> str:
        return self.name


class WireItem(models.Model):
    """
    One item as it came from outside. It is never edited.

    ``original_*`` tells where the whole original is kept; ``content`` holds what
    was read from it: ``{"paragraphs": [{"kind", "text"}], …}``.
    """

    uri = models.CharField(max_length=500)
    version = models.CharField(max_length=64, blank=True)
    pubstatus = models.CharField(
        max_length=10, choices=PubStatus.choices, default=PubStatus.USABLE
    )
    urgency = models.PositiveSmallIntegerField(null=True, blank=True)
    headline = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    section = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=35, blank=True)
    published_at = models.CharField(max_length=40, blank=True)
    version_created_at = models.DateTimeField(null=True, blank=True)
    embargoed_until_at = models.DateTimeField(null=True, blank=True)
    rights = models.TextField(blank=True, max_length=2000)
    address = models.URLField(blank=True, max_length=2000)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wire_items",
    )
    content = models.JSONField(default=dict)
    format = models.CharField(max_length=20)
    original_path = models.CharField(max_length=200)
    original_hash = models.CharField(max_length=64)
    original_type = models.CharField(max_length=100, blank=True)
    original_size = models.PositiveIntegerField()
    original_headers = models.JSONField(default=dict, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-received_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["uri", "version", "original_hash"], name="wire_item_once"
            ),
        )
        indexes = (
            models.Index(fields=["-received_at", "-id"], name="wire_item_received"),
            models.Index(fields=["original_hash"], name="wire_item_hash"),
        )

    def __str__(self) -> str:
        return self.headline or self.uri

    @property
    def is_withdrawn(self) -> bool:
        """Whether its newest version must not be used."""
        newest = self.superseded_by or self
        return newest.pubstatus != PubStatus.USABLE


class Picture(AbstractImage):
    """A picture with what an editor must know before using it (I18)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    credit = models.CharField(max_length=200, blank=True)
    rights = models.CharField(max_length=500, blank=True)
    caption = models.TextField(blank=True, max_length=1000)
    alt_text = models.TextField(blank=True, max_length=1000)
    captions = models.JSONField(default=dict, blank=True)
    alt_texts = models.JSONField(default=dict, blank=True)
    taken_at = models.CharField(max_length=40, blank=True)
    embedded = models.JSONField(default=dict, blank=True, editable=False)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pictures",
    )

    admin_form_fields = (
        "title",
        "file",
        "credit",
        "rights",
        "caption",
        "alt_text",
        "source",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_auto_update = False

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or self.title


class PictureRendition(AbstractRendition):
    """One re-encoded size of a picture: the only form that readers get."""

    image = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class MediaFile(AbstractDocument):
    """An audio or video file, or a document to download."""

    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="media_files",
    )
    rights = models.CharField(max_length=500, blank=True)
    transcript = models.TextField(blank=True)

    admin_form_fields = (
        "title",
        "file",
        "rights",
        "transcript",
        "source",
        "collection",
    )
    search_auto_update = False
