"""
Copy, as the desk writes it.

An `Article` row is the desk's working copy and follows the newest draft.
Readers never read it: what they get is a `Publication` of ``publishing``.
"""

import uuid
from typing import Any, Never

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from dateline import languages
from dateline.articles import tags
from dateline.articles.blocks import BodyBlock
from dateline.articles.fields import BodyField
from dateline.articles.slugs import slug_from
from dateline.articles.vocabulary import (
    Form,
    Genre,
    MarkKind,
    Purpose,
    Settled,
    Status,
)
from dateline.pagestore.edits import ReadByPages
from dateline.people.models import Contributor, User, slug_validator
from dateline.sources.models import Citation, Picture, Source, WireItem

DOOR_FIELDS = {
    "id",
    "uid",
    "live",
    "live_revision",
    "first_published_at",
    "last_published_at",
    "spiked_at",
    "created_at",
    "created_by",
}
"""Columns that only `publishing` or the first save writes."""


class ClosedDoor(PermissionDenied):
    """Something tried to change what readers can get without `publishing`."""


def refuse_closed_door(way: str) -> Never:
    msg = (
        f"{way} is closed: nothing becomes public, or stops being so, but through "
        "dateline.publishing.actions."
    )
    raise ClosedDoor(msg)


class WithNames(ReadByPages):
    """Something with a name in each language: ``{"en": …, "uk": …}``."""

    names = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        """Return the name in that language; failing that in English, or any."""
        name: str = (
            self.names.get(language)
            or self.names.get("en")
            or next(iter(self.names.values()), "")
        )
        return name

    def tags_in(self, language: str) -> tuple[str, ...]:
        """Return the tags of what a page in that language calls it."""
        return tags.looked_up(self.kind, self.key, language, self.names)

    def readings(self) -> dict[str, object]:
        """Return what it is called in each language, and in those without a name."""
        spoken = {code: name for code, name in self.names.items() if name}
        spoken[tags.OTHER] = self.name_in("")
        return {
            tags.named(self.kind, self.key, code): name for code, name in spoken.items()
        }

    @property
    def kind(self) -> str:
        return str(self._meta.model_name)

    @property
    def key(self) -> str:
        """What it is called in addresses and tags."""
        raise NotImplementedError


class Named(WithNames):
    """Something with names, and one slug everywhere."""

    slug = models.CharField(max_length=80, unique=True, validators=[slug_validator])

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        return self.slug


class Section(Named):
    """Where readers find an article."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def readings(self) -> dict[str, object]:
        """Return its names, alone and among those of all sections in their order."""
        alone = super().readings()
        among = {
            tags.sections(tag.rpartition(":")[2]): name for tag, name in alone.items()
        }
        order = list(Section.objects.values_list("slug", flat=True))
        return alone | among | {tags.SECTIONS: order}


class Place(Named):
    """Where something happened."""

    country = models.CharField(max_length=2, blank=True)
    latitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        max_digits=8, decimal_places=5, null=True, blank=True
    )

    class Meta:
        ordering = ("slug",)


class Story(Named):
    """The running subject: everything written on it hangs together."""

    is_running = models.BooleanField(default=True)

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "stories"


class Topic(WithNames):
    """An IPTC Media Topic."""

    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="narrower"
    )
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)

    @property
    def key(self) -> str:
        return self.code

    @property
    def slug(self) -> str:
        return self.code.removeprefix("medtop:")


class ArticleQuerySet(models.QuerySet["Article"]):
    def delete(self) -> Never:
        refuse_closed_door("Deleting articles")

    def unspiked(self) -> "ArticleQuerySet":
        return self.filter(spiked_at__isnull=True)


def is_known_language(code: str) -> None:
    if code not in languages.LANGUAGES:
        raise ValidationError(f"“{code}” is none of the 104 languages.")


class Article(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One piece in one language: the working copy."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(max_length=8, validators=[is_known_language])
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.ARTICLE)
    purpose = models.CharField(max_length=20, choices=Purpose.choices, blank=True)
    genre = models.CharField(max_length=12, choices=Genre.choices, default=Genre.REPORT)
    urgency = models.PositiveSmallIntegerField(
        default=5, help_text="1 (flash) to 9 (whenever): what leads the front."
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    slugline = models.CharField(max_length=80, blank=True)
    headline = models.CharField(max_length=300)
    lede = models.TextField(max_length=2000, blank=True)
    slug = models.CharField(
        max_length=90, blank=True, validators=[slug_validator], db_index=False
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dateline = models.CharField(max_length=80, blank=True)
    byline_note = models.CharField(max_length=200, blank=True)
    body = BodyField(BodyBlock(), blank=True)
    lead_picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_caption = models.CharField(max_length=1000, blank=True)
    lead_alt = models.CharField(max_length=1000, blank=True)
    ednote = models.TextField(max_length=4000, blank=True)
    embargoed_until_at = models.DateTimeField(null=True, blank=True)
    wire_item = models.ForeignKey(
        WireItem, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    created_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    spiked_at = models.DateTimeField(null=True, blank=True, editable=False)

    live = models.BooleanField(default=False, editable=False)

    objects = ArticleQuerySet.as_manager()
    search_auto_update = False
    wagtail_reference_index_ignore = True
    exclude_fields_in_copy = ("uid", "slug", "created_by", "spiked_at")

    class Meta:
        ordering = ("-updated_at", "-id")
        indexes = (
            models.Index(fields=["-updated_at", "-id"], name="article_updated"),
            models.Index(
                fields=["language", "-updated_at", "-id"], name="article_language"
            ),
            models.Index(
                fields=["section", "-updated_at", "-id"], name="article_section"
            ),
            models.Index(fields=["live", "-updated_at", "-id"], name="article_live"),
            # The desk's lists walk these from the newest and read no row: what they
            # ask for, search in headlines included, stands in the index itself.
            models.Index(
                fields=["-updated_at", "-id", "form", "headline", "slugline"],
                condition=Q(spiked_at__isnull=True),
                name="article_found",
            ),
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(live=True, has_unpublished_changes=True),
                name="article_changed",
            ),
            models.Index(
                fields=["-updated_at", "-id"],
                condition=Q(spiked_at__isnull=False),
                name="article_spiked",
            ),
        )
        constraints = (
            # Wagtail's own clock for going public and for vanishing is never set.
            models.CheckConstraint(
                name="no_go_live_and_no_expiry",
                condition=Q(go_live_at__isnull=True, expire_at__isnull=True),
            ),
            models.CheckConstraint(
                name="standing_page_has_purpose",
                condition=(Q(form="standing") & ~Q(purpose=""))
                | (Q(form="article") & Q(purpose="")),
            ),
        )

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **options: Any) -> None:
        if not self.slug:
            source = self.purpose or self.slugline or self.headline
            self.slug = slug_from(source, fallback=f"a-{self.uid.hex[:8]}")
        super().save(*args, **options)

    # Wagtail calls it with these arguments.
    def _update_from_revision(self, revision: Any, changed: bool = True) -> None:  # noqa: FBT001, FBT002
        # Wagtail leaves a live object's row behind its draft. Readers never read
        # this row, so it follows the draft, and lists and filters stay true.
        self.latest_revision = revision
        if changed:
            self.has_unpublished_changes = True
        self.save(update_fields=self.draft_fields())

    @classmethod
    def draft_fields(cls) -> list[str]:
        """Return the fields that saving a draft writes: never those of the door."""
        concrete = {field.name for field in cls._meta.concrete_fields}
        return [*sorted(concrete - DOOR_FIELDS), "bylines", "topic_links"]

    def get_latest_revision_as_object(self) -> "Article":
        return self

    def with_content_json(self, content: dict[str, Any]) -> "Article":
        restored: Article = super().with_content_json(content)
        for name in (
            "uid",
            "created_by_id",
            "created_at",
            "spiked_at",
            "last_published_at",
            "live_revision_id",
        ):
            setattr(restored, name, getattr(self, name))
        return restored

    def publish(self, *_args: Any, **_options: Any) -> Never:
        refuse_closed_door("Wagtail's publish")

    def unpublish(self, *_args: Any, **_options: Any) -> Never:
        refuse_closed_door("Wagtail's unpublish")

    def delete(self, *_args: Any, **_options: Any) -> Never:
        refuse_closed_door("Deleting an article (spike or kill it)")

    # There is one mode, but Wagtail names it.
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002
        preview = import_string(settings.DATELINE_PREVIEW)
        response: HttpResponse = preview(request, self)
        return response

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("", "The reader's page")]


class ArticleByline(Orderable):
    """A contributor named over an article, in this order."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        indexes = (
            models.Index(fields=["contributor", "article"], name="byline_contributor"),
        )

    def __str__(self) -> str:
        return str(self.contributor)


class ArticleTopic(Orderable):
    """A topic of an article, the chief one first."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.topic)


class Attribution(models.Model):
    """
    The link from a passage of an article to the source that it rests on.

    ``span`` is a span of the text, or the handle of what is attributed as a whole:
    ``headline``, ``lede``, ``picture``, or a block's id.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="attributions"
    )
    span = models.CharField(max_length=64)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="attributions"
    )
    wire_item = models.ForeignKey(
        WireItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
    )
    citation = models.ForeignKey(
        Citation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
    )
    attributed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attributed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article", "span"], name="one_attribution_a_span"
            ),
        )
        indexes = (
            # "Where used" walks it from the newest article on and reads no row.
            models.Index(fields=["source", "article"], name="attribution_source"),
        )

    def __str__(self) -> str:
        return f"{self.span}: {self.source}"


class StatementMark(models.Model):
    """
    That a member of staff stands for one statement that rests on no source.

    It hangs on a span or handle as an attribution does. ``words`` is a hash of what
    the statement said when it was marked: a name stands for no other words.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="marks")
    span = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=MarkKind.choices)
    words = models.CharField(max_length=16)
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["article", "span"], name="one_mark_a_span"),
        )

    def __str__(self) -> str:
        return f"{self.span}: {self.get_kind_display()}"


class StatusSetting(models.Model):
    """
    That an editor said how well a statement is known, other than the rules do.

    The newest of a span holds, for the source and the words that it was said of;
    the others stay as its history. Without a status it leaves it to the rules again.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="statuses_set"
    )
    span = models.CharField(max_length=64)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="statuses_set"
    )
    words = models.CharField(max_length=16)
    status = models.CharField(max_length=12, choices=Status.choices, blank=True)
    second = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statuses_confirmed",
    )
    reason = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.span}: {self.get_status_display() or 'as the rules say'}"


class Contradiction(models.Model):
    """
    A question to which the sources of an article give different answers.

    ``sides`` are the statements, ``[{"handle", "says", "words"}]``: where each stands,
    its answer in a few of its own words, and a hash of what it said when that was
    written. A pair that only looks so is dismissed, with a reason and no question.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="contradictions"
    )
    question = models.CharField(max_length=200, blank=True)
    sides = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=Settled.choices, default=Settled.OPEN
    )
    reason = models.CharField(max_length=500, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="contradiction_asks_or_is_dismissed",
                condition=Q(state="dismissed") | ~Q(question=""),
            ),
            models.CheckConstraint(
                name="contradiction_settled_with_reason",
                condition=Q(state="open") | ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return self.question or self.reason
