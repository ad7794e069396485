"""Publications as cards in lists."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from dateline.publishing.models import Publication
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


def card(publication: Publication) -> Card:
    """Return one article as lists show it."""
    code = publication.language
    section = publication.section
    return Card(
        headline=publication.headline,
        url=publication.path,
        published_at=publication.published_at,
        lede=publication.lede,
        section=Link(section.name_in(code), f"/{code}/sections/{section.slug}/")
        if section
        else None,
        byline=tuple(who["name"] for who in publication.byline),
        picture=picture_view(publication.picture, code)
        if publication.picture
        else None,
        genre=publication.genre,
        is_corrected=publication.corrected_at is not None,
    )


def cards(publications: Iterable[Publication]) -> tuple[Card, ...]:
    return tuple(card(publication) for publication in publications)


def by_day(found: Iterable[Card], paper: Paper) -> tuple[DayOfCards, ...]:
    """Group cards, newest first, by the day in the newsroom's zone."""
    zone = ZoneInfo(paper.timezone)

    def day(one: Card) -> date:
        return one.published_at.astimezone(zone).date()

    return tuple(DayOfCards(on, tuple(group)) for on, group in groupby(found, day))


def picture_view(
    picture: Picture, code: str, *, alt: str = "", caption: str = "", credit: str = ""
) -> PictureView:
    """Return a picture's row as a page shows it; texts given here come first."""
    made = picture_set(picture)
    return PictureView(
        src=made.src,
        width=made.width,
        height=made.height,
        alt=alt or picture.alt_texts.get(code) or picture.default_alt_text,
        caption=caption,
        credit=credit or picture.credit,
        sources=(
            PictureSource("image/avif", made.avif_srcset),
            PictureSource("image/webp", made.webp_srcset),
        ),
        focus=(round(made.focus[0] / 10), round(made.focus[1] / 10)),
    )
