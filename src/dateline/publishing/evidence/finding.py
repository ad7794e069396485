"""Which article is meant: by its address, path, uid or number."""

import datetime
import re
from urllib.parse import unquote, urlsplit
from uuid import UUID

from dateline.articles.models import Article
from dateline.articles.vocabulary import Form
from dateline.publishing import queries
from dateline.publishing.models import Publication

_ARTICLE = re.compile(r"/([^/]+)/(\d{4})/(\d{2})/(\d{2})/([^/]+)(?:/.*)?")
_STANDING = re.compile(r"/([^/]+)/([a-z-]+)/?")
_LARGEST_NUMBER = 10**18
_LONGEST_NAME = 2000


class EvidenceRefused(Exception):
    """No kit can be made. The message says why."""


def find_publication(named: str) -> Publication:
    """
    Return the article that is or was public under a name.

    :raises EvidenceRefused: there is none
    """
    name = named.strip()[:_LONGEST_NAME]
    found = _by_number(name) or _by_uid(name) or _by_address(name)
    if found is not None:
        return found
    if _is_draft(name):
        raise EvidenceRefused(
            f"“{name}” was never public: the log vouches for nothing of it yet."
        )
    raise EvidenceRefused(
        f"There is no article “{name}”. Name it by its address, its path "
        "(/en/2026/11/22/a-slug/), its uid or its number."
    )


def _number(name: str) -> int | None:
    is_number = name.isascii() and name.isdecimal()
    number = int(name) if is_number else 0
    return number if 0 < number < _LARGEST_NUMBER else None


def _uid(name: str) -> UUID | None:
    try:
        return UUID(name.removeprefix("urn:uuid:"))
    except ValueError:
        return None


def _by_number(name: str) -> Publication | None:
    number = _number(name)
    return Publication.objects.filter(article=number).first() if number else None


def _by_uid(name: str) -> Publication | None:
    uid = _uid(name)
    return Publication.objects.filter(uid=uid).first() if uid else None


def _by_address(name: str) -> Publication | None:
    path = unquote(urlsplit(name).path)
    if found := _ARTICLE.fullmatch(path):
        code, year, month, day, slug = found.groups()
        try:
            date = datetime.date(int(year), int(month), int(day))
        except ValueError:
            return None
        return queries.get_publication(code, date, slug) or queries.moved_to(
            code, date, slug
        )
    if found := _STANDING.fullmatch(path):
        return Publication.objects.filter(
            language=found[1], purpose=found[2], form=Form.STANDING
        ).first()
    return None


def _is_draft(name: str) -> bool:
    number, uid = _number(name), _uid(name)
    if number:
        return Article.objects.filter(pk=number).exists()
    return uid is not None and Article.objects.filter(uid=uid).exists()
