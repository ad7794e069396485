"""
What readers are told of a photograph: where and when, and if it comes from the archive.

Nobody has to remember the word: a picture that was taken too long before its article
was published is called an archive picture by itself.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from dateline.articles.models import Article
from dateline.editions.queries import timezone
from dateline.plumbing import clock
from dateline.publishing.before_an_act import (
    content_readers_have,
    gate_policy,
    publication_of,
)
from dateline.publishing.pictures_shown import pictures_in
from dateline.publishing.rules import PictureContextFact
from dateline.sources.models import Picture
from dateline.sources.picture_metadata import day_of
from dateline.sources.vocabulary import PictureKind


def add_context(copy: Article, content: dict[str, Any]) -> None:
    """Put into a snapshot's pictures what the desk knows of how they were taken."""
    shown = [picture for picture, _ in pictures_in(content)]
    if not shown:
        return
    rows = Picture.objects.in_bulk({picture["id"] for picture in shown})
    told_on, days = _told_on(copy), gate_policy().archive_days
    for picture in shown:
        row = rows.get(picture["id"])
        if row is not None:
            picture.update(_context(row, told_on, days))


def _context(row: Picture, told_on: date, days: int) -> dict[str, Any]:
    told = {
        "taken_on": row.taken_on.isoformat() if row.taken_on else "",
        "taken_place": row.taken_place,
        "archive": _is_archive(row, told_on, days),
    }
    return {name: value for name, value in told.items() if value}


def _is_archive(row: Picture, told_on: date, days: int) -> bool:
    is_old = row.taken_on is not None and told_on - row.taken_on > timedelta(days=days)
    return row.is_archive or (is_old and row.kind != PictureKind.DRAWING)


def _told_on(copy: Article) -> date:
    """Return the day of the events that an article tells of: when it was published."""
    publication = publication_of(copy)
    moment = publication.published_at if publication else clock.now()
    return moment.astimezone(timezone()).date()


def picture_facts(
    copy: Article, content: Mapping[str, Any], days: int
) -> Iterator[PictureContextFact]:
    """Yield each photograph that readers do not have in this article already."""
    shown = list(pictures_in(content))
    if not shown:
        return
    known = _known(copy)
    rows = Picture.objects.in_bulk({picture["id"] for picture, _ in shown})
    told_on = _told_on(copy)
    for picture, place in shown:
        row = rows.get(picture["id"])
        if row and row.pk not in known and row.kind != PictureKind.DRAWING:
            lacks = tuple(_lacks(row, picture, told_on, days))
            yield PictureContextFact(row.pk, row.title, place, lacks)


def _lacks(
    row: Picture, picture: Mapping[str, Any], told_on: date, days: int
) -> Iterator[str]:
    if row.taken_on is None:
        yield "nobody said when it was taken"
    elif row.taken_on > told_on:
        yield "it was taken on a day that has not come"
    elif (of_file := day_of(row.taken_at)) and row.taken_on - of_file > _A_DAY:
        yield f"its file says that it was taken on {of_file:%-d %B %Y}"
    if not row.taken_place.strip():
        yield "nobody said where it was taken"
    if not picture["caption"].strip():
        yield "no caption says what it shows"
    if _is_archive(row, told_on, days) and not picture.get("archive"):
        yield "readers are not told that it is an archive picture"


_A_DAY = timedelta(days=1)


def _known(copy: Article) -> set[int]:
    content = content_readers_have(copy)
    return {picture["id"] for picture, _ in pictures_in(content)} if content else set()
