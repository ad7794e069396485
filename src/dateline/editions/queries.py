"""Reads across editions and translations."""

from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.articles.models import Article
from dateline.editions.models import Edition, Newsroom, Translation
from dateline.pagestore import tags


def get_newsroom() -> Newsroom:
    """Return the newsroom's settings, as pages show them."""
    tags.read("newsroom")
    newsroom: Newsroom = Newsroom.load()
    return newsroom


def live_editions() -> list[Edition]:
    """Return the editions that readers can open, in the newsroom's order."""
    tags.read("editions")
    return list(Edition.objects.filter(is_live=True))


def timezone() -> ZoneInfo:
    """Return the zone in which the newsroom counts its days."""
    try:
        return ZoneInfo(get_newsroom().timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def original_of(article: Article) -> Article:
    """Return what the article was translated from; itself if it is an original."""
    link = (
        Translation.objects.select_related("original").filter(article=article).first()
    )
    return link.original if link else article


def original_uid(article: Article) -> UUID:
    return original_of(article).uid
