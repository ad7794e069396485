"""Reading what the gate decides on: the policy, and what each statement rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from dateline import languages
from dateline.articles.models import Article, Attribution, StatementMark
from dateline.articles.statements.finding import (
    Text,
    find_statements,
    find_texts,
)
from dateline.articles.statements.standing import Grounds, Judged, judge
from dateline.articles.statements.vocabulary import Mark, Standing, Statement
from dateline.articles.vocabulary import MarkKind
from dateline.publishing.citing import ItemSentences
from dateline.publishing.models import GatePolicy, Override, Publication
from dateline.publishing.quotations.comparing import Doubt, Verdict, compare_with_any
from dateline.publishing.quotations.quoting import Quotation, find_quotations
from dateline.publishing.quotations.sources import SourceText
from dateline.publishing.rules import (
    GateFacts,
    Level,
    Overriders,
    Policy,
    QuotationFact,
)
from dateline.publishing.snapshots import attributions_of, handles_in, name_of
from dateline.sources.models import Citation, Picture, WireItem
from dateline.sources.queries import text_of

#: Fewer words in marks may be a name, or the writer's own distance to a word.
_SHORTEST_SAID = 4
_SHORTEST_COMPARED = 2


def policy() -> Policy:
    """Return what the newsroom asks of a text before it is public."""
    row = GatePolicy.load()
    return Policy(**{name.name: _told(row, name.name) for name in fields(Policy)})


def _told(row: GatePolicy, name: str) -> Any:
    value = getattr(row, name)
    if name == "overriders":
        return Overriders(value)
    return Level(value) if isinstance(value, str) else value


def gate_facts(copy: Article, content: Mapping[str, Any]) -> GateFacts:
    """Return what the gate decides on, of a working copy and what it would publish."""
    rows = attributions_of(copy, handles_in(content))
    texts = find_texts(content)
    statements = [one for text in texts for one in text.statements]
    grounds = Grounds(
        attributed=frozenset(rows),
        unverified=frozenset(_unverified(statements, rows, content["language"])),
        marks=_marks(copy),
        given_captions=_given_captions(content),
    )
    judged = judge(statements, grounds, code=content["language"])
    asked = _asked(copy, judged)
    return GateFacts(
        policy=policy(),
        form=content["form"],
        genre=content["genre"],
        judged=tuple(judged),
        quotations=tuple(_quotations(content, texts, rows, asked)),
        asked=asked,
        overridden=_overridden(copy),
    )


def _marks(copy: Article) -> dict[str, Mark]:
    rows = StatementMark.objects.filter(article_id=copy.pk).select_related("marked_by")
    return {
        row.span: Mark(
            MarkKind(row.kind),
            name_of(row.marked_by, copy),
            row.marked_at.isoformat(),
            row.words,
        )
        for row in rows
    }


def _given_captions(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the captions that came with the pictures, if it is said from whom."""
    shown = [content["picture"]] if content["picture"] else []
    for block in content["body"]:
        if block["type"] == "picture":
            shown.append(block["value"])
        elif block["type"] == "gallery":
            shown += block["value"]["pictures"]
    if not shown:
        return frozenset()
    rows = Picture.objects.filter(pk__in=[picture["id"] for picture in shown])
    return frozenset(
        caption
        for row in rows
        if row.credit or row.source_id
        for caption in (row.caption, *row.captions.values())
        if caption
    )


def _asked(copy: Article, judged: list[Judged]) -> frozenset[str]:
    """Return the statements that readers do not have already, or not so."""
    public = Publication.objects.filter(article_id=copy.pk).select_related("version")
    row = public.first()
    before = _rested_on(row.version.content) if row else {}
    return frozenset(
        one.statement.id
        for one in judged
        if one.statement.words not in before
        or (one.standing is Standing.UNSOURCED and before[one.statement.words])
    )


def _rested_on(content: Mapping[str, Any]) -> dict[str, bool]:
    """Return the words of each public statement, and if it rested on something."""
    handles = {*content.get("attributions", {}), *content.get("marks", {})}
    judged = judge(
        find_statements(content), Grounds(frozenset(handles)), code=content["language"]
    )
    return {
        one.statement.words: one.standing is not Standing.UNSOURCED for one in judged
    }


def _overridden(copy: Article) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in Override.objects.filter(article_id=copy.pk):
        for code, keys in row.findings.items():
            found.setdefault(code, set()).update(keys)
    return {code: frozenset(keys) for code, keys in found.items()}


def _unverified(
    statements: list[Statement], rows: Mapping[str, Attribution], code: str
) -> Iterator[tuple[str, str]]:
    """Yield statement and handle where the wire item's own sentence cites nobody."""
    items = {
        handle: row.wire_item
        for handle, row in rows.items()
        if row.wire_item is not None and not _rests_on_another(row)
    }
    for statement in statements:
        for handle in statement.handles:
            item = items.get(handle)
            if item and not _sentences(item, code).cites(statement.text):
                yield statement.id, handle


def _rests_on_another(row: Attribution) -> bool:
    return row.citation is not None and row.citation.rests_on_id is not None


def _sentences(item: WireItem, code: str) -> ItemSentences:
    return ItemSentences.of(_item_text(item), _language(item) or code)


def _language(item: WireItem | None) -> str | None:
    found = languages.find(item.language) if item and item.language else None
    return found.code if found else None


def _item_text(item: WireItem) -> str:
    return text_of(Citation(wire_item=item))


def _quotations(
    content: Mapping[str, Any],
    texts: list[Text],
    rows: Mapping[str, Attribution],
    asked: frozenset[str],
) -> Iterator[QuotationFact]:
    for quotation in find_quotations(content, texts):
        cited = [rows[handle] for handle in quotation.handles if handle in rows]
        # A quotation that is attributed to nobody is an unsourced statement.
        if quotation.statement in asked and cited:
            found = _compared(quotation, cited, content["language"])
            if found is not _NOTHING_SAID:
                yield QuotationFact(
                    f"{quotation.statement}:{quotation.start}",
                    quotation.place,
                    quotation.text,
                    found,
                )


_NOTHING_SAID = Verdict(left_out=("",))


def _compared(
    quotation: Quotation, cited: list[Attribution], code: str
) -> Verdict | None:
    texts = [(_kept_text(row), _language(row.wire_item) or code) for row in cited]
    kept = [(text, language) for text, language in texts if text]
    told = quotation.original_language or code
    if not kept:
        return None if quotation.words >= _SHORTEST_SAID else _NOTHING_SAID
    verdict = compare_with_any(
        quotation.compared, [SourceText.of(text, language) for text, language in kept]
    )
    if verdict.is_found or all(language != told for _, language in kept):
        return verdict if verdict.is_found else Verdict(doubts=(Doubt.TRANSLATED,))
    if len(kept) < len(cited):
        return None
    if quotation.words < _SHORTEST_COMPARED:
        return Verdict(doubts=(Doubt.ONE_WORD,))
    return verdict


def _kept_text(row: Attribution) -> str:
    if row.citation is not None and (text := text_of(row.citation)):
        return text
    return _item_text(row.wire_item) if row.wire_item is not None else ""
