"""
Sitemaps: an index of days, each day's articles, standing addresses, the latest news.

A day's file changes only if that day's articles do, so a crawler that comes back reads
the index and the few files that moved. Language links stand here alone and not in
every page's head: each address names every version that is public, itself included.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from uuid import UUID

from dateline.editions.models import Edition
from dateline.editions.queries import live_editions
from dateline.languages import LANGUAGES
from dateline.plumbing import clock
from dateline.publishing import queries
from dateline.publishing.models import Publication
from dateline.publishing.tags import Shows
from dateline.website.machines.addresses import absolute
from dateline.website.machines.xml_text import Xml, document, element, rfc3339

ADDRESSES = 1000
DAYS_REMEMBERED = 10_000
NEWS_AGE = datetime.timedelta(days=2)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
NEWS_LANGUAGES = {"zh-CN": "zh-cn", "zh-TW": "zh-tw"}
"""Where a news sitemap's language is not the first part of the tag."""

Versions = Sequence[tuple[str, str]]
"""Each language's tag with the path of its version."""


def index() -> bytes:
    """Return the index of all sitemaps."""
    entries = [_file("/sitemaps/standing.xml")]
    entries += [_file(f"/sitemaps/news/{e.code}.xml") for e in live_editions()]
    for date, articles, updated_at in queries.days_with_articles():
        parts = -(-articles // ADDRESSES)
        entries.append(_files_of_day(absolute("/"), date, parts, updated_at))
    return document(element("sitemapindex", entries, {"xmlns": SITEMAP}))


# One day of thousands has changed when the index is asked for again.
@lru_cache(DAYS_REMEMBERED)
def _files_of_day(
    home: str, date: datetime.date, parts: int, updated_at: datetime.datetime
) -> Xml:
    return Xml(
        "".join(
            _file(
                f"{home}sitemaps/{date:%Y/%m/%d}{f'-{part}' if part > 1 else ''}.xml",
                updated_at,
            )
            for part in range(1, parts + 1)
        )
    )


def day(date: datetime.date, part: int) -> bytes | None:
    """Return one day's file, or None where it would be empty."""
    found = queries.of_date(date, offset=(part - 1) * ADDRESSES, limit=ADDRESSES)
    if not found:
        return None
    live = {edition.code for edition in live_editions()}
    groups = queries.by_group([row.original_uid for row in found])
    versions = {
        original: _versions(original, [row for row in rows if row.language in live])
        for original, rows in groups.items()
    }
    return _urlset(
        _url(row.path, versions[row.original_uid], row.updated_at)
        for row in found
        if row.language in live
    )


def standing() -> bytes:
    """Return fronts, sections and standing pages of every edition."""
    editions = live_editions()
    return _urlset([*_fronts(editions), *_sections(editions), *_standing(editions)])


def news(edition: Edition) -> tuple[bytes, datetime.datetime | None]:
    """Return an edition's articles of the last two days, and when one will be older."""
    since = clock.now() - NEWS_AGE
    until = since + 2 * NEWS_AGE
    found = queries.of_day(
        edition.code, since, until, limit=ADDRESSES, shows=Shows.TITLE
    ).articles
    oldest = min((row.published_at for row in found), default=None)
    urls = (_news_url(row, edition) for row in found)
    return _urlset(urls), oldest + NEWS_AGE if oldest else None


def _fronts(editions: Sequence[Edition]) -> Iterator[Xml]:
    default = next((e for e in editions if e.is_default), None)
    versions = [(LANGUAGES[e.code].tag, f"/{e.code}/") for e in editions]
    # `/` asks the reader's browser which edition it shall be.
    every = [*versions, ("x-default", "/")] if default else versions
    for edition in editions:
        yield _url(f"/{edition.code}/", every)


def _sections(editions: Sequence[Edition]) -> Iterator[Xml]:
    by_section: dict[str, list[tuple[str, str]]] = {}
    for edition in editions:
        for slug in queries.filled_sections(edition.code):
            path = f"/{edition.code}/sections/{slug}/"
            by_section.setdefault(slug, []).append((LANGUAGES[edition.code].tag, path))
    for versions in by_section.values():
        for _, path in versions:
            yield _url(path, versions)


def _standing(editions: Sequence[Edition]) -> Iterator[Xml]:
    found = queries.standing_pages([edition.code for edition in editions])
    for _, same in groupby(found, lambda row: row.purpose):
        rows = list(same)
        versions = [(LANGUAGES[row.language].tag, row.path) for row in rows]
        for row in rows:
            yield _url(row.path, versions, row.updated_at)


def _versions(original: UUID, rows: Sequence[Publication]) -> list[tuple[str, str]]:
    versions = [(LANGUAGES[row.language].tag, row.path) for row in rows]
    first = next((row for row in rows if row.uid == original), None)
    if first and len(rows) > 1:
        versions.append(("x-default", first.path))
    return versions


def _news_url(row: Publication, edition: Edition) -> Xml:
    tag = LANGUAGES[edition.code].tag
    language = NEWS_LANGUAGES.get(edition.code, tag.partition("-")[0])
    publication = element(
        "news:publication",
        [element("news:name", edition.title), element("news:language", language)],
    )
    told = [
        publication,
        element("news:publication_date", rfc3339(row.published_at)),
        element("news:title", row.headline),
    ]
    inside = [element("loc", absolute(row.path)), element("news:news", told)]
    return element("url", inside)


def _url(
    path: str, versions: Versions = (), updated_at: datetime.datetime | None = None
) -> Xml:
    inside = [element("loc", absolute(path))]
    if updated_at:
        inside.append(element("lastmod", rfc3339(updated_at)))
    # One version alone is no choice of languages.
    for tag, where in versions if len(versions) > 1 else ():
        link = {"rel": "alternate", "hreflang": tag, "href": absolute(where)}
        inside.append(element("xhtml:link", attributes=link))
    return element("url", inside)


def _urlset(urls: Iterable[Xml]) -> bytes:
    names = {"xmlns": SITEMAP, "xmlns:news": NEWS, "xmlns:xhtml": XHTML}
    return document(element("urlset", urls, names))


def _file(path: str, updated_at: datetime.datetime | None = None) -> Xml:
    inside = [element("loc", absolute(path))]
    if updated_at:
        inside.append(element("lastmod", rfc3339(updated_at)))
    return element("sitemap", inside)
