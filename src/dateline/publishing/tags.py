"""The names of the tags that pages read and acts make stale."""

import hashlib

from dateline.publishing.models import Publication


def article(article_id: int) -> str:
    return f"article:{article_id}"


def group(original_uid: object) -> str:
    """Name an article with its translations, as language links read them."""
    return f"group:{original_uid}"


def listing(language: str, kind: str, key: str = "") -> str:
    return f"list:{language}:{kind}:{key}" if key else f"list:{language}:{kind}"


def corrections(language: str) -> str:
    return f"corrections:{language}"


def day(date: object) -> str:
    """Name the sitemap of one day."""
    return f"day:{date}"


def address(path: str) -> str:
    """
    Name an address with nothing behind it yet: an act may put something there.

    Events keep their tags, and an address may hold a name that is redacted later.
    """
    return f"address:{hashlib.sha256(path.encode()).hexdigest()[:24]}"


STANDING = "standing"
HEAD = "log:head"
DAYS = "days"


def of_publication(publication: Publication, lists: set[tuple[str, str]]) -> list[str]:
    """Return every tag that an act on this publication makes stale."""
    language = publication.language
    return sorted(
        {
            article(publication.article_id),
            group(publication.original_uid),
            address(publication.path),
            *(listing(language, kind, key) for kind, key in lists),
            day(publication.date),
        }
    )
