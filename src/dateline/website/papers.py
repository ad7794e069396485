"""The edition round every page: masthead, sections, footer."""

from urllib.parse import urlsplit

from dateline.articles.queries import named_sections
from dateline.articles.vocabulary import Purpose
from dateline.editions.models import Edition, Newsroom
from dateline.editions.queries import get_newsroom, live_editions, show_edition
from dateline.editions.tags import Part
from dateline.languages import LANGUAGES
from dateline.publishing.queries import standing_purposes
from dateline.website.environment import words
from dateline.website.pages import Link, Paper, Publisher
from dateline.website.wording import PURPOSES


def find_paper(code: str, *, current: str = "") -> Paper | None:
    """Return the live edition of that code, or None; `current` is the page's path."""
    editions = live_editions()
    edition = next((one for one in editions if one.code == code), None)
    return paper_of(edition, editions, current=current) if edition else None


def any_paper() -> Paper | None:
    """Return the edition that speaks where none was asked for."""
    editions = live_editions()
    chief = sorted(editions, key=lambda edition: not edition.is_default)
    return paper_of(chief[0], editions) if chief else None


def paper_of(edition: Edition, editions: list[Edition], *, current: str = "") -> Paper:
    """Return what every page of an edition shows of the paper."""
    show_edition(edition)
    newsroom, language = get_newsroom(Part.HOUSE, Part.ZONE), LANGUAGES[edition.code]
    return Paper(
        name=edition.title,
        code=edition.code,
        tag=language.tag,
        direction=language.direction,
        script=language.script,
        motto=edition.motto,
        language_name=language.autonym,
        timezone=newsroom.timezone or "UTC",
        sections=_sections(edition.code, current),
        editions=tuple(_edition_link(one, edition.code) for one in editions),
        standing=_standing(edition.code),
        social=social_links(newsroom),
        publisher=_publisher(newsroom),
        is_demonstration=newsroom.is_demonstration,
    )


def _publisher(newsroom: Newsroom) -> Publisher:
    founded = newsroom.founded_date
    return Publisher(
        name=newsroom.name,
        legal_name=newsroom.legal_name,
        founded=founded.isoformat() if founded else "",
        email=newsroom.email,
        phone=newsroom.phone,
        address=newsroom.address,
    )


def _sections(code: str, current: str) -> tuple[Link, ...]:
    links = [
        (section.name_in(code), f"/{code}/sections/{section.slug}/")
        for section in named_sections(code)
    ]
    return tuple(Link(name, url, is_current=url == current) for name, url in links)


def _edition_link(edition: Edition, current: str) -> Link:
    language = LANGUAGES[edition.code]
    return Link(
        language.autonym,
        f"/{edition.code}/",
        is_current=edition.code == current,
        lang=language.tag,
    )


def _standing(code: str) -> tuple[Link, ...]:
    public = set(standing_purposes(code))
    catalogue = words(code)
    return tuple(
        Link(catalogue.gettext(PURPOSES[purpose]), f"/{code}/{purpose}/")
        for purpose in Purpose.values
        if purpose in public
    )


def social_links(newsroom: Newsroom) -> tuple[Link, ...]:
    """Return the links the newsroom wrote, one a line: name, then address."""
    lines = (line.rsplit(maxsplit=1) for line in newsroom.social_links.splitlines())
    return tuple(
        Link(parts[0], parts[1])
        for parts in lines
        if len(parts) > 1 and urlsplit(parts[1]).scheme in {"https", "http"}
    )
