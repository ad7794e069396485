"""
What the source desk reads: where a source is used, and how often.

A source may have a million statements laid to it. Everything here walks an index from
the newest article on, stops at a page, and counts no further than people read.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery

from dateline.articles.models import Article, Attribution
from dateline.publishing.models import Publication
from dateline.sources.models import Source

COUNTED = 1000
"""A count stops here: “1,000 or more” is all that anybody needs to know."""

PAGE = 25
_MOST_SHOWN, _LONGEST = 5, 500
_FIRST_PARTS = {"title", "caption"}
_TAG = re.compile(r"<[^>]+>")
_SPAN = re.compile(
    r'<span data-span="([a-z2-7]{12})">((?:(?!</?span).)*)</span>', re.DOTALL
)


class _Counted(Subquery):
    """How many rows a query finds; its slice bounds the work."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def with_uses(sources: QuerySet[Source]) -> QuerySet[Source]:
    """Add ``uses``: how many statements are laid to each, up to `COUNTED`."""
    laid = Attribution.objects.filter(source=OuterRef("pk")).order_by()
    return sources.annotate(uses=_Counted(laid.values("pk")[:COUNTED]))


def uses_of(source: Source) -> int:
    """Return how many statements are laid to a source, up to `COUNTED`."""
    return Attribution.objects.filter(source=source)[:COUNTED].count()


def told_uses(count: int) -> str:
    """Return a count as a page says it."""
    return f"{COUNTED:,} or more" if count >= COUNTED else f"{count:,}"


@dataclass(frozen=True)
class Used:
    """An article that rests on a source, with some of what it says from it."""

    article: Article
    publication: Publication | None
    #: Statements in the newest draft, and in what readers have.
    in_draft: int
    in_public: int
    #: A first few of them, as readers have them, or else as the draft has them.
    statements: list[str]

    @property
    def more(self) -> int:
        return max(self.in_public, self.in_draft) - len(self.statements)


@dataclass(frozen=True)
class UsedPage:
    rows: list[Used] = field(default_factory=list)
    #: The article before which older ones stand; None if there are none.
    older: int | None = None


def article_ids(
    source: Source, *, before: int | None = None, limit: int = PAGE, is_public: bool
) -> QuerySet[Attribution, int]:
    """Return the query for the newest articles that rest on a source, by id."""
    rows = Attribution.objects.filter(source=source)
    if before is not None:
        rows = rows.filter(article_id__lt=before)
    if is_public:
        rows = rows.filter(article__publication__isnull=False)
    ids = rows.order_by("-article_id").values_list("article_id", flat=True)
    return ids.distinct()[: limit + 1]


def where_used(
    source: Source,
    *,
    before: int | None = None,
    limit: int = PAGE,
    is_public: bool = False,
) -> UsedPage:
    """
    Return the newest articles that rest on a source.

    ``is_public`` leaves out what readers never had.
    """
    ids = list(article_ids(source, before=before, limit=limit, is_public=is_public))
    older = ids[limit - 1] if len(ids) > limit else None
    return UsedPage(_used(source, ids[:limit]), older)


def _used(source: Source, ids: list[int]) -> list[Used]:
    articles = Article.objects.filter(pk__in=ids).only(
        "pk", "headline", "lede", "lead_caption", "language", "body"
    )
    found = articles.in_bulk()
    publications = {
        row.article_id: row
        for row in Publication.objects.filter(article_id__in=ids)
        .select_related("version")
        .defer("lede", "byline")
    }
    laid = _laid(source, ids)
    family = _family(source)
    return [
        _row(found[pk], publications.get(pk), laid.get(pk, set()), family)
        for pk in ids
        if pk in found
    ]


def _laid(source: Source, ids: list[int]) -> dict[int, set[str]]:
    laid: dict[int, set[str]] = {}
    rows = Attribution.objects.filter(source=source, article_id__in=ids)
    for article, span in rows.values_list("article_id", "span"):
        laid.setdefault(article, set()).add(span)
    return laid


def _family(source: Source) -> set[int]:
    """Return the numbers under which public versions may name a source."""
    family, added = {source.pk}, {source.pk}
    while added:
        twins = Source.objects.filter(merged_into__in=added)
        added = set(twins.values_list("pk", flat=True)) - family
        family |= added
    return family


def _row(
    article: Article,
    publication: Publication | None,
    laid: set[str],
    family: set[int],
) -> Used:
    drafted = _passages(_draft_texts(article), article.body.get_prep_value(), laid)
    public: list[str] = []
    if publication is not None:
        content = publication.version.content
        spans = _public_spans(content, family)
        public = _passages(_public_texts(content), content.get("body", []), spans)
    return Used(
        article=article,
        publication=publication,
        in_draft=len(drafted),
        in_public=len(public),
        statements=(public or drafted)[:_MOST_SHOWN],
    )


def _public_spans(content: dict[str, Any], family: set[int]) -> set[str]:
    told = content.get("attributions") or {}
    return {span for span, row in told.items() if row["source"]["id"] in family}


def _draft_texts(article: Article) -> dict[str, str]:
    """Return what is attributed as a whole, by its handle."""
    return {
        "headline": article.headline,
        "lede": article.lede,
        "picture": article.lead_caption,
    }


def _public_texts(content: dict[str, Any]) -> dict[str, str]:
    picture = content.get("picture") or {}
    return {
        "headline": content.get("headline", ""),
        "lede": content.get("lede", ""),
        "picture": picture.get("caption", ""),
    }


def _passages(whole: dict[str, str], body: Any, spans: set[str]) -> list[str]:
    """Return the texts that the handles stand for, in the order of the article."""
    texts = {handle: text for handle, text in whole.items() if handle in spans and text}
    for block in body:
        if block.get("id") in spans:
            texts[block["id"]] = " ".join(map(_plain, _strings(block["value"]))).strip()
        for value in _strings(block.get("value")):
            for span, words in _SPAN.findall(value):
                if span in spans:
                    # Bold in the middle of a span splits it in two.
                    texts[span] = texts.get(span, "") + _plain(words)
    return [text[:_LONGEST] for text in texts.values()]


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # PostgreSQL gives a block's parts back in an order of its own.
        for name in sorted(value, key=_FIRST_PARTS.__contains__, reverse=True):
            yield from _strings(value[name])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _plain(words: str) -> str:
    return html.unescape(_TAG.sub("", words))
