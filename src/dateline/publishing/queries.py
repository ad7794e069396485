"""
What readers can get. Every read leaves the tags that tell what it depends on.

Only publications and versions are read here, never working copies: a draft or
an embargoed text cannot leak from a table that it is not in.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import (
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import TruncDate

from dateline.articles.models import Section
from dateline.articles.queries import all_sections
from dateline.articles.tags import SECTIONS
from dateline.articles.vocabulary import Form
from dateline.pagestore.tags import read
from dateline.plumbing.prepared import Prepared
from dateline.publishing import tags
from dateline.publishing.lists import slug_hash
from dateline.publishing.models import (
    Correction,
    FormerAddress,
    Listing,
    LogEntry,
    Publication,
    PublicDay,
    PublicSource,
    Redaction,
    Tombstone,
    Version,
)
from dateline.publishing.tags import Shows
from dateline.publishing.vocabulary import Act, ListKind, PublicState
from dateline.sources.renditions import shown_pictures

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


def show(rows: Iterable[Publication], shows: Shows) -> None:
    """Note that a page shows so much of these articles."""
    read(*(tags.shown(shows, row.article_id) for row in rows))


def get_publication(
    language: str,
    date: datetime.date,
    slug: str,
    *,
    shows: Shows = Shows.ARTICLE,
) -> Publication | None:
    """
    Return the article at an address, public or killed, with its version.

    `shows` tells how much of it the page is going to show.
    """
    found = _AT_ADDRESS.first(language=language, date=date, slug=slug)
    if found is None:
        read(tags.address(f"/{language}/{date:%Y/%m/%d}/{slug}/"))
    else:
        show([found], shows)
    return found


_AT_ADDRESS = Prepared(
    lambda *, language, date, slug: Publication.objects.select_related(
        "version__entry", "section", "story", "place"
    ).filter(language=language, date=date, slug=slug, form=Form.ARTICLE)[:1]
)


def get_standing(language: str, purpose: str) -> Publication | None:
    """Return a standing page of an edition, public or killed."""
    read(tags.address(f"/{language}/{purpose}/"))
    found = (
        Publication.objects.select_related("version__entry")
        .filter(language=language, purpose=purpose, form=Form.STANDING)
        .first()
    )
    if found is not None:
        show([found], Shows.ARTICLE)
    return found


@dataclass(frozen=True)
class FromSource:
    """How much an edition publishes from a source."""

    articles: int
    statements: int


def from_source(
    language: str, key: str, *, is_counted: bool = True
) -> FromSource | None:
    """Return how much an edition publishes from a source, None if nothing."""
    read(tags.sourced(language, key))
    if is_counted:
        read(tags.sourced_count(language, key))
    row = PublicSource.objects.filter(language=language, key=key).first()
    if row is None or row.articles <= 0:
        return None
    return FromSource(row.articles, row.statements)


def standing_purposes(language: str) -> list[str]:
    """Return which standing pages an edition has, for its footer."""
    read(tags.standing(language))
    return _STANDING_PURPOSES(language=language)


_STANDING_PURPOSES = Prepared(
    lambda *, language: (
        Publication.objects.filter(
            language=language, form=Form.STANDING, state=PublicState.PUBLIC
        )
        .order_by("id")
        .values_list("purpose", flat=True)
    )
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
    show([row.publication], Shows.PATH)
    return row.publication


def newest(
    language: str,
    kind: ListKind = ListKind.LATEST,
    key: str = "",
    *,
    limit: int,
    before: Cursor | None = None,
    shows: Shows | None = Shows.CARD,
) -> list[Publication]:
    """
    Return up to `limit` public articles of a list, newest first.

    `shows` is how much the page shows of each. Who shows only some of them passes
    None, and calls :func:`show` for those.
    """
    told = {"language": language, "kind": kind, "key": key}
    if before is None:
        rows = _NEWEST(limit, **told)
    else:
        at, pk = before.published_at, before.publication_id
        rows = _NEWEST_BEFORE(limit, at=at, publication=pk, **told)
    found = _filed([row.publication for row in rows])
    ids = [row.article_id for row in found]
    _read_places(language, kind, key, ids if len(ids) == limit else [*ids, None])
    if shows:
        show(found, shows)
    return found


NEWEST_FIRST = ("-published_at", "-publication_id")
_NEWEST = Prepared(
    lambda limit, *, language, kind, key: (
        Listing.objects.select_related("publication")
        .filter(language=language, kind=kind, key=key)
        .order_by(*NEWEST_FIRST)[:limit]
    )
)
_NEWEST_BEFORE = Prepared(
    lambda limit, *, language, kind, key, at, publication: (
        Listing.objects.select_related("publication")
        .filter(
            Q(published_at__lt=at) | Q(published_at=at, publication_id__lt=publication),
            language=language,
            kind=kind,
            key=key,
            # Said once more on its own, it bounds the range that the index walks.
            published_at__lte=at,
        )
        .order_by(*NEWEST_FIRST)[:limit]
    )
)
_BY_KEY = Prepared(lambda *, wanted: Publication.objects.filter(pk__in=wanted))
_NEWEST_OF_ONE = """SELECT * FROM (
    SELECT "key", publication_id FROM publishing_listing
    WHERE language = %s AND kind = %s AND "key" = %s
    ORDER BY published_at DESC, publication_id DESC LIMIT %s
) AS newest_of_one"""


def newest_of_each(
    language: str, kind: ListKind, keys: Sequence[str], *, limit: int
) -> dict[str, list[Publication]]:
    """
    Return up to `limit` articles of each of these lists, newest first.

    Two statements, however many lists: the front shows every section. What it shows
    of the articles it notes by :func:`show`.
    """
    ids: dict[str, list[int]] = {key: [] for key in keys}
    if ids:
        told = [part for key in ids for part in (language, kind.value, key, limit)]
        with connection.cursor() as cursor:
            # Django lets no part of a union have a limit on SQLite.
            cursor.execute(" UNION ALL ".join([_NEWEST_OF_ONE] * len(ids)), told)
            for key, publication_id in cursor.fetchall():
                ids[key].append(publication_id)
    wanted = sorted({pk for listed in ids.values() for pk in listed})
    rows = {row.pk: row for row in _filed(_BY_KEY(wanted=wanted))}
    found = {key: [rows[pk] for pk in listed] for key, listed in ids.items()}
    for key, listed in found.items():
        articles = [row.article_id for row in listed]
        full = len(articles) == limit
        _read_places(language, kind, key, articles if full else [*articles, None])
    return found


def considered(language: str, *, limit: int) -> list[Publication]:
    """Return the newest of an edition, of which the most urgent lead its front."""
    read(tags.urgencies(language))
    return newest(language, limit=limit, shows=None)


@dataclass(frozen=True)
class Day:
    """What an edition published in a stretch of time, newest first."""

    articles: list[Publication]
    before: datetime.datetime | None
    """When the newest article before the day was published."""


def of_day(
    language: str,
    start: datetime.datetime,
    end: datetime.datetime,
    *,
    limit: int = 1000,
    shows: Shows = Shows.CARD,
) -> Day:
    """Return the articles first published within a day, and what came before."""
    latest = Listing.objects.filter(language=language, kind=ListKind.LATEST, key="")
    rows = latest.filter(published_at__gte=start, published_at__lt=end)
    found = _listed(rows.order_by(*NEWEST_FIRST)[:limit])
    _read_places(language, ListKind.LATEST, "", [row.article_id for row in found])
    show(found, shows)
    # Into an empty day, what is published next comes in above the newest before it.
    return Day(found, neighbor_day(language, start, earlier=True))


def neighbor_day(
    language: str, moment: datetime.datetime, *, earlier: bool
) -> datetime.datetime | None:
    """
    Return when the next article before (or from) a moment was published.

    What may come between a moment and the next article after it is noted by
    :func:`of_day`: ask for the later neighbor beside that.
    """
    rows = Listing.objects.filter(language=language, kind=ListKind.LATEST, key="")
    if earlier:
        rows = rows.filter(published_at__lt=moment).order_by(*NEWEST_FIRST)
    else:
        rows = rows.filter(published_at__gte=moment)
        rows = rows.order_by("published_at", "publication_id")
    found = rows.values_list("published_at", "publication__article_id").first()
    if found or earlier:
        _read_places(language, ListKind.LATEST, "", [found[1] if found else None])
    return found[0] if found else None


def days_between(
    language: str, start: datetime.datetime, end: datetime.datetime, zone: str
) -> list[datetime.date]:
    """Return the days in a stretch of time, a month at most, with articles."""
    last = end - datetime.timedelta(microseconds=1)
    read(*(tags.month(language, at.astimezone(ZoneInfo(zone))) for at in (start, last)))
    rows = Listing.objects.filter(
        language=language,
        kind=ListKind.LATEST,
        key="",
        published_at__gte=start,
        published_at__lt=end,
    )
    day = TruncDate("published_at", tzinfo=ZoneInfo(zone))
    return list(rows.order_by().values_list(day, flat=True).distinct())


def read_pictures(found: Sequence[Publication]) -> None:
    """Read the pictures of publications that a page shows as cards, all at once."""
    wanted = sorted({row.picture_id for row in found if row.picture_id})
    if not wanted:
        return
    pictures = {row.pk: row for row in _PICTURES(wanted=wanted)}
    for row in found:
        if row.picture_id:
            row.picture = pictures[row.picture_id]


_PICTURES = Prepared(lambda *, wanted: shown_pictures().filter(pk__in=wanted))


def _listed(rows: QuerySet[Listing]) -> list[Publication]:
    return _filed([row.publication for row in rows.select_related("publication")])


def _filed(found: list[Publication]) -> list[Publication]:
    """Give each publication its section: there are few, and the page has them."""
    rows = {section.pk: section for section in all_sections()}
    for publication in found:
        if publication.section_id is not None:
            publication.section = rows[publication.section_id]
    return found


def _read_places(
    language: str, kind: ListKind, key: str, article_ids: Iterable[int | None]
) -> None:
    read(*(tags.place(language, kind.value, key, one) for one in article_ids))


def by_uid(
    uids: Sequence[UUID | str], *, shows: Shows = Shows.TITLE
) -> dict[str, Publication]:
    """Return public articles by uid, as related links ask for them."""
    found = Publication.objects.filter(uid__in=list(uids), state=PublicState.PUBLIC)
    rows = {str(row.uid): row for row in found}
    show(rows.values(), shows)
    read(*(tags.uid(uid) for uid in map(str, uids) if uid not in rows))
    return rows


def public_translations(publication: Publication) -> list[Publication]:
    """Return the article in every language in which it is public, itself included."""
    read(tags.group(publication.original_uid))
    return _TRANSLATIONS(original=publication.original_uid)


_TRANSLATIONS = Prepared(
    lambda *, original: Publication.objects.filter(
        original_uid=original, state=PublicState.PUBLIC
    ).order_by("language")
)


def corrections_of(publication: Publication) -> list[Correction]:
    show([publication], Shows.ARTICLE)
    if publication.corrected_at is None:
        return []
    return list(publication.corrections.order_by("-corrected_at", "-id"))


def redactions_of(publication: Publication) -> list[Redaction]:
    show([publication], Shows.ARTICLE)
    return _REDACTIONS(publications=[publication.pk])


_REDACTIONS = Prepared(
    lambda *, publications: Redaction.objects.filter(
        publication_id__in=publications
    ).order_by("redacted_at")
)


def is_of_publication(cursor: Cursor) -> bool:
    """Tell whether a cursor names something that was published: others lead nowhere."""
    rows = Publication.objects.filter(pk=cursor.publication_id)
    return rows.filter(published_at=cursor.published_at).exists()


def is_of_correction(cursor: Cursor) -> bool:
    """Tell whether a cursor names a correction."""
    rows = Correction.objects.filter(pk=cursor.publication_id)
    return rows.filter(corrected_at=cursor.published_at).exists()


def newest_corrections(
    language: str, *, limit: int, before: Cursor | None = None
) -> list[Correction]:
    """Return an edition's corrections, newest first, with their articles."""
    rows = Correction.objects.filter(
        language=language, publication__state=PublicState.PUBLIC
    ).select_related("publication__section", "version")
    if before is not None:
        rows = rows.filter(
            Q(corrected_at__lt=before.published_at)
            | Q(corrected_at=before.published_at, id__lt=before.publication_id)
        )
    found = list(rows.order_by("-corrected_at", "-id")[:limit])
    ids = [row.pk for row in found]
    places = ids if len(ids) == limit else [*ids, None]
    read(*(tags.correction(language, one) for one in places))
    show((row.publication for row in found), Shows.TITLE)
    return found


def versions_of(publication: Publication) -> list[Version]:
    """Return every version of an article without its text, oldest first."""
    show([publication], Shows.ARTICLE)
    return list(
        Version.objects.filter(article_id=publication.article_id)
        .select_related("entry", "redacted_by")
        .defer("content")
        .order_by("number")
    )


def get_version(publication: Publication, number: int) -> Version | None:
    read(tags.version(publication.article_id, number))
    return (
        Version.objects.select_related("entry", "redacted_by")
        .filter(article_id=publication.article_id, number=number)
        .first()
    )


def has_version(publication: Publication, number: int) -> bool:
    """Tell whether an article has a version of that number."""
    read(tags.version(publication.article_id, number))
    return number <= publication.version.number


def tombstone_of(publication: Publication) -> Tombstone:
    show([publication], Shows.ARTICLE)
    return Tombstone.objects.select_related("entry").get(publication=publication)


def days_with_articles() -> list[tuple[datetime.date, int, datetime.datetime]]:
    """
    Return each day that has public articles in any edition, newest first.

    With it how many, and when one of them last changed.
    """
    read(tags.DAYS)
    days = PublicDay.objects.order_by("-date")
    return list(days.values_list("date", "articles", "updated_at"))


def filled_sections(language: str) -> list[str]:
    """Return the sections in which an edition has an article, in their order."""
    read(SECTIONS, tags.filled_sections(language))
    listed = Listing.objects.filter(
        language=language, kind=ListKind.SECTION, key=OuterRef("slug")
    )
    return list(Section.objects.filter(Exists(listed)).values_list("slug", flat=True))


def standing_pages(
    languages: Sequence[str], *, shows: Shows = Shows.ARTICLE
) -> list[Publication]:
    """Return the standing pages of these editions that are public."""
    read(*(tags.standing(language) for language in languages))
    rows = Publication.objects.filter(
        language__in=languages, form=Form.STANDING, state=PublicState.PUBLIC
    )
    found = list(rows.order_by("purpose", "language"))
    show(found, shows)
    return found


_ADDRESS = (
    "uid", "original_uid", "language", "form", "purpose", "date", "slug", "updated_at",
)  # fmt: skip
"""What sitemaps say of an article, a thousand times in each of them."""


def of_date(date: datetime.date, *, offset: int, limit: int) -> list[Publication]:
    """Return a slice of a day's public articles in every edition, for sitemaps."""
    read(tags.day(date))
    rows = Publication.objects.filter(
        date=date, form=Form.ARTICLE, state=PublicState.PUBLIC
    )
    found = list(rows.only(*_ADDRESS).order_by("id")[offset : offset + limit])
    read(*(tags.group(row.original_uid) for row in found))
    return found


def by_group(originals: Sequence[UUID]) -> dict[UUID, list[Publication]]:
    """Return public articles by the original they carry, for hreflang."""
    groups: dict[UUID, list[Publication]] = {}
    rows = Publication.objects.filter(
        original_uid__in=list(originals), state=PublicState.PUBLIC
    )
    for row in rows.only(*_ADDRESS).order_by("language"):
        groups.setdefault(row.original_uid, []).append(row)
    return groups


def read_texts(found: Sequence[Publication]) -> None:
    """Read, for public articles at hand, their texts and the entries of those."""
    show(found, Shows.ARTICLE)
    wanted = sorted({row.version_id for row in found})
    versions = {row.pk: row for row in _TEXTS(wanted=wanted)} if wanted else {}
    for row in found:
        row.version = versions[row.version_id]
        if row.entry_id == row.version.entry_id:
            row.entry = row.version.entry


_TEXTS = Prepared(
    lambda *, wanted: Version.objects.select_related("entry").filter(pk__in=wanted)
)


def notices_of_each(
    found: Sequence[Publication],
) -> tuple[dict[int, list[Correction]], dict[int, list[Redaction]]]:
    """Return by publication what was corrected in each, and what was removed."""
    show(found, Shows.ARTICLE)
    corrections: dict[int, list[Correction]] = {row.pk: [] for row in found}
    redactions: dict[int, list[Redaction]] = {row.pk: [] for row in found}
    if corrected := [row.pk for row in found if row.corrected_at]:
        for told in Correction.objects.filter(publication__in=corrected):
            corrections[told.publication_id].append(told)
    for cut in _REDACTIONS(publications=list(redactions)) if redactions else ():
        redactions[cut.publication_id].append(cut)
    return corrections, redactions


def changed_at(found: Sequence[Publication]) -> dict[int, datetime.datetime]:
    """Return by article when it last changed in substance: no amendment counts."""
    show(found, Shows.ARTICLE)
    last = {row.article_id: row.version.published_at for row in found}
    amended = [row.article_id for row in found if row.version.act == Act.AMEND]
    if amended:
        rows = Version.objects.filter(article_id__in=amended).exclude(act=Act.AMEND)
        by_article = (
            rows.values("article_id").order_by().annotate(at=Max("published_at"))
        )
        last |= dict(by_article.values_list("article_id", "at"))
    return last


def newest_tombstones(language: str, *, limit: int) -> list[Tombstone]:
    """Return what an edition withdrew, newest first."""
    read(tags.withdrawn(language))
    found = _TOMBSTONES(limit, language=language)
    show((row.publication for row in found), Shows.PATH)
    return found


_TOMBSTONES = Prepared(
    lambda limit, *, language: (
        Tombstone.objects.filter(publication__language=language)
        .select_related("publication", "entry")
        .order_by("-killed_at", "-id")[:limit]
    )
)


def newest_entry() -> LogEntry | None:
    """Return the entry that is the log's head, with its signature."""
    read(tags.HEAD)
    return LogEntry.objects.order_by("-sequence").first()
