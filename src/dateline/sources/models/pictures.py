"""Pictures and media, and what an editor must know before using them."""

import uuid

from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from dateline.pagestore.edits import ReadByPages
from dateline.sources import tags
from dateline.sources.models.source import Source
from dateline.sources.vocabulary import PictureKind, ShownPeople


class Picture(ReadByPages, AbstractImage):
    """A picture with what an editor must know before using it (I18)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    credit = models.CharField(max_length=200, blank=True)
    rights = models.CharField(max_length=500, blank=True)
    caption = models.TextField(blank=True, max_length=1000)
    alt_text = models.TextField(blank=True, max_length=1000)
    captions = models.JSONField(default=dict, blank=True)
    alt_texts = models.JSONField(default=dict, blank=True)
    taken_at = models.CharField(max_length=40, blank=True)
    kind = models.CharField(
        "what it is",
        max_length=12,
        choices=PictureKind.choices,
        default=PictureKind.PHOTOGRAPH,
        blank=True,
    )
    taken_on = models.DateField("when it was taken", null=True, blank=True)
    taken_place = models.CharField("where it was taken", max_length=200, blank=True)
    is_archive = models.BooleanField(
        "archive picture",
        default=False,
        help_text="Of another event than those that articles show it with. Older ones "
        "are called so by themselves.",
    )
    people = models.CharField(
        "who can be recognized", max_length=12, choices=ShownPeople.choices, blank=True
    )
    identified_by = models.CharField(
        "who identified them",
        max_length=300,
        blank=True,
        help_text="Who says who is shown, and how they know.",
    )
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
        "kind",
        "taken_on",
        "taken_place",
        "is_archive",
        "people",
        "identified_by",
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

    def readings(self) -> dict[str, object]:
        """Return what renditions are made from, and what stands beside them."""
        made_from = (self.width, self.height, self.file_hash, str(self.file))
        focus = (self.focal_point_x, self.focal_point_y)
        beside = (self.credit, self.rights, self.is_archive)
        return {
            tags.picture(self.pk): (*made_from, *beside),
            tags.cropped(self.pk): (*focus, self.default_alt_text, self.alt_texts),
        }


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
