"""
trust.txt (JournalList; draft-org-trust-relationship-protocol): whom we belong with.

The newsroom's own lines come from its settings; what the house knows by itself
(social accounts, contact, who owns the paper) is added.
"""

from urllib.parse import urlsplit

from dateline.articles.vocabulary import Purpose
from dateline.editions.models import Newsroom
from dateline.publishing.models import Publication
from dateline.website.machines.addresses import absolute

ATTRIBUTES = (
    "member",
    "belongto",
    "control",
    "controlledby",
    "social",
    "vendor",
    "customer",
    "disclosure",
    "contact",
    "datatrainingallowed",
)
_YES_OR_NO = "datatrainingallowed"


def render(newsroom: Newsroom, standing: list[Publication]) -> str | None:
    """Return the file, or None where there is nothing to say."""
    lines = sorted(
        {*_written(newsroom.trust_links), *_known(newsroom, standing)},
        key=lambda line: (ATTRIBUTES.index(line.partition("=")[0]), line),
    )
    return "\n".join(lines) + "\n" if lines else None


def _written(text: str) -> list[str]:
    return [line for line in map(_line, text.splitlines()) if line]


def _line(text: str) -> str:
    """Return a line in one spelling, or nothing if no reader would understand it."""
    name, equals, value = text.partition("=")
    name, value = name.strip().lower(), value.strip()
    if not equals or name not in ATTRIBUTES or any(map(str.isspace, value)):
        return ""
    if name == _YES_OR_NO:
        return f"{name}={value.lower()}" if value.lower() in {"yes", "no"} else ""
    return f"{name}={value}" if _is_address(value, name) else ""


def _is_address(value: str, name: str) -> bool:
    schemes = {"http", "https", "mailto"} if name == "contact" else {"http", "https"}
    return urlsplit(value).scheme in schemes


def _known(newsroom: Newsroom, standing: list[Publication]) -> list[str]:
    lines = [
        f"social={words[-1]}"
        for words in map(str.split, newsroom.social_links.splitlines())
        if words
    ]
    if newsroom.email:
        lines.append(f"contact=mailto:{newsroom.email}")
    lines += [
        f"{attribute}={absolute(row.path)}"
        for row in standing
        for attribute in (_DISCLOSED.get(row.purpose, ""),)
        if attribute
    ]
    return [line for line in map(_line, lines) if line]


_DISCLOSED: dict[str, str] = {
    Purpose.OWNERSHIP: "disclosure",
    Purpose.CONTACT: "contact",
}
