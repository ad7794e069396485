"""Addresses out of headlines, in every script."""

from anyascii import anyascii
from django.utils.text import slugify

MAX_LENGTH = 80


def slug_from(text: str, *, fallback: str) -> str:
    """Return a short Latin slug for `text`; `fallback` where nothing is left of it."""
    slug = slugify(anyascii(text))
    if len(slug) > MAX_LENGTH:
        slug = slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]
    return slug.strip("-_") or fallback
