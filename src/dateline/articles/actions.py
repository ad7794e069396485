"""Writing copy: from a wire item, and attributions that follow their text."""

import copy
import html
import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dateline import languages
from dateline.articles.models import (
    Article,
    ArticleByline,
    Attribution,
    Section,
    StatementMark,
)
from dateline.articles.queries import as_stated
from dateline.articles.slugs import slug_from
from dateline.articles.spans import new_span_id, span_ids, wrap
from dateline.articles.statements.finding import (
    Text,
    find_statements,
    find_texts,
    placed,
)
from dateline.articles.statements.standing import Grounds, holds, judge
from dateline.articles.statements.vocabulary import IN_SPANS, Standing, Statement
from dateline.articles.statements.wrapping import wrap_stretch
from dateline.articles.vocabulary import MarkKind
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.sources.actions.citing import CitedFrom, cite
from dateline.sources.models import Citation, Source, WireItem

CROSSHEAD, LIST_ITEM, CAPTION = "crosshead", "list item", "caption"
LONGEST_CROSSHEAD = 200
LEAST_URGENT = 9
HangsOnSpan = TypeVar("HangsOnSpan", Attribution, StatementMark)


class NotOneStatement(ValueError):
    """A mark stands for one statement; what was chosen is none, or several."""


class WireItemWithdrawn(PermissionDenied):
    """The item's sender has withdrawn it: nothing new is drafted from it."""


@transaction.atomic
def draft_from_wire_item(
    item: WireItem,
    *,
    by: User,
    language: str | None = None,
    section: Section | None = None,
    source: Source | None = None,
) -> Article:
    """
    Begin an article from a wire item, each statement attributed to the item's source.

    A headline or lede that says what the paragraphs say rests on them instead.

    `language` and `section` are asked of the editor where the item does not say.

    :raises WireItemWithdrawn: the item was withdrawn by its sender
    :raises ValueError: the item has no source and none is given, or no language
    """
    item = WireItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.is_withdrawn:
        raise WireItemWithdrawn("The sender has withdrawn this item.")
    body, spans = _attributed_body(item)
    article = Article(
        language=_language(item, language),
        section=section,
        headline=item.headline[:300],
        slugline=slug_from(item.headline, fallback="wire")[:60],
        lede=str(item.content.get("standfirst") or "")[:2000],
        wire_item=item,
        embargoed_until_at=item.embargoed_until_at,
        created_by=by,
    )
    if item.urgency and 1 <= item.urgency <= LEAST_URGENT:
        article.urgency = item.urgency
    # A stream takes raw blocks as well.
    article.body = body  # type: ignore[assignment]
    own = by.contributors.order_by("id").first()
    article.bylines = [ArticleByline(contributor=own)] if own else []
    article.save()
    handles = [*spans, *_resting_on_nothing(article, frozenset(spans))]
    _attribute(article, handles, _source(item, source), item=item, by=by)
    article.save_revision(user=by, clean=False, log_action=True)
    return article


def _language(item: WireItem, chosen: str | None) -> str:
    language = languages.find(chosen or item.language or "")
    if language is None:
        raise ValueError("Say in which language the article is.")
    return language.code


def _source(item: WireItem, chosen: Source | None) -> Source:
    source = chosen or item.source
    if source is None:
        raise ValueError("Say which source the item comes from.")
    if item.source_id is None:
        item.source = source
        item.save(update_fields=["source"])
    return source


def _attributed_body(item: WireItem) -> tuple[list[dict[str, Any]], list[str]]:
    body: list[dict[str, Any]] = []
    spans: list[str] = []
    for kind, text in _passages(item):
        if kind == CROSSHEAD and len(text) <= LONGEST_CROSSHEAD:
            body.append({"type": "crosshead", "value": text})
            continue
        spans.append(new_span_id())
        words = f"<p>{wrap(html.escape(text, quote=False), spans[-1])}</p>"
        if kind == LIST_ITEM:
            _add_to_list(body, words)
        else:
            body.append({"type": "paragraph", "value": words})
    return body, spans


def _resting_on_nothing(article: Article, spans: frozenset[str]) -> list[str]:
    """Return which of headline and lede say more than the text below them."""
    judged = judge(_statements_of(article), Grounds(spans), code=article.language)
    return [
        one.statement.handle for one in judged if one.standing is Standing.UNSOURCED
    ]


def _passages(item: WireItem) -> list[tuple[str, str]]:
    told = item.content.get("blocks") or item.content.get("paragraphs") or []
    passages = [
        (str(block.get("kind") or "paragraph"), str(block.get("text") or "").strip())
        for block in told
    ]
    return [(kind, text) for kind, text in passages if text and kind != CAPTION]


def _add_to_list(body: list[dict[str, Any]], words: str) -> None:
    if not (body and body[-1]["type"] == "list"):
        body.append({"type": "list", "value": {"ordered": False, "items": []}})
    # Without an id of its own Wagtail takes the item for its words.
    item = {"type": "item", "value": words, "id": str(uuid.uuid4())}
    body[-1]["value"]["items"].append(item)


def _attribute(
    article: Article, handles: list[str], source: Source, *, item: WireItem, by: User
) -> None:
    now = clock.now()
    Attribution.objects.bulk_create(
        Attribution(
            article=article,
            span=handle,
            source=source,
            wire_item=item,
            attributed_by=by,
            attributed_at=now,
        )
        for handle in handles
    )


@transaction.atomic
def attribute_span(
    article: Article,
    span: str,
    *,
    source: Source,
    by: User,
    citation: Citation | None = None,
) -> Attribution:
    """
    Record that a passage of the text rests on a source; a second choice replaces.

    :raises ValueError: the citation is of another source
    """
    if citation is not None and citation.source_id != source.pk:
        raise ValueError("Cite the source that the passage rests on.")
    _keep_what_readers_read(article, span, source)
    row, _ = Attribution.objects.update_or_create(
        article=article,
        span=span,
        defaults={
            "source": source,
            "citation": citation,
            "wire_item": citation.wire_item if citation else None,
            "attributed_by": by,
            "attributed_at": clock.now(),
        },
    )
    return row


@transaction.atomic
def lift_attribution(article: Article, span: str) -> None:
    """Take a source away; the words rest on nothing until they are attributed."""
    _keep_what_readers_read(article, span, None)
    Attribution.objects.filter(article=article, span=span).delete()


def _keep_what_readers_read(article: Article, span: str, source: Source | None) -> None:
    """
    Have the source that is replaced stay in the ledger, if it was ever published.

    A version that is public may name it, and no foreign key leads from there; a
    citation, which nobody deletes, does.
    """
    replaced = Attribution.objects.filter(
        article=article, span=span, article__first_published_at__isnull=False
    )
    row = replaced.exclude(source=source).select_related("source").first()
    if row is not None and not row.source.citations.exists():
        cite(
            row.source,
            by=row.attributed_by,
            found_in=CitedFrom(wire_item=row.wire_item),
        )


@transaction.atomic
def copy_attributions(article: Article, copied: dict[str, str]) -> None:
    """Give each copied span (new id to old) what its original rests on."""
    _copy_rows(Attribution, article, copied)
    _copy_rows(StatementMark, article, copied)


@transaction.atomic
def mark_statement(
    article: Article, span: str, *, kind: MarkKind, by: User
) -> StatementMark:
    """
    Record that `by` stands for the one statement that a span (or handle) holds.

    :raises NotOneStatement: the span holds most of no statement, or of several
    """
    held = [s for s in _statements_of(article) if holds(s, frozenset({span}))]
    if len(held) != 1:
        raise NotOneStatement(f"A mark stands for one statement: this is {len(held)}.")
    row, _ = StatementMark.objects.update_or_create(
        article=article,
        span=span,
        defaults={
            "kind": kind,
            "words": held[0].words,
            "marked_by": by,
            "marked_at": clock.now(),
        },
    )
    return row


@transaction.atomic
def hold_statement(article: Article, statement: str, *, by: User) -> str:
    """
    Return the handle on which the source or mark of one statement can hang.

    A sentence or list item that no span holds becomes one, in a draft of its own.

    :raises NotOneStatement: the draft does not hold this statement now
    """
    fresh, raw = _working_copy(article)
    text, place, held = _statement_in(find_texts(as_stated(fresh)), statement)
    if text.part not in IN_SPANS:
        return text.handle
    if own := _own_span(text, held):
        return own
    span = new_span_id()
    _wrap_in(raw, text.handle, place, (held.start, held.end, span))
    _save_raw(fresh, raw, by)
    return span


@transaction.atomic
def release_statement(article: Article, statement: str, *, by: User) -> None:
    """
    Take off what one statement rests on: its sources, and any mark.

    A span that holds other statements too goes on holding them.

    :raises NotOneStatement: the draft does not hold this statement now
    """
    fresh, raw = _working_copy(article)
    text, place, held = _statement_in(find_texts(as_stated(fresh)), statement)
    released = {text.handle}
    if text.part in IN_SPANS:
        _wrap_in(raw, text.handle, place, (held.start, held.end, ""))
        _save_raw(fresh, raw, by)
        released = {use.span for use in held.spans} - set(span_ids(raw))
    for handle in released:
        lift_attribution(article, handle)
        lift_mark(article, handle)


def _working_copy(article: Article) -> tuple[Article, list[dict[str, Any]]]:
    """Return the article as it stands now, held, and its body to be changed."""
    fresh = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    stream: Any = fresh.body
    return fresh, copy.deepcopy(list(stream.raw_data))


def _save_raw(article: Article, raw: list[dict[str, Any]], by: User) -> None:
    # A stream takes raw blocks as well.
    article.body = raw  # type: ignore[assignment]
    article.save_revision(user=by, clean=False, log_action=True)


def _statement_in(texts: list[Text], statement: str) -> tuple[Text, int, Statement]:
    """Return the text, which one of its block it is, and the statement in it."""
    for text, place in placed(texts):
        for one in text.statements:
            if one.id == statement:
                return text, place, one
    raise NotOneStatement("The draft has been changed: look at it again.")


def _own_span(text: Text, statement: Statement) -> str | None:
    """Return a span that holds this statement and reaches into no other."""
    others = [one for one in text.statements if one is not statement]
    for span in dict.fromkeys(use.span for use in statement.spans):
        is_shared = any(use.span == span for one in others for use in one.spans)
        if holds(statement, {span}) and not is_shared:
            return span
    return None


def _wrap_in(
    raw: list[dict[str, Any]], handle: str, place: int, stretch: tuple[int, int, str]
) -> None:
    block = next(block for block in raw if block["id"] == handle)
    if block["type"] == "list":
        item = block["value"]["items"][place]
        item["value"] = wrap_stretch(item["value"], *stretch)
    else:
        block["value"] = wrap_stretch(block["value"], *stretch)


@transaction.atomic
def lift_mark(article: Article, span: str) -> None:
    """Take a mark away; the statement rests on nothing until it is attributed."""
    StatementMark.objects.filter(article=article, span=span).delete()


@transaction.atomic
def drop_stale_marks(article: Article) -> None:
    """
    Take away the marks whose words stand in the article no longer.

    A redaction needs it: from a hash of the removed words one could guess them.
    """
    fresh = Article.objects.get(pk=article.pk)
    words = [statement.words for statement in _statements_of(fresh)]
    StatementMark.objects.filter(article=article).exclude(words__in=words).delete()


def _statements_of(article: Article) -> list[Statement]:
    return find_statements(as_stated(article))


def _copy_rows(
    kind: type[HangsOnSpan], article: Article, copied: Mapping[str, str]
) -> None:
    """Give each new span a copy of the row of its original, unless it has one."""
    held = kind._default_manager.filter(article=article)
    originals = {row.span: row for row in held.filter(span__in=copied.values())}
    standing = set(held.filter(span__in=copied).values_list("span", flat=True))
    copies: list[HangsOnSpan] = []
    for new, old in copied.items():
        if old in originals and new not in standing:
            row = copy.copy(originals[old])
            row.pk, row.span = None, new
            copies.append(row)
    kind._default_manager.bulk_create(copies)
