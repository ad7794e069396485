"""security.txt (RFC 9116): whom to tell of a hole."""

import datetime
import re

from dateline.editions.models import Edition, Newsroom
from dateline.languages import LANGUAGES
from dateline.website.machines.addresses import absolute
from dateline.website.machines.xml_text import rfc3339

MONTHS_VALID = 6
_CONTACT = re.compile(r"(mailto:|https://|tel:)\S+\Z")
_MAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+\Z")


def render(
    newsroom: Newsroom, editions: list[Edition], now: datetime.datetime
) -> str | None:
    """Return the file, or None where the newsroom names no contact."""
    contact = contact_of(newsroom.security_contact)
    if not contact:
        return None
    tags = ", ".join(sorted({"en", *(LANGUAGES[e.code].tag for e in editions)}))
    lines = (
        f"Contact: {contact}",
        f"Expires: {rfc3339(expires_at(now))}",
        f"Preferred-Languages: {tags}",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    )
    return "\n".join(lines) + "\n"


def contact_of(text: str) -> str:
    """Return what the newsroom wrote as a URI, or nothing if it is none."""
    text = text.strip()
    if _MAIL.match(text):
        return f"mailto:{text}"
    return text if _CONTACT.match(text) else ""


def moves_at(now: datetime.datetime) -> datetime.datetime:
    """Return when the file says a later month."""
    return _first_of_month(now, 1)


def expires_at(now: datetime.datetime) -> datetime.datetime:
    """
    Return a moment six to seven months ahead: the RFC asks for less than a year.

    It moves once a month, so that the file is the same from one reading to the next.
    """
    return _first_of_month(now, MONTHS_VALID + 1)


def _first_of_month(now: datetime.datetime, months_ahead: int) -> datetime.datetime:
    months = now.year * 12 + now.month - 1 + months_ahead
    return datetime.datetime(months // 12, months % 12 + 1, 1, tzinfo=datetime.UTC)
