"""Reads of what articles are filed under."""

from dateline.articles import tags
from dateline.articles.models import Section
from dateline.pagestore.tags import once, read


def all_sections() -> list[Section]:
    """Return every section in its order; who shows them reads their tags."""
    return once("sections", lambda: list(Section.objects.all()))


def named_sections(language: str) -> list[Section]:
    """Return every section in its order, for a page that prints all their names."""
    found = all_sections()
    read(tags.SECTIONS, tags.sections(language))
    if not all(section.names.get(language) for section in found):
        read(tags.sections(tags.OTHER))
    return found
