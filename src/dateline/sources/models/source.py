"""Who or what we know something from, and what we know of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from dateline.pagestore.edits import ReadByPages
from dateline.people.models import User
from dateline.sources import rules, tags
from dateline.sources.vocabulary import Reuse, SourceKind


class SourceQuerySet(models.QuerySet["Source"]):
    def standing(self) -> "SourceQuerySet":
        """Leave out those that were merged into another."""
        return self.filter(merged_into__isnull=True)


class Source(ReadByPages):
    """
    Who or what we know something from.

    ``name`` is what readers read. Of an unnamed source that is a description ("a
    ministry official"); the row has no place for an identity, and the database
    refuses the free text in which one could be left.
    """

    kind = models.CharField(
        max_length=16, choices=SourceKind.choices, default=SourceKind.ORGANISATION
    )
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True)
    description = models.TextField(blank=True, max_length=2000)
    url = models.URLField(blank=True, max_length=1000)
    reuse = models.CharField(
        "its own text", max_length=12, choices=Reuse.choices, blank=True
    )
    reuse_terms = models.CharField("licence", max_length=300, blank=True)
    unnamed_reason = models.TextField(blank=True, max_length=1000)
    known_to = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unnamed_sources_known",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_sources",
    )

    objects = SourceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="unnamed_source_has_reason_and_editor",
                condition=~Q(kind="unnamed")
                | (Q(known_to__isnull=False) & ~Q(unnamed_reason="")),
            ),
            models.CheckConstraint(
                name="unnamed_source_keeps_no_more",
                condition=~Q(kind="unnamed") | Q(url="", description=""),
            ),
            models.CheckConstraint(
                name="licensed_source_says_by_what",
                condition=~Q(reuse="licensed") | ~Q(reuse_terms=""),
            ),
            models.CheckConstraint(
                name="source_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        )
        indexes = (models.Index(fields=["kind", "name"], name="source_kind_name"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """
        Write the row.

        :raises IdentityAtRisk: a named source would become an unnamed one, or back
        """
        rules.refuse_change_of_kind(getattr(self, "_kind_as_read", ""), self.kind)
        super().save(*args, **options)
        self._kind_as_read = self.kind

    @classmethod
    def from_db(cls, *args: Any, **options: Any) -> "Source":
        source = super().from_db(*args, **options)
        # What is deferred was not asked for, and is not asked for here.
        source._kind_as_read = source.__dict__.get("kind", "")
        return source

    def clean(self) -> None:
        super().clean()
        try:
            rules.refuse_change_of_kind(getattr(self, "_kind_as_read", ""), self.kind)
            if self.kind == SourceKind.UNNAMED:
                rules.refuse_contact_details(self.name, *self.names.values())
        except rules.IdentityAtRisk as refusal:
            raise ValidationError(str(refusal)) from None

    def name_in(self, language: str) -> str:
        """Return the name as readers of that language read it."""
        return str(self.names.get(language) or self.name)

    def readings(self) -> dict[str, object]:
        """Return what its public pages read of it: those who are named have one."""
        if self.kind == SourceKind.UNNAMED:
            return {}
        common = (self.name, self.kind, self.url, self.description, self.merged_into_id)
        spoken = {tags.named(self.pk, code): name for code, name in self.names.items()}
        return {tags.source(self.pk): common, **spoken}

    def tags_in(self, language: str) -> tuple[str, str]:
        """Return the tags of what a page in that language says of it."""
        return tags.source(self.pk), tags.named(self.pk, language)


class SourceNote(models.Model):
    """What somebody here found out about a source's reliability. Never edited."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=4000)
    is_public = models.BooleanField(default=False)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-noted_at", "-id")

    def __str__(self) -> str:
        return self.text[:80]


class SourceCorrection(models.Model):
    """A correction that the source itself made of what it had said."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="corrections"
    )
    text = models.TextField(max_length=4000)
    address = models.URLField(blank=True, max_length=1000)
    corrected_on = models.DateField()
    is_public = models.BooleanField(default=False)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-corrected_on", "-id")

    def __str__(self) -> str:
        return self.text[:80]


class SourceMerge(models.Model):
    """
    That a twin became one with another source, and which rows followed.

    ``moved`` holds the keys of the rows, ``{"articles.Attribution.source": [17, …]}``,
    so that the merging can be undone.
    """

    twin = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="merges_away"
    )
    into = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="merges")
    reason = models.CharField(max_length=500)
    moved = models.JSONField(default=dict)
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-merged_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["twin"],
                condition=Q(undone_at__isnull=True),
                name="one_merging_of_a_twin",
            ),
            models.CheckConstraint(
                name="merging_joins_two", condition=~Q(twin=F("into"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.twin_id} → {self.into_id}"

    @property
    def moved_count(self) -> int:
        return sum(len(keys) for keys in self.moved.values())
