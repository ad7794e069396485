"""Reads of what articles are filed under, and of what they state."""

from typing import Any

from dateline.articles import tags
from dateline.articles.models import Article, Section
from dateline.pagestore.tags import once, read
from dateline.plumbing.prepared import Prepared

_SECTIONS = Prepared(Section.objects.all)


def all_sections() -> list[Section]:
    """Return every section in its order; who shows them reads their tags."""
    return once("sections", _SECTIONS)


def named_sections(language: str) -> list[Section]:
    """Return every section in its order, for a page that prints all their names."""
    found = all_sections()
    read(tags.SECTIONS, tags.sections(language))
    if not all(section.names.get(language) for section in found):
        read(tags.sections(tags.OTHER))
    return found


def as_stated(article: Article) -> dict[str, Any]:
    """Return a working copy as its statements are found in it."""
    stream: Any = article.body
    return {
        "language": article.language,
        "headline": article.headline,
        "lede": article.lede,
        "picture": {"caption": article.lead_caption},
        "body": list(stream.raw_data),
    }
