"""What the desk reads: where articles stand, and what waits for whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from dateline.articles.models import Article, ArticleQuerySet
from dateline.desk.vocabulary import Standing
from dateline.people.models import User
from dateline.publishing.facts import may_use_door
from dateline.publishing.models import Publication, Schedule
from dateline.publishing.vocabulary import PublicState

MOST_LISTED = 1000
"""A list never walks further than this: a narrower question finds older ones."""


def in_workflow(*statuses: str) -> QuerySet[WorkflowState]:
    """Return the reviews of articles that stand at one of these."""
    # `active()` names both open states, so that the partial index on them is used.
    kind = ContentType.objects.get_for_model(Article)
    states = WorkflowState.objects.active()
    found = states.filter(base_content_type=kind, status__in=statuses)
    return cast("QuerySet[WorkflowState]", found)


def _reviewed(*statuses: str) -> Any:
    number = Cast("object_id", BigIntegerField())
    return in_workflow(*statuses).annotate(number=number).values("number")


def _killed() -> QuerySet[Publication, tuple[int]]:
    return Publication.objects.filter(state=PublicState.KILLED).values_list(
        "article_id"
    )


def _pending() -> QuerySet[Schedule, tuple[int]]:
    return Schedule.objects.filter(done_at__isnull=True).values_list("article_id")


def standing_at(
    articles: QuerySet[Article], standing: Standing | str
) -> QuerySet[Article]:
    """Return those of `articles` that stand so."""
    return NARROWED[Standing(standing)](articles)


Narrowing = Callable[[QuerySet[Article]], QuerySet[Article]]


def _drafts(articles: QuerySet[Article]) -> QuerySet[Article]:
    public = Publication.objects.filter(article=OuterRef("pk"))
    never_out = articles.filter(~Exists(public), live=False, spiked_at__isnull=True)
    return never_out.exclude(pk__in=_pending())


NARROWED: dict[Standing, Narrowing] = {
    Standing.DRAFT: _drafts,
    Standing.IN_REVIEW: lambda rows: rows.filter(
        pk__in=_reviewed(WorkflowState.STATUS_IN_PROGRESS)
    ),
    Standing.RETURNED: lambda rows: rows.filter(
        pk__in=_reviewed(WorkflowState.STATUS_NEEDS_CHANGES)
    ),
    Standing.SCHEDULED: lambda rows: rows.filter(pk__in=_pending()),
    Standing.PUBLISHED: lambda rows: rows.filter(live=True),
    Standing.CHANGED: lambda rows: rows.filter(live=True, has_unpublished_changes=True),
    Standing.KILLED: lambda rows: rows.filter(pk__in=_killed()),
    Standing.SPIKED: lambda rows: rows.filter(spiked_at__isnull=False),
}


def matching_words(articles: QuerySet[Article], text: str) -> QuerySet[Article]:
    """Return those whose headline or slugline holds each word, in any case."""
    for word in text.split()[:8]:
        found = Q(**{f"headline__{_lookup(word)}": _pattern(word)})
        articles = articles.filter(
            found | Q(**{f"slugline__{_lookup(word)}": _pattern(word)})
        )
    return articles


def _lookup(word: str) -> str:
    # SQLite's LIKE folds the case of ASCII letters alone; its REGEXP is Python's.
    folds = word.isascii() or word.lower() == word.upper()
    return "icontains" if folds or connection.vendor != "sqlite" else "iregex"


def _pattern(word: str) -> str:
    if _lookup(word) == "icontains":
        return word
    return "".join(c if c.isalnum() else f"\\{c}" for c in word)


def newest_ids(articles: QuerySet[Article], *, first: Iterable[int] = ()) -> list[int]:
    """Return the newest ids of a list, those in `first` before all others."""
    order = articles.order_by("-updated_at", "-id").values_list("pk", flat=True)
    urgent = list(order.filter(pk__in=list(first))) if first else []
    held = set(urgent)
    rest = [pk for pk in order[:MOST_LISTED] if pk not in held]
    return (urgent + rest)[:MOST_LISTED]


def waiting_for(user: User) -> list[int]:
    """Return the ids of the articles that wait for this person."""
    returned = in_workflow(WorkflowState.STATUS_NEEDS_CHANGES).filter(requested_by=user)
    ids = list(returned.values_list("object_id", flat=True)[:MOST_LISTED])
    if may_use_door(user):
        review = in_workflow(WorkflowState.STATUS_IN_PROGRESS)
        ids += review.values_list("object_id", flat=True)[:MOST_LISTED]
    return [int(pk) for pk in ids]


@dataclass(frozen=True)
class Standings:
    """Where a handful of articles stand, read with three questions."""

    publications: dict[int, Publication]
    reviews: dict[int, str]
    schedules: dict[int, Schedule]

    def of(self, article: Article) -> Standing:
        """Return the one word that says most about this article."""
        publication = self.publications.get(article.pk)
        if publication and not publication.is_public:
            return Standing.KILLED
        if article.spiked_at:
            return Standing.SPIKED
        if article.pk in self.schedules:
            return Standing.SCHEDULED
        return self._review(article) or self._published(article)

    def _review(self, article: Article) -> Standing | None:
        return {
            WorkflowState.STATUS_IN_PROGRESS: Standing.IN_REVIEW,
            WorkflowState.STATUS_NEEDS_CHANGES: Standing.RETURNED,
        }.get(self.reviews.get(article.pk, ""))

    @staticmethod
    def _published(article: Article) -> Standing:
        if not article.live:
            return Standing.DRAFT
        changed = article.has_unpublished_changes
        return Standing.CHANGED if changed else Standing.PUBLISHED


def standings(articles: Iterable[Article]) -> Standings:
    """Read where these articles stand."""
    ids = [article.pk for article in articles]
    reviews = in_workflow(
        WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES
    ).filter(object_id__in=[str(pk) for pk in ids])
    return Standings(
        publications={
            row.article_id: row
            for row in Publication.objects.filter(article_id__in=ids)
        },
        reviews={int(row.object_id): row.status for row in reviews},
        schedules={
            row.article_id: row
            for row in Schedule.objects.filter(article_id__in=ids, done_at__isnull=True)
        },
    )


def listed(ids: list[int]) -> list[Article]:
    """Return these articles in this order, with all that a list shows of them."""
    rows: ArticleQuerySet = Article.objects.filter(pk__in=ids)
    found = {
        row.pk: row
        for row in rows.select_related("section")
        .defer("body", "lede", "ednote")
        .prefetch_related("bylines__contributor")
    }
    return [found[pk] for pk in ids if pk in found]
