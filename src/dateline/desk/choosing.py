"""What the chooser of sources offers, and what it guesses of a new one."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q

from dateline.articles.models import Article, Attribution
from dateline.desk.finding import named
from dateline.sources.models import KeptCopy, Source
from dateline.sources.vocabulary import SourceKind

MOST_RECENT, MOST_FOUND = 30, 20
#: How many attributions are looked at for the sources used last.
_LOOKED_AT = 600
_LOOKED_AT_HOSTS = 50

#: Words of English; in other languages the kind is chosen from the first guess on.
_BODIES = re.compile(
    r"\b(?:agency|authority|bank|board|bureau|commission|committee|council|court"
    r"|department|government|institute|ministry|municipality|office|parliament|police"
    r"|prosecutor|senate|service|tribunal)\b",
    re.IGNORECASE,
)
_STATE_HOSTS = (".gov", ".mil", ".europa.eu", ".int")
_TABLES = ("csv", "json", "spreadsheet", "excel")


def recent_sources(article: Article | None, limit: int = MOST_RECENT) -> list[Source]:
    """Return the article's own sources, then those used last in any article."""
    rows = Attribution.objects.order_by("-pk").values_list("source_id", flat=True)
    own = rows.filter(article=article) if article is not None else rows.none()
    ids = list(dict.fromkeys([*own[:_LOOKED_AT], *rows[:_LOOKED_AT]]))[: 2 * limit]
    found = Source.objects.standing().in_bulk(ids)
    if not found:
        return list(Source.objects.standing().order_by("name")[:limit])
    return [found[pk] for pk in ids if pk in found][:limit]


def found_sources(text: str) -> list[Source]:
    """Return the sources that go by such a name, in any language, the best first."""
    keys = named(Source.objects.standing(), text, fields=("name", "names"))[:MOST_FOUND]
    rows = Source.objects.in_bulk(keys)
    return [rows[key] for key in keys]


def guess_kind(name: str) -> SourceKind:
    """Guess what goes by a name, for somebody to look at before it is kept."""
    if _BODIES.search(name):
        return SourceKind.OFFICIAL_BODY
    words = name.split()
    capitals = [word for word in words if word[:1].isupper()]
    is_whole = len(words) > 1 and len(capitals) == len(words)
    return SourceKind.PERSON if is_whole else SourceKind.ORGANISATION


def host_of(address: str) -> str:
    """Return the host that an address names, as people say it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def guess_from_page(kept: KeptCopy) -> dict[str, Any]:
    """Return whom a kept page seems to come from: a known source, or a new one."""
    host = host_of(kept.address)
    if source := _at_host(host):
        return {"source": source.pk, "name": source.name, "kind": source.kind}
    return {"source": None, "name": host, "kind": _kind_at(host, kept)}


def _kind_at(host: str, kept: KeptCopy) -> SourceKind:
    told = str(kept.headers.get("content-type", "")).lower()
    if any(word in told for word in _TABLES):
        return SourceKind.DATA_SET
    if "pdf" in told:
        return SourceKind.DOCUMENT
    is_of_state = host.endswith(_STATE_HOSTS) or ".gov." in f"{host}."
    return SourceKind.OFFICIAL_BODY if is_of_state else SourceKind.PUBLICATION


def _at_host(host: str) -> Source | None:
    """Return the source whose own address, or whose kept pages, are at this host."""
    if not host:
        return None
    begins = [
        f"{scheme}://{www}{host}"
        for scheme in ("https", "http")
        for www in ("", "www.")
    ]
    own, kept = Q(), Q()
    for begin in begins:
        own |= Q(url=begin) | Q(url__startswith=f"{begin}/")
        kept |= Q(address=begin) | Q(address__startswith=f"{begin}/")
    standing = Source.objects.standing().exclude(kind=SourceKind.UNNAMED)
    if source := standing.filter(own).order_by("pk").first():
        return source
    pages = KeptCopy.objects.filter(kept).order_by("-pk")[:_LOOKED_AT_HOSTS]
    return standing.filter(citations__kept_copy__in=list(pages)).order_by("pk").first()
