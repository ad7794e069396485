"""Items as they came over the wire."""

from django.db import models

from dateline.people.models import User
from dateline.sources.models.source import Source
from dateline.sources.vocabulary import PubStatus


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
    #: By which scheme it is known to likeness (`likeness.SCHEME`); 0 if not yet.
    signed_as = models.PositiveIntegerField(default=0, editable=False)

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
            models.Index(fields=["signed_as", "id"], name="wire_item_unsigned"),
        )

    def __str__(self) -> str:
        return self.headline or self.uri

    @property
    def is_withdrawn(self) -> bool:
        """Whether its newest version must not be used."""
        newest = self.superseded_by or self
        return newest.pubstatus != PubStatus.USABLE


class WireSignature(models.Model):
    """
    One of the numbers that stand for an item's text (`likeness.signature`).

    Whoever looks for the items that a text is near asks for its own numbers: one
    range of one index each, however many items there are.
    """

    value = models.BigIntegerField()
    item = models.ForeignKey(
        WireItem, on_delete=models.CASCADE, related_name="signatures", db_index=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["value", "item"], name="wire_signed_once"),
        )

    def __str__(self) -> str:
        return f"{self.value} {self.item_id}"
