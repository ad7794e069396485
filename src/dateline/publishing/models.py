"""
What readers can get, and the log that vouches for it.

A `Publication` cannot exist without a `Version`, nor a version without its
`LogEntry`; guards in the database refuse a live article without a publication,
and any change of the log (``publishing/guards.py``).
"""

from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from dateline.articles.models import (
    Article,
    Place,
    Section,
    Story,
    refuse_closed_door,
)
from dateline.articles.vocabulary import Form
from dateline.people.models import User
from dateline.plumbing.json_text import ReadableEncoder
from dateline.publishing.rules import InterestKind, Level, Overriders, Reply
from dateline.publishing.rules.retrying import wait_after
from dateline.publishing.vocabulary import Act, ListKind, PublicState
from dateline.sources.models import Picture


def _level(default: Level, label: str, help_text: str = "") -> Any:
    return models.CharField(
        label,
        max_length=8,
        choices=Level.choices,
        default=default,
        help_text=help_text,
    )


class LogEntry(models.Model):
    """
    One act, chained to the one before it and signed.

    It holds hashes and no copy, so that what a law makes the newsroom remove
    can go while the chain still verifies.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    act = models.CharField(max_length=12, choices=Act.choices)
    recorded_at = models.DateTimeField()
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="log_entries"
    )
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    payload = models.JSONField(encoder=ReadableEncoder)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("sequence",)
        verbose_name_plural = "log entries"

    def __str__(self) -> str:
        return f"{self.sequence} {self.act}"


class ChainHead(models.Model):
    """The newest entry. One row; an act locks it, so entries never fork."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(name="one_head", condition=Q(id=1)),)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


class Version(models.Model):
    """
    One public state of an article, as a snapshot that nothing edits.

    ``content`` is the snapshot (docs/architecture.md), ``nonce`` the secret that
    keeps its hash from being guessed once a passage has been redacted.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=Act.choices)
    entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, related_name="version"
    )
    content = models.JSONField(encoder=ReadableEncoder)
    content_hash = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    published_at = models.DateTimeField()
    redacted_by = models.ForeignKey(
        LogEntry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="redacted_versions",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("article", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["article", "number"], name="version_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id} v{self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        # The gate leaves its count in the entry: see actions.passing.write_version.
        if self._state.adding and "gate" not in self.entry.payload:
            refuse_closed_door("A version that the gate has not seen")
        super().save(*args, **options)


class Publication(models.Model):
    """An article that is or was public: what readers can get of it now."""

    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, related_name="publication"
    )
    uid = models.UUIDField(unique=True)
    original_uid = models.UUIDField(db_index=True)
    language = models.CharField(max_length=8)
    form = models.CharField(max_length=10, choices=Form.choices)
    purpose = models.CharField(max_length=20, blank=True)
    date = models.DateField()
    slug = models.CharField(max_length=90)
    state = models.CharField(
        max_length=8, choices=PublicState.choices, default=PublicState.PUBLIC
    )
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, related_name="publication"
    )
    entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, related_name="publication"
    )
    headline = models.CharField(max_length=300)
    lede = models.TextField(blank=True)
    byline = models.JSONField(default=list, encoder=ReadableEncoder)
    genre = models.CharField(max_length=12)
    urgency = models.PositiveSmallIntegerField(default=5)
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, related_name="+"
    )
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, null=True, related_name="+"
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+"
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["language", "date", "slug"],
                name="one_article_an_address",
                condition=Q(form="article"),
            ),
            models.UniqueConstraint(
                fields=["language", "purpose"],
                name="one_standing_page_a_purpose",
                condition=Q(form="standing"),
            ),
        )
        indexes = (
            # Holds all that a `PublicDay` is counted from.
            models.Index(
                fields=["form", "state", "date", "updated_at"], name="publication_day"
            ),
            models.Index(fields=["state", "-updated_at"], name="publication_state"),
        )
        permissions = (("use_door", "Can publish, correct, redact and kill"),)

    def __str__(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        if self.form == Form.STANDING:
            return f"/{self.language}/{self.purpose}/"
        return f"/{self.language}/{self.date:%Y/%m/%d}/{self.slug}/"

    @property
    def is_public(self) -> bool:
        return self.state == PublicState.PUBLIC


class Listing(models.Model):
    """
    One public article's place in one list.

    Denormalized: the newest of a topic among a million articles is one range of
    one index, and never a join. In the list of a source, ``weight`` is how many of its
    statements rest on it.
    """

    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=12, choices=ListKind.choices)
    key = models.CharField(max_length=80, blank=True)
    weight = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="listings"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["publication", "kind", "key"], name="listed_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["language", "kind", "key", "-published_at", "-publication"],
                name="listing_newest",
            ),
        )

    def __str__(self) -> str:
        return f"{self.language}/{self.kind}/{self.key}"


class PublicSource(models.Model):
    """
    How much of an edition rests on one source: the sum of its list, kept by each act.

    ``key`` is the source's number; all that are not named are one, ``unnamed``.
    """

    language = models.CharField(max_length=8)
    key = models.CharField(max_length=20)
    articles = models.IntegerField(default=0)
    statements = models.IntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["language", "key"], name="public_source_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.language}/{self.key}: {self.statements}"


class PublicDay(models.Model):
    """
    A day with public articles: how many, and when one of them last changed.

    The index of sitemaps names every day there ever was. Each act keeps its own
    day's row, so that nobody counts a million articles to print it.
    """

    date = models.DateField(primary_key=True)
    articles = models.PositiveIntegerField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.date}: {self.articles}"


class FormerAddress(models.Model):
    """
    An address an article once had: it redirects for ever.

    Only the slug's hash is kept, so that an address which a redaction had to
    change (it held the name) still leads on without keeping the name.
    """

    language = models.CharField(max_length=8)
    date = models.DateField()
    slug_hash = models.CharField(max_length=64)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="former_addresses"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["language", "date", "slug_hash"], name="former_address_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.language} {self.date} → {self.publication_id}"


class Correction(models.Model):
    """What was wrong, said in full."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="corrections"
    )
    language = models.CharField(max_length=8)
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, related_name="correction"
    )
    text = models.TextField(max_length=2000)
    corrected_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = (
            models.Index(
                fields=["language", "-corrected_at", "-id"], name="correction_newest"
            ),
        )

    def __str__(self) -> str:
        return self.text


class Tombstone(models.Model):
    """What stays where an article was withdrawn: which desk, when, why."""

    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="tombstone"
    )
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="+")
    desk = models.CharField(max_length=120)
    nonce = models.CharField(max_length=64)
    reason = models.TextField(max_length=2000)
    killed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.reason


class Redaction(models.Model):
    """That something was removed from an article's versions, and on what ground."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="redactions"
    )
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)
    nonce = models.CharField(max_length=64)
    redacted_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.reason


class Schedule(models.Model):
    """An approved draft that goes public by itself at its minute."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="schedules"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    tried_at = models.DateTimeField(null=True)
    tried_on = models.CharField(max_length=64, blank=True, db_default="")
    """A hash of what decided when it was tried: something else is tried at once."""
    trouble = models.TextField(blank=True, db_default="")
    """Why it broke; empty if the process ended before it could say so."""

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article"],
                name="one_pending_schedule",
                condition=Q(done_at__isnull=True),
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at"],
                name="schedule_due",
                condition=Q(done_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id} at {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def next_try_at(self) -> datetime | None:
        """When it is tried again, of one that broke; earlier if something changes."""
        return self.tried_at and self.tried_at + wait_after(self.tries)


class Override(models.Model):
    """That somebody let a text pass what the gate refused, and why."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="overrides"
    )
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField(default=dict)
    reason = models.TextField(max_length=2000)
    nonce = models.CharField(max_length=64)
    overridden_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.reason


class Accusation(models.Model):
    """
    What somebody here answered for a statement that may accuse a named person (I7).

    It holds for the words as they were: ``words`` is their hash, or that of a whole
    text in a language for which Dateline has no list of words.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="accusations"
    )
    words = models.CharField(max_length=16)
    accuses = models.BooleanField()
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True)
    asked_of = models.CharField(max_length=200, blank=True)
    asked_how = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer_by_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, max_length=4000)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="recorded by"
    )
    answered_at = models.DateTimeField("recorded at")
    seconded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seconded_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article", "words"], name="accusation_answered_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id} {self.words}"


class Interest(models.Model):
    """
    Whom the newsroom belongs to, is paid by, or is bound to otherwise (I19).

    An article that names one carries its ``disclosures`` sentence at its foot.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=10, choices=InterestKind.choices, default=InterestKind.OWNER
    )
    aliases = models.TextField(
        "other names",
        blank=True,
        max_length=4000,
        help_text="One a line: subsidiaries, short names, other scripts, and forms "
        "that change more than an ending.",
    )
    disclosures = models.JSONField(default=dict, blank=True)
    is_declared = models.BooleanField("articles disclose it", default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def all_names(self) -> list[str]:
        """Return its name and aliases, each once."""
        lines = (line.strip() for line in (self.name, *self.aliases.splitlines()))
        return list(dict.fromkeys(line for line in lines if line))


class Namesake(models.Model):
    """That somebody said: what this text names is not our interest of that name."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="namesakes"
    )
    interest = models.ForeignKey(
        Interest, on_delete=models.CASCADE, related_name="namesakes"
    )
    words = models.CharField(max_length=16)
    reason = models.CharField(max_length=500)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["article", "interest"], name="namesake_said_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id}: not {self.interest_id}"


@register_setting(icon="lock", order=110)
class GatePolicy(BaseGenericSetting):
    """What the newsroom asks of a text before it is public. One row, one page."""

    unsourced = _level(
        Level.REFUSE, "A statement rests on no source and nobody stands for it"
    )
    single_source = _level(
        Level.WARN, "A statement rests on a wire item whose own sentence cites nobody"
    )
    marks = _level(Level.WARN, "More statements are marked than the share below")
    most_marked = models.PositiveSmallIntegerField(
        "Statements that may be marked, in percent",
        default=30,
        validators=[MaxValueValidator(100)],
    )
    quotation = _level(Level.REFUSE, "A quotation is not what its source says")
    quotation_translated = _level(
        Level.REFUSE, "A quotation is translated, without its original beside it"
    )
    quotation_doubt = _level(
        Level.WARN, "A quotation is in its source, but cut so that it may mislead"
    )
    quotation_unkept = _level(
        Level.WARN, "Of a quotation no source is kept to compare it with"
    )
    rate = _level(Level.WARN, "More articles an hour stand under one name than below")
    most_an_hour = models.PositiveSmallIntegerField(
        "Articles an hour under one name", default=6
    )
    near = _level(
        Level.WARN, "More of a text than below stands in unlicensed wire items"
    )
    most_copied = models.PositiveSmallIntegerField(
        "Words that may stand in such items too, in percent",
        default=30,
        validators=[MaxValueValidator(100)],
        help_text="An unlicensed item is one of a source whose page does not say that "
        "it is licensed. Quotations of it do not count.",
    )
    contradictions = _level(
        Level.WARN, "Sources number the same thing differently, and nobody says so"
    )
    accusation = _level(
        Level.WARN,
        "A named person stands beside words of crime, without what that needs",
        "A second editor, a reply asked for, and who identified people in a picture.",
    )
    reply_hours = models.PositiveSmallIntegerField(
        "Hours that an accused person has to answer", default=4
    )
    accusation_unasked = _level(
        Level.WARN,
        "Nobody answered whether a text accuses a named person",
        "Asked in languages for which Dateline has no list of words.",
    )
    interest = _level(
        Level.REFUSE,
        "An owner, funder or other declared interest is named and not disclosed",
    )
    picture = _level(
        Level.WARN,
        "Nobody said of a photograph when or where it was taken, or what it shows",
    )
    archive_days = models.PositiveSmallIntegerField(
        "Days after which readers see it called an archive picture",
        default=30,
        help_text="From the day it was taken to the day its article is published.",
    )
    four_eyes = _level(Level.OFF, "Nobody but its writer has seen a text")
    unnamed = _level(
        Level.WARN, "No other editor on the staff knows who an unnamed source is"
    )
    asks_opinion = models.BooleanField(
        "Opinion and reviews are asked for sources too",
        default=False,
        help_text="Their page says what they are.",
    )
    overriders = models.CharField(
        "Who may let pass what is refused",
        max_length=16,
        choices=Overriders.choices,
        default=Overriders.ADMINISTRATORS,
    )
    shows_overrides = models.BooleanField(
        "Readers are told of an override", default=True
    )

    class Meta:
        verbose_name = "gate"

    def __str__(self) -> str:
        return "The gate"
