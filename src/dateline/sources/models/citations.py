"""What a source is cited from, kept; and what it rests on in turn."""

from typing import Any, Never

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q

from dateline.people.models import User
from dateline.sources.models.source import Source
from dateline.sources.models.wire import WireItem
from dateline.sources.rules import MOST_STEPS
from dateline.sources.vocabulary import KeptForm


class CitationKept(PermissionDenied):
    """A citation says what was cited then; a better one is made beside it."""


def _refuse_edit() -> Never:
    raise CitationKept("A citation is never edited or deleted: make another.")


class KeptCopy(models.Model):
    """
    A page, file, recording or mail as it was when somebody here read it.

    The bytes lie under ``originals/`` by their hash (``originals.py``); a page is a
    WARC 1.1 file that holds request and answer. ``text`` is what can be read of it,
    for finding quotations in; it is never shown as markup.
    """

    form = models.CharField(max_length=10, choices=KeptForm.choices)
    title = models.CharField(max_length=300, blank=True)
    address = models.URLField(blank=True, max_length=2000)
    original_path = models.CharField(max_length=200)
    original_hash = models.CharField(max_length=64)
    original_size = models.PositiveBigIntegerField()
    original_type = models.CharField(max_length=100, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    text = models.TextField(blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-kept_at", "-id")
        verbose_name_plural = "kept copies"
        indexes = (models.Index(fields=["original_hash"], name="kept_copy_hash"),)

    def __str__(self) -> str:
        return self.title or self.address or self.get_form_display()


class CitationQuerySet(models.QuerySet["Citation"]):
    def update(self, **values: Any) -> int:
        # Merging twins alone moves a citation to another row of the same source.
        if set(values) - {"source", "source_id"}:
            _refuse_edit()
        return super().update(**values)

    def delete(self) -> Never:
        _refuse_edit()


class Citation(models.Model):
    """
    What one source said in one place: the step on which a statement rests.

    It may rest on a further citation ("Nikkei Asia, citing people it does not name").
    A step that the one before it describes and does not name has no source but words:
    ``described_as``. A citation rests only on an older one, so no circle can be.
    """

    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
    )
    described_as = models.CharField(max_length=200, blank=True)
    wire_item = models.ForeignKey(
        WireItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
    )
    kept_copy = models.ForeignKey(
        KeptCopy,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
    )
    place = models.CharField(max_length=200, blank=True)
    said_on = models.DateField(null=True, blank=True)
    rests_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resting_citations",
    )
    depth = models.PositiveSmallIntegerField(default=1, editable=False)
    cited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cited_at = models.DateTimeField()

    objects = CitationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="citation_names_or_describes",
                condition=Q(source__isnull=False, described_as="")
                | (Q(source__isnull=True) & ~Q(described_as="")),
            ),
            models.CheckConstraint(
                name="citation_rests_on_older",
                condition=Q(rests_on__isnull=True) | Q(rests_on__lt=F("id")),
            ),
            models.CheckConstraint(
                name="citation_depth",
                condition=Q(rests_on__isnull=True, depth=1)
                | Q(rests_on__isnull=False, depth__gt=1, depth__lte=MOST_STEPS),
            ),
            models.CheckConstraint(
                name="citation_keeps_one_thing",
                condition=Q(wire_item__isnull=True) | Q(kept_copy__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.described_as or str(self.source)

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            _refuse_edit()
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> Never:
        _refuse_edit()
