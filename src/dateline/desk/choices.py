"""
What was chosen in the editor for the statements of a text that is not saved yet.

The editor sends it in one field of the article's form, by handle, so that words and
whom they rest on are saved by one act or not at all:
``{"abcdefghijkl": {"source": 7}, "headline": {"mark": "opinion"}}``.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dateline.articles.actions import (
    NotOneStatement,
    attribute_span,
    lift_attribution,
    lift_mark,
    mark_statement,
)
from dateline.articles.models import Article, Attribution
from dateline.articles.spans import HANDLE, span_ids
from dateline.articles.vocabulary import MarkKind
from dateline.people.models import User
from dateline.sources.models import Citation, Source

FIELD = "desk-rests"
MOST, LONGEST = 2000, 200_000
LARGEST_NUMBER = 2**62


@dataclass(frozen=True, slots=True)
class Choice:
    """What one handle is to rest on; with neither source nor mark, on nothing."""

    source: Source | None = None
    citation: Citation | None = None
    mark: MarkKind | None = None
    #: Words that were copied from another article bring their attribution along.
    copied: Attribution | None = None


def read_choices(text: str) -> dict[str, Choice]:
    """Return what was chosen; what is no choice, or names what is gone, is left out."""
    told = _told(text)
    sources = _rows(Source.objects.standing(), told, "source")
    citations = _rows(Citation.objects.select_related("source"), told, "citation")
    copied = _copied(told)
    return {
        handle: choice
        for handle, said in told.items()
        if (choice := _choice(said, sources, citations, copied))
    }


def _told(text: str) -> dict[str, dict[str, Any]]:
    if not text or len(text) > LONGEST:
        return {}
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict) or len(told) > MOST:
        return {}
    return {
        handle: said
        for handle, said in told.items()
        if HANDLE.fullmatch(handle) and isinstance(said, dict)
    }


def _rows(rows: Any, told: Mapping[str, dict[str, Any]], name: str) -> dict[int, Any]:
    wanted = {said[name] for said in told.values() if _is_number(said.get(name))}
    return rows.in_bulk(wanted) if wanted else {}


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 < value < LARGEST_NUMBER


def _copied(told: Mapping[str, dict[str, Any]]) -> dict[tuple[int, str], Attribution]:
    wanted = dict(_from(told))
    rows = Attribution.objects.filter(
        article__in=set(wanted.values()), span__in=set(wanted)
    )
    found = rows.select_related("source", "citation", "wire_item")
    return {(row.article_id, row.span): row for row in found} if wanted else {}


def _from(told: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for said in told.values():
        if pair := _pair(said):
            yield pair[1], pair[0]


def _pair(said: Mapping[str, Any]) -> tuple[int, str] | None:
    span, article = said.get("span"), said.get("article")
    if isinstance(span, str) and HANDLE.fullmatch(span) and _is_number(article):
        return int(str(article)), span
    return None


def _choice(
    said: dict[str, Any],
    sources: Mapping[int, Source],
    citations: Mapping[int, Citation],
    copied: Mapping[tuple[int, str], Attribution],
) -> Choice | None:
    if "off" in said:
        return Choice()
    if said.get("mark") in MarkKind.values:
        return Choice(mark=MarkKind(said["mark"]))
    if (pair := _pair(said)) and (row := copied.get(pair)):
        return Choice(source=row.source, citation=row.citation, copied=row)
    source = _row(sources, said.get("source"))
    if source is None:
        return None
    citation = _row(citations, said.get("citation"))
    is_its_own = citation is not None and citation.source_id == source.pk
    return Choice(source=source, citation=citation if is_its_own else None)


def _row(rows: Mapping[int, Any], number: Any) -> Any:
    return rows.get(number) if _is_number(number) else None


@transaction.atomic
def keep_choices(article: Article, text: str, *, by: User) -> list[str]:
    """
    Record what was chosen, for the words that the saved draft has.

    Returns the refusals, in sentences: a mark stands for one statement alone.
    """
    chosen = read_choices(text)
    if not chosen:
        return []
    fresh = Article.objects.get(pk=article.pk)
    stream: Any = fresh.body
    raw = list(stream.raw_data)
    held = {"headline", "lede", "picture", *(block["id"] for block in raw)}
    held.update(span_ids(raw))
    refused = []
    for handle, choice in chosen.items():
        if handle not in held:
            continue
        try:
            _keep(fresh, handle, choice, by)
        except NotOneStatement as refusal:
            refused.append(str(refusal))
    return refused


def _keep(article: Article, handle: str, choice: Choice, by: User) -> None:
    if choice.mark is not None:
        mark_statement(article, handle, kind=choice.mark, by=by)
        lift_attribution(article, handle)
        return
    lift_mark(article, handle)
    if choice.source is None:
        lift_attribution(article, handle)
        return
    row = attribute_span(
        article, handle, source=choice.source, by=by, citation=choice.citation
    )
    if choice.copied is not None and choice.copied.wire_item_id:
        row.wire_item = choice.copied.wire_item
        row.save(update_fields=["wire_item"])
