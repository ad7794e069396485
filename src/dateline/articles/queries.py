"""Reads of what articles are filed under."""

from dateline.articles.models import Section
from dateline.pagestore.tags import once


def all_sections() -> list[Section]:
    """Return every section in its order; who shows them reads their tags."""
    return once("sections", lambda: list(Section.objects.all()))
