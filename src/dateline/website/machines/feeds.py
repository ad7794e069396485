"""What stands in the feed of a list, gathered once for all its formats."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.templatetags.static import static
from markupsafe import Markup

from dateline.editions.models import Edition
from dateline.editions.queries import timezone
from dateline.editions.tags import description
from dateline.languages import LANGUAGES
from dateline.languages.dates import format_date
from dateline.pagestore.tags import read
from dateline.publishing import queries
from dateline.publishing.models import (
    Correction,
    LogEntry,
    Publication,
    Redaction,
    Tombstone,
)
from dateline.publishing.tags import Shows
from dateline.publishing.vocabulary import ListKind
from dateline.sources.models import Picture
from dateline.sources.renditions import address, scaled_height, widths_of
from dateline.website.environment import words
from dateline.website.ledger import source_lines
from dateline.website.machines.addresses import absolute, urn
from dateline.website.machines.blocks_html import Readings, body_html, readings_of
from dateline.website.machines.lists import ListOfArticles
from dateline.website.machines.vocabulary import (
    Author,
    Feed,
    FeedItem,
    FeedPicture,
    LogHead,
    Notice,
    Withdrawn,
)

ITEMS = 30
TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When an empty feed was last updated: the present would change at each request."""


def of_list(edition: Edition, found: ListOfArticles) -> Feed:
    """Return the newest articles of a list with their texts."""
    articles = queries.newest(
        edition.code, found.kind, found.key, limit=ITEMS, shows=Shows.ARTICLE
    )
    items = _items(edition.code, articles)
    withdrawn: list[Tombstone] = []
    if found.kind == ListKind.LATEST:
        withdrawn = queries.newest_tombstones(edition.code, limit=ITEMS)
    title = f"{edition.title} · {found.name}" if found.name else edition.title
    return _feed(edition, title, found.path, items, withdrawn)


def of_corrections(edition: Edition) -> Feed:
    """Return an edition's corrections, each an item of its own."""
    found = queries.newest_corrections(edition.code, limit=ITEMS)
    gettext = words(edition.code).gettext
    items = [_correction_item(row, gettext("Correction")) for row in found]
    title = f"{edition.title} · {gettext('Corrections')}"
    return _feed(edition, title, f"/{edition.code}/corrections/", items, [])


def _feed(
    edition: Edition,
    title: str,
    path: str,
    items: Sequence[FeedItem],
    withdrawn: Sequence[Tombstone],
) -> Feed:
    read(description(edition.code))
    language = LANGUAGES[edition.code]
    heads = [item.head for item in items] + [_head(row.entry) for row in withdrawn]
    times = [item.updated_at for item in items] + [row.killed_at for row in withdrawn]
    return Feed(
        title=title,
        publisher=edition.title,
        description=edition.description or edition.motto or title,
        language=language.tag,
        direction=language.direction,
        page_url=absolute(path),
        address=absolute(path),
        items=tuple(items),
        withdrawn=tuple(map(_withdrawn, withdrawn)),
        updated_at=max(times, default=NEVER),
        icon=absolute(static("website/icon.svg")),
        key_url=absolute("/log/key.pem"),
        head=max(filter(None, heads), key=lambda head: head.sequence, default=None),
    )


def _items(code: str, articles: Sequence[Publication]) -> list[FeedItem]:
    queries.read_texts(articles)
    changed = queries.changed_at(articles)
    corrections, redactions = queries.notices_of_each(articles)
    writer = _ItemWriter(
        code=code,
        zone=timezone(),
        gettext=words(code).gettext,
        readings=readings_of([article.version.content for article in articles]),
        corrections=corrections,
        redactions=redactions,
    )
    return [writer.item(article, changed[article.article_id]) for article in articles]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ItemWriter:
    """Makes items of publications whose texts have been read."""

    code: str
    zone: ZoneInfo
    gettext: Callable[[str], str]
    readings: Readings
    corrections: Mapping[int, Sequence[Correction]]
    redactions: Mapping[int, Sequence[Redaction]]

    def item(self, article: Publication, changed_at: datetime) -> FeedItem:
        content = article.version.content
        corrections = _notices(self.corrections[article.pk], "corrected_at", "text")
        removals = _notices(self.redactions[article.pk], "redacted_at", "reason")
        url = absolute(article.path)
        return FeedItem(
            id=urn(article.uid),
            url=url,
            title=article.headline,
            summary=article.lede,
            # What was wrong and what was removed comes before anything else.
            html=self._notices_html("Correction", corrections)
            + self._notices_html("Removed", removals)
            + body_html(content, self.readings, self.gettext),
            published_at=article.published_at,
            updated_at=changed_at,
            authors=self._authors(article),
            section=_section(article),
            picture=_picture(content.get("picture"), self.readings.pictures),
            corrections=corrections,
            removals=removals,
            sources=_sources(content),
            version=article.version.number,
            versions_url=f"{url}versions/",
            head=_head(article.entry),
        )

    def _authors(self, article: Publication) -> tuple[Author, ...]:
        return tuple(
            Author(who["name"], absolute(f"/{self.code}/by/{who['slug']}/"))
            for who in article.byline
        )

    def _notices_html(self, label: str, notices: Sequence[Notice]) -> str:
        return "".join(
            Markup("<p><b>{}, {}:</b> {}</p>\n").format(
                self.gettext(label), self._day(notice.at), notice.text
            )
            for notice in notices
        )

    def _day(self, moment: datetime) -> str:
        return format_date(self.code, moment.astimezone(self.zone).date())


def _correction_item(correction: Correction, label: str) -> FeedItem:
    article, version = correction.publication, correction.version
    queries.show([article], Shows.TEASER)
    url = absolute(article.path)
    text = Markup('<p>{}</p><p><a href="{}">{}</a></p>').format(
        correction.text, url, article.headline
    )
    return FeedItem(
        id=urn(uuid5(article.uid, f"correction:{version.number}")),
        url=url,
        title=f"{label}: {article.headline}",
        summary=correction.text,
        html=str(text),
        published_at=correction.corrected_at,
        updated_at=correction.corrected_at,
        section=_section(article),
        corrections=(Notice(correction.text, correction.corrected_at),),
        version=version.number,
        versions_url=f"{url}versions/",
        head=_head(version.entry),
    )


def _head(entry: LogEntry) -> LogHead:
    return LogHead(entry.sequence, entry.hash, entry.signature)


def _withdrawn(row: Tombstone) -> Withdrawn:
    article = row.publication
    return Withdrawn(
        urn(article.uid), absolute(article.path), row.killed_at, row.desk, row.reason
    )


def _notices(rows: Iterable[Any], at: str, text: str) -> tuple[Notice, ...]:
    told = [Notice(getattr(row, text), getattr(row, at)) for row in rows]
    return tuple(sorted(told, key=lambda notice: notice.at, reverse=True))


def _section(article: Publication) -> str:
    section = article.section
    if section is None:
        return ""
    read(*section.tags_in(article.language))
    return section.name_in(article.language)


def _picture(
    value: Mapping[str, Any] | None, rows: Mapping[int, Picture]
) -> FeedPicture | None:
    row = rows.get(value["id"]) if value else None
    if value is None or row is None:
        return None
    width = widths_of(row)[-1]
    shown = min(width, row.width)
    return FeedPicture(
        url=absolute(address(row, width, "jpg")),
        type="image/jpeg",
        width=shown,
        height=scaled_height(row, shown),
        alt=value["alt"],
        caption=value["caption"],
        credit=value["credit"],
    )


def _sources(content: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "name": line.name,
            "kind": line.kind,
            "statements": line.statements,
            "statuses": dict(line.statuses),
        }
        | ({"url": line.url} if line.url else {})
        for line in source_lines(content)
    )
