"""Which pages an act makes stale, said as the tags that they read."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from dateline.articles.vocabulary import Form
from dateline.editions.queries import timezone
from dateline.plumbing.prepared import Prepared
from dateline.publishing import tags
from dateline.publishing.models import Correction, Listing, Publication
from dateline.publishing.queries import NEWEST_FIRST
from dateline.publishing.tags import Shows
from dateline.publishing.vocabulary import ListKind, PublicState


@dataclass(frozen=True)
class Shown:
    """What pages show of an article beside its text, to be compared after an act."""

    path: str
    title: str
    teaser: tuple[object, ...]
    card: object
    urgency: int

    @classmethod
    def of(cls, row: Publication) -> "Shown":
        names = [who["name"] for who in row.byline]
        return cls(
            path=row.path,
            title=row.headline,
            teaser=(row.lede, names, row.section_id, row.genre),
            card=row.picture_id,
            urgency=row.urgency,
        )

    def first_changed(self, now: "Shown") -> Shows:
        """Return the least of the article that reads differently now."""
        compared = (
            (Shows.PATH, self.path, now.path),
            (Shows.TITLE, self.title, now.title),
            (Shows.TEASER, self.teaser, now.teaser),
            (Shows.CARD, self.card, now.card),
        )
        changed = (shows for shows, before, after in compared if before != after)
        return next(changed, Shows.ARTICLE)


def everything_of(publication: Publication, since: Shows = Shows.PATH) -> set[str]:
    """Return what every page carries that shows so much of the article, or more."""
    levels = list(Shows)
    return {
        tags.shown(shows, publication.article_id)
        for shows in levels[levels.index(since) :]
    }


def by_appearing(publication: Publication) -> set[str]:
    """Return what an article's first publication makes stale, beside its lists."""
    return {
        tags.HEAD,
        tags.uid(publication.uid),
        *_by_address(publication),
        *_by_day(publication),
        *_by_coming_and_going(publication),
    }


def by_vanishing(publication: Publication) -> set[str]:
    """Return what a kill makes stale, beside its lists."""
    told = Correction.objects.filter(publication=publication)
    ids = told.values_list("pk", flat=True)
    return {
        tags.HEAD,
        tags.group(publication.original_uid),
        tags.withdrawn(publication.language),
        *everything_of(publication),
        *(tags.correction(publication.language, one) for one in ids),
        *_by_day(publication),
        *_by_coming_and_going(publication),
    }


def by_version(publication: Publication, before: Shown, number: int) -> set[str]:
    """Return what a new version makes stale, beside the lists that it changes."""
    now = Shown.of(publication)
    found = {
        tags.HEAD,
        tags.version(publication.article_id, number),
        *everything_of(publication, before.first_changed(now)),
        *_by_day(publication),
    }
    if before.urgency != now.urgency:
        found.add(tags.urgencies(publication.language))
    return found | by_moving(publication, before)


def by_redaction(
    publication: Publication, before: Shown, versions: list[int], corrections: list[int]
) -> set[str]:
    """Return what a redaction makes stale that changed these versions and notices."""
    language = publication.language
    return {
        tags.HEAD,
        *(tags.version(publication.article_id, number) for number in versions),
        *(tags.correction(language, one) for one in corrections),
        *everything_of(publication, before.first_changed(Shown.of(publication))),
        *by_moving(publication, before),
    }


def by_moving(publication: Publication, before: Shown) -> set[str]:
    """Return what a change of address makes stale, if it changed."""
    if before.path == publication.path:
        return set()
    return _by_address(publication) | _by_day(publication)


def by_correcting(correction: Correction) -> set[str]:
    """Return the gap that a new correction fills among those of its edition."""
    others = Correction.objects.filter(
        language=correction.language, publication__state=PublicState.PUBLIC
    ).exclude(pk=correction.pk)
    older = others.filter(corrected_at__lte=correction.corrected_at)
    below = older.order_by("-corrected_at", "-id").values_list("pk", flat=True).first()
    return {tags.correction(correction.language, below)}


def by_listing(
    publication: Publication,
    entered: set[tuple[str, str]],
    left: set[tuple[str, str]],
) -> set[str]:
    """Return what entering and leaving lists makes stale; the rows are written."""
    language, article = publication.language, publication.article_id
    found = {tags.place(language, kind, key, article) for kind, key in left}
    below: dict[tuple[str, str], int | None] = {}
    if entered:
        rows = _BELOW(language=language, publication=publication.pk)
        below = {(kind, key): article for kind, key, article in rows}
    found |= {tags.place(language, *place, below.get(place)) for place in entered}
    for kind, key in entered | left:
        is_last = below.get((kind, key)) is None
        if kind == ListKind.SECTION and is_last and not _others(publication, kind, key):
            found.add(tags.filled_sections(language))
        if kind == ListKind.LATEST and not _others_of_day(publication):
            found.add(tags.month(language, _day_of(publication)))
    return found


def _others(publication: Publication, kind: str, key: str) -> bool:
    """Tell whether anything else stands in a list of its edition."""
    others = _OTHERS(
        language=publication.language, kind=kind, key=key, publication=publication.pk
    )
    return bool(others)


_OTHERS = Prepared(
    lambda *, language, kind, key, publication: (
        Listing.objects.filter(language=language, kind=kind, key=key)
        .exclude(publication_id=publication)
        .values_list("pk")[:1]
    )
)
_OTHERS_BETWEEN = Prepared(
    lambda *, language, kind, publication, start, end: (
        Listing.objects.filter(
            language=language,
            kind=kind,
            key="",
            published_at__gte=start,
            published_at__lt=end,
        )
        .exclude(publication_id=publication)
        .values_list("pk")[:1]
    )
)


def _older_there(language: Any, publication: Any) -> QuerySet[Listing, Any]:
    older = Listing.objects.filter(
        Q(published_at__lt=OuterRef("published_at"))
        | Q(publication_id__lt=publication),
        language=language,
        kind=OuterRef("kind"),
        key=OuterRef("key"),
        published_at__lte=OuterRef("published_at"),
    ).exclude(publication_id=publication)
    return older.order_by(*NEWEST_FIRST).values("publication__article_id")[:1]


# Its lists, each with the article next older there, None at its foot.
_BELOW = Prepared(
    lambda *, language, publication: Listing.objects.filter(
        publication_id=publication
    ).values_list("kind", "key", Subquery(_older_there(language, publication)))
)


def _day_of(publication: Publication) -> datetime:
    return publication.published_at.astimezone(timezone())


def _others_of_day(publication: Publication) -> bool:
    """Tell whether its edition published anything else on that day of the newsroom."""
    zone, day = timezone(), _day_of(publication).date()
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    others = _OTHERS_BETWEEN(
        language=publication.language,
        kind=ListKind.LATEST,
        publication=publication.pk,
        start=start,
        end=end,
    )
    return bool(others)


def _by_address(publication: Publication) -> set[str]:
    return {tags.address(publication.path), tags.group(publication.original_uid)}


def _by_day(publication: Publication) -> set[str]:
    if publication.form != Form.ARTICLE:
        return set()
    return {tags.day(publication.date), tags.DAYS}


def _by_coming_and_going(publication: Publication) -> set[str]:
    is_standing = publication.form == Form.STANDING
    return {tags.standing(publication.language)} if is_standing else set()
