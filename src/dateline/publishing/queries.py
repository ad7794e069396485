"""
What readers can get. Every read leaves the tags that tell what it depends on.

Only publications and versions are read here, never working copies: a draft or
an embargoed text cannot leak from a table that it is not in.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.functions import TruncDate

from dateline.articles.models import Section
from dateline.articles.vocabulary import Form
from dateline.pagestore.tags import read
from dateline.publishing import tags
from dateline.publishing.lists import slug_hash
from dateline.publishing.models import (
    ChainHead,
    Correction,
    FormerAddress,
    Listing,
    LogEntry,
    Publication,
    PublicDay,
    Redaction,
    Tombstone,
    Version,
)
from dateline.publishing.vocabulary import Act, ListKind, PublicState

LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Cursor:
    """A place in a list that newer articles do not shift."""

    published_at: datetime.datetime
    publication_id: int

    def spelled(self) -> str:
        """Return the cursor as it stands in an address."""
        moment = self.published_at.astimezone(datetime.UTC)
        return f"{moment:%Y%m%dT%H%M%S.%f}-{self.publication_id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Return the cursor an address names, or None if it names none."""
        moment, _, number = text.partition("-")
        if not number.isascii() or not number.isdigit() or len(number) > LONGEST_NUMBER:
            return None
        try:
            told = datetime.datetime.strptime(moment + "+0000", "%Y%m%dT%H%M%S.%f%z")
        except ValueError:
            return None
        return cls(told, int(number))


def get_publication(
    language: str, date: datetime.date, slug: str
) -> Publication | None:
    """Return the article at an address, public or killed, with its version."""
    found = (
        Publication.objects.select_related(
            "version__entry", "section", "story", "place", "picture"
        )
        .filter(language=language, date=date, slug=slug, form=Form.ARTICLE)
        .first()
    )
    if found is None:
        read(tags.address(f"/{language}/{date:%Y/%m/%d}/{slug}/"))
    else:
        read(tags.article(found.article_id), tags.group(found.original_uid))
    return found


def get_standing(language: str, purpose: str) -> Publication | None:
    """Return a standing page of an edition, public or killed."""
    read(tags.address(f"/{language}/{purpose}/"))
    found = (
        Publication.objects.select_related("version__entry", "picture")
        .filter(language=language, purpose=purpose, form=Form.STANDING)
        .first()
    )
    if found is not None:
        read(tags.article(found.article_id))
    return found


def standing_purposes(language: str) -> list[str]:
    """Return which standing pages an edition has, for its footer."""
    read(f"{tags.STANDING}:{language}")
    return list(
        Publication.objects.filter(
            language=language, form=Form.STANDING, state=PublicState.PUBLIC
        )
        .order_by("id")
        .values_list("purpose", flat=True)
    )


def moved_to(language: str, date: datetime.date, slug: str) -> Publication | None:
    """Return what now stands elsewhere and once stood at this address."""
    row = (
        FormerAddress.objects.select_related("publication")
        .filter(language=language, date=date, slug_hash=slug_hash(slug))
        .first()
    )
    if row is None:
        return None
    read(tags.article(row.publication.article_id))
    return row.publication


def newest(
    language: str,
    kind: ListKind = ListKind.LATEST,
    key: str = "",
    *,
    limit: int,
    before: Cursor | None = None,
) -> list[Publication]:
    """Return up to `limit` public articles of a list, newest first."""
    read(tags.listing(language, kind.value, key))
    rows = Listing.objects.filter(language=language, kind=kind, key=key)
    if before is not None:
        rows = rows.filter(
            Q(published_at__lt=before.published_at)
            | Q(
                published_at=before.published_at,
                publication_id__lt=before.publication_id,
            ),
            # Said once more on its own, it bounds the range that the index walks.
            published_at__lte=before.published_at,
        )
    return _cards(rows.order_by("-published_at", "-publication_id")[:limit])


def of_day(
    language: str,
    start: datetime.datetime,
    end: datetime.datetime,
    *,
    limit: int = 1000,
) -> list[Publication]:
    """Return the articles first published within a day, newest first."""
    read(tags.listing(language, ListKind.LATEST.value))
    rows = Listing.objects.filter(
        language=language,
        kind=ListKind.LATEST,
        key="",
        published_at__gte=start,
        published_at__lt=end,
    )
    return _cards(rows.order_by("-published_at", "-publication_id")[:limit])


def neighbor_day(
    language: str, moment: datetime.datetime, *, earlier: bool
) -> datetime.datetime | None:
    """Return when the next article before (or from) a moment was published."""
    read(tags.listing(language, ListKind.LATEST.value))
    rows = Listing.objects.filter(language=language, kind=ListKind.LATEST, key="")
    if earlier:
        rows = rows.filter(published_at__lt=moment).order_by("-published_at")
    else:
        rows = rows.filter(published_at__gte=moment).order_by("published_at")
    return rows.values_list("published_at", flat=True).first()


def days_between(
    language: str, start: datetime.datetime, end: datetime.datetime, zone: str
) -> list[datetime.date]:
    """Return the days in a stretch of time on which an edition published."""
    read(tags.listing(language, ListKind.LATEST.value))
    rows = Listing.objects.filter(
        language=language,
        kind=ListKind.LATEST,
        key="",
        published_at__gte=start,
        published_at__lt=end,
    )
    day = TruncDate("published_at", tzinfo=ZoneInfo(zone))
    return list(rows.order_by().values_list(day, flat=True).distinct())


def _cards(rows: QuerySet[Listing]) -> list[Publication]:
    listed = rows.select_related("publication__section", "publication__picture")
    found = [row.publication for row in listed]
    read(*(tags.article(publication.article_id) for publication in found))
    return found


def by_uid(uids: Sequence[UUID | str]) -> dict[str, Publication]:
    """Return public articles by uid, as related links ask for them."""
    found = Publication.objects.filter(uid__in=list(uids), state=PublicState.PUBLIC)
    rows = {str(row.uid): row for row in found.select_related("section")}
    read(*(tags.article(row.article_id) for row in rows.values()))
    return rows


def public_translations(publication: Publication) -> list[Publication]:
    """Return the article in every language in which it is public, itself included."""
    read(tags.group(publication.original_uid))
    return list(
        Publication.objects.filter(
            original_uid=publication.original_uid, state=PublicState.PUBLIC
        ).order_by("language")
    )


def corrections_of(publication: Publication) -> list[Correction]:
    rows = publication.corrections.select_related("version")
    return list(rows.order_by("-corrected_at", "-id"))


def redactions_of(publication: Publication) -> list[Redaction]:
    return list(publication.redactions.order_by("redacted_at"))


def newest_corrections(
    language: str, *, limit: int, before: Cursor | None = None
) -> list[Correction]:
    """Return an edition's corrections, newest first, with their articles."""
    read(tags.corrections(language))
    rows = Correction.objects.filter(
        language=language, publication__state=PublicState.PUBLIC
    ).select_related("publication__section", "version")
    if before is not None:
        rows = rows.filter(
            Q(corrected_at__lt=before.published_at)
            | Q(corrected_at=before.published_at, id__lt=before.publication_id)
        )
    found = list(rows.order_by("-corrected_at", "-id")[:limit])
    read(*(tags.article(row.publication.article_id) for row in found))
    return found


def versions_of(publication: Publication) -> list[Version]:
    """Return every version of an article without its text, oldest first."""
    read(tags.article(publication.article_id))
    return list(
        Version.objects.filter(article_id=publication.article_id)
        .select_related("entry", "redacted_by")
        .defer("content")
        .order_by("number")
    )


def get_version(publication: Publication, number: int) -> Version | None:
    read(tags.article(publication.article_id))
    return (
        Version.objects.select_related("entry", "redacted_by")
        .filter(article_id=publication.article_id, number=number)
        .first()
    )


def tombstone_of(publication: Publication) -> Tombstone:
    read(tags.article(publication.article_id))
    return Tombstone.objects.select_related("entry").get(publication=publication)


def head() -> ChainHead | None:
    """Return the newest entry of the log, as feeds and pages show it."""
    read(tags.HEAD)
    return ChainHead.objects.filter(id=1).first()


def days_with_articles() -> list[PublicDay]:
    """Return each day that has public articles in any edition, newest first."""
    read(tags.DAYS)
    return list(PublicDay.objects.order_by("-date"))


def filled_sections(language: str) -> list[str]:
    """Return the sections in which an edition has an article, in their order."""
    read("sections", tags.DAYS)
    listed = Listing.objects.filter(
        language=language, kind=ListKind.SECTION, key=OuterRef("slug")
    )
    return list(Section.objects.filter(Exists(listed)).values_list("slug", flat=True))


def standing_pages(languages: Sequence[str]) -> list[Publication]:
    """Return the standing pages of these editions that are public."""
    read(*(f"{tags.STANDING}:{language}" for language in languages))
    rows = Publication.objects.filter(
        language__in=languages, form=Form.STANDING, state=PublicState.PUBLIC
    )
    found = list(rows.order_by("purpose", "language"))
    read(*(tags.article(row.article_id) for row in found))
    return found


def of_date(date: datetime.date, *, offset: int, limit: int) -> list[Publication]:
    """Return a slice of a day's public articles in every edition, for sitemaps."""
    read(tags.day(date))
    rows = Publication.objects.filter(
        date=date, form=Form.ARTICLE, state=PublicState.PUBLIC
    )
    found = list(rows.order_by("id")[offset : offset + limit])
    read(*(tags.group(row.original_uid) for row in found))
    return found


def by_group(originals: Sequence[UUID]) -> dict[UUID, list[Publication]]:
    """Return public articles by the original they carry, for hreflang."""
    groups: dict[UUID, list[Publication]] = {}
    rows = Publication.objects.filter(
        original_uid__in=list(originals), state=PublicState.PUBLIC
    )
    for row in rows.order_by("language"):
        groups.setdefault(row.original_uid, []).append(row)
    return groups


def read_texts(found: Sequence[Publication]) -> None:
    """Read, for publications at hand, what a feed shows of each: text and notices."""
    prefetch_related_objects(
        list(found), "version", "entry", "corrections", "redactions"
    )


def changed_at(found: Sequence[Publication]) -> dict[int, datetime.datetime]:
    """Return by article when it last changed in substance: no amendment counts."""
    rows = Version.objects.filter(article_id__in=[row.article_id for row in found])
    last = rows.exclude(act=Act.AMEND).values("article_id").order_by()
    return dict(last.annotate(at=Max("published_at")).values_list("article_id", "at"))


def newest_tombstones(language: str, *, limit: int) -> list[Tombstone]:
    """Return what an edition withdrew, newest first."""
    read(tags.listing(language, ListKind.LATEST.value))
    rows = Tombstone.objects.filter(publication__language=language)
    return list(
        rows.select_related("publication", "entry").order_by("-killed_at")[:limit]
    )


def newest_entry() -> LogEntry | None:
    """Return the entry that is the log's head, with its signature."""
    read(tags.HEAD)
    return LogEntry.objects.order_by("-sequence").first()
