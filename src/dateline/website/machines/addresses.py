"""Absolute addresses: feeds and cards are read away from the paper's own pages."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the full address of a path of ours; another's stays what it is."""
    return settings.DATELINE_SITE_URL + path if path.startswith("/") else path


def urn(uid: object) -> str:
    """Return the permanent name of an article, which no address changes."""
    return f"urn:uuid:{uid}"
