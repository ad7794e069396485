"""Publications as cards in lists."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from dateline.pagestore.tags import read
from dateline.publishing.models import Publication
from dateline.publishing.queries import read_pictures, show
from dateline.publishing.tags import Shows
from dateline.sources import tags
from dateline.sources.models import Picture
from dateline.sources.renditions import picture_set
from dateline.website.pages import (
    Card,
    DayOfCards,
    Link,
    Paper,
    PictureSource,
    PictureView,
)

WHOLE = (5, 5)


def card(publication: Publication, shows: Shows = Shows.CARD) -> Card:
    """Return one article as lists show it, with no more of it than they say."""
    show([publication], shows)
    if shows == Shows.TITLE:
        return _title(publication)
    code = publication.language
    picture = publication.picture if shows != Shows.TEASER else None
    return replace(
        _title(publication),
        lede=publication.lede,
        section=_section(publication),
        byline=tuple(who["name"] for who in publication.byline),
        picture=picture_view(picture, code) if picture else None,
        genre=publication.genre,
    )


def _title(publication: Publication) -> Card:
    return Card(publication.headline, publication.path, publication.published_at)


def _section(publication: Publication) -> Link | None:
    code, section = publication.language, publication.section
    if section is None:
        return None
    read(*section.tags_in(code))
    return Link(section.name_in(code), f"/{code}/sections/{section.slug}/")


def cards(
    publications: Iterable[Publication], shows: Shows = Shows.CARD
) -> tuple[Card, ...]:
    found = list(publications)
    if shows not in {Shows.TITLE, Shows.TEASER}:
        read_pictures(found)
    return tuple(card(publication, shows) for publication in found)


def by_day(found: Iterable[Card], paper: Paper) -> tuple[DayOfCards, ...]:
    """Group cards, newest first, by the day in the newsroom's zone."""
    zone = ZoneInfo(paper.timezone)

    def day(one: Card) -> date:
        return one.published_at.astimezone(zone).date()

    return tuple(DayOfCards(on, tuple(group)) for on, group in groupby(found, day))


def picture_view(
    picture: Picture, code: str, *, alt: str = "", caption: str = "", credit: str = ""
) -> PictureView:
    """
    Return a picture's row as a page shows it; texts given here come first.

    With a text of its own it stands in an article, whole. Lists cut it to their shape.
    """
    read(tags.picture(picture.pk))
    if not alt:
        read(tags.cropped(picture.pk))
    made = picture_set(picture)
    return PictureView(
        src=made.src,
        width=made.width,
        height=made.height,
        alt=alt or picture.alt_texts.get(code) or picture.default_alt_text,
        caption=caption,
        credit=credit or picture.credit,
        archive=picture.is_archive,
        sources=(
            PictureSource("image/avif", made.avif_srcset),
            PictureSource("image/webp", made.webp_srcset),
        ),
        focus=WHOLE if alt else _tenths(made.focus),
    )


def _tenths(focus: tuple[int, int]) -> tuple[int, int]:
    return round(focus[0] / 10), round(focus[1] / 10)
