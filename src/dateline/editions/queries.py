"""Reads across editions and translations."""

from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.articles.models import Article
from dateline.editions import tags
from dateline.editions.models import Edition, Newsroom, Translation
from dateline.editions.tags import Part
from dateline.pagestore.tags import once, read
from dateline.plumbing.prepared import Prepared

_NEWSROOM = Prepared(lambda: Newsroom.objects.order_by("pk")[:1])
_EDITIONS = Prepared(Edition.objects.all)


def get_newsroom(*parts: Part) -> Newsroom:
    """Return the newsroom's settings; `parts` are those that the page shows, or all."""
    read(*(parts or Part))
    return once("newsroom", lambda: _NEWSROOM.first() or Newsroom.load())


def live_editions() -> list[Edition]:
    """
    Return the editions that readers can open, in the newsroom's order.

    A page that shows more of one than its address calls :func:`show_edition`.
    """
    read(tags.EDITIONS)
    return [edition for edition in _editions() if edition.is_live]


def live_edition(code: str) -> Edition | None:
    """Return an edition if readers can open it, whichever others there are."""
    read(tags.edition(code))
    found = (edition for edition in _editions() if edition.code == code)
    return next((edition for edition in found if edition.is_live), None)


def edition_codes() -> list[str]:
    """Return the languages of all editions, those that are closed too."""
    return [edition.code for edition in _editions()]


def _editions() -> list[Edition]:
    return once("editions", _EDITIONS)


def show_edition(edition: Edition) -> Edition:
    """Note that a page shows what an edition says of itself, and return it."""
    read(tags.edition(edition.code))
    return edition


def place_of(code: str) -> str:
    """Return where an edition is made, as its nameplate says."""
    read(tags.edition_place(code))
    edition = live_edition(code)
    return (edition.place if edition else "") or get_newsroom(Part.PLACE).place


def timezone() -> ZoneInfo:
    """Return the zone in which the newsroom counts its days."""
    try:
        return ZoneInfo(get_newsroom(Part.ZONE).timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def original_of(article: Article) -> Article:
    """
    Return what the article was translated from; itself if it is an original.

    Asks nothing where `translation_of__original` was read with the article.
    """
    link: Translation | None = getattr(article, "translation_of", None)
    return link.original if link else article


def original_uid(article: Article) -> UUID:
    return original_of(article).uid
