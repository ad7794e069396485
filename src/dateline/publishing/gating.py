"""Reading what the gate decides on: the policy, and what each statement rests on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Any

from dateline.articles.models import Article, Attribution
from dateline.articles.statements.finding import (
    find_statements,
    find_texts,
)
from dateline.articles.statements.standing import Grounds, Judged, judge
from dateline.articles.statements.vocabulary import Standing
from dateline.editions.queries import edition_codes
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.plumbing.json_text import canonical
from dateline.plumbing.prepared import Prepared
from dateline.publishing.accusations import accusing_fact
from dateline.publishing.before_an_act import (
    content_readers_have,
    gate_policy,
    overrides_of,
    publication_of,
)
from dateline.publishing.differing import open_pairs
from dateline.publishing.hands import accounts_that_acted
from dateline.publishing.interests import interest_facts
from dateline.publishing.judging import judged_on, marks_of
from dateline.publishing.kept_texts import KeptTexts
from dateline.publishing.models import GatePolicy, Listing
from dateline.publishing.nearness import nearness
from dateline.publishing.picture_context import picture_facts
from dateline.publishing.quotations.quoting import Quotation, find_quotations
from dateline.publishing.rules import (
    AccusingFact,
    GateFacts,
    HandsFact,
    Level,
    NearnessFact,
    Overriders,
    Policy,
    QuotationFact,
    UnnamedFact,
)
from dateline.publishing.snapshots import attributions_of, handles_in
from dateline.publishing.vocabulary import ListKind
from dateline.sources.models import WireItem
from dateline.sources.vocabulary import SourceKind

_KNOWN = "_gate_facts"
#: More rows of one hour are not counted: no newsroom's ceiling is so high.
MOST_COUNTED = 1000
_IN_LAST_HOUR = Prepared(
    lambda *, languages, kind, names, since: Listing.objects.filter(
        # Each is named, so that the index of lists is asked and not walked.
        language__in=languages,
        kind=kind,
        key__in=names,
        published_at__gt=since,
    ).values_list("key", flat=True)[:MOST_COUNTED]
)


def policy() -> Policy:
    """Return what the newsroom asks of a text before it is public."""
    row = gate_policy()
    return Policy(**{name.name: _told(row, name.name) for name in fields(Policy)})


def _told(row: GatePolicy, name: str) -> Any:
    value = getattr(row, name)
    if name == "overriders":
        return Overriders(value)
    return Level(value) if isinstance(value, str) else value


def gate_facts(
    copy: Article, content: Mapping[str, Any], *, by: User | None = None
) -> GateFacts:
    """
    Return what the gate decides on, of a working copy and what it would publish.

    `by` is who would publish it. An act asks twice, and gets the same facts for the
    same copy and snapshot.
    """
    told = canonical(content), by.pk if by else None
    known = copy.__dict__.get(_KNOWN)
    if known is None or known[0] != told:
        known = copy.__dict__[_KNOWN] = (told, _gate_facts(copy, content, by))
    facts: GateFacts = known[1]
    return facts


def _gate_facts(
    copy: Article, content: Mapping[str, Any], by: User | None
) -> GateFacts:
    rows = attributions_of(copy, handles_in(content))
    kept = KeptTexts(rows, content["language"])
    texts = find_texts(content)
    statements = [one for text in texts for one in text.statements]
    judged = judged_on(
        statements,
        content,
        rows=rows,
        marks=marks_of(copy),
        kept=kept,
        confirmed=_confirmed(content),
    )
    asked = _asked(copy, judged)
    quotations = list(find_quotations(content, texts))
    told, hands = policy(), _hands(copy, content, by)
    return GateFacts(
        policy=told,
        form=content["form"],
        genre=content["genre"],
        judged=tuple(judged),
        quotations=tuple(_compared(quotations, kept, asked)),
        near=(
            NearnessFact()
            if told.near is Level.OFF
            else nearness(
                texts,
                quotations,
                attributed=frozenset(rows),
                cited=_cited(copy, rows),
                asked=asked,
            )
        ),
        differing=(
            ()
            if told.contradictions is Level.OFF
            else tuple(open_pairs(copy, content, _sources(rows), statements))
        ),
        accusing=(
            AccusingFact()
            if {told.accusation, told.accusation_unasked} == {Level.OFF}
            else accusing_fact(
                copy,
                content,
                texts,
                rows=rows,
                asked=asked,
                hands=hands,
            )
        ),
        interests=tuple(
            () if told.interest is Level.OFF else interest_facts(copy, content)
        ),
        pictures=tuple(
            ()
            if told.picture is Level.OFF
            else picture_facts(copy, content, told.archive_days)
        ),
        unnamed=tuple(_unnamed(copy, rows)),
        hands=hands,
        asked=asked,
        overridden=_overridden(copy),
    )


def _sources(rows: Mapping[str, Attribution]) -> dict[str, int]:
    return {handle: row.source_id for handle, row in rows.items()}


def _asked(copy: Article, judged: list[Judged]) -> frozenset[str]:
    """Return the statements that readers do not have already, or not so."""
    public = content_readers_have(copy)
    before = _rested_on(public) if public else {}
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
    for row in overrides_of(copy):
        for code, keys in row.findings.items():
            found.setdefault(code, set()).update(keys)
    return {code: frozenset(keys) for code, keys in found.items()}


def _confirmed(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the handles for which somebody named a second source."""
    told = content.get("attributions", {})
    return frozenset(
        handle
        for handle, row in told.items()
        if row.get("status_set", {}).get("second")
    )


def _compared(
    quotations: list[Quotation], kept: KeptTexts, asked: frozenset[str]
) -> Iterator[QuotationFact]:
    for quotation in quotations:
        if quotation.statement not in asked:
            continue
        verdict, is_told = kept.compare(quotation)
        if is_told:
            key = f"{quotation.statement}:{quotation.start}"
            yield QuotationFact(key, quotation.place, quotation.text, verdict)


def _cited(copy: Article, rows: Mapping[str, Attribution]) -> list[WireItem]:
    """Return the wire items that the article says it is written from."""
    return [
        item for item in (copy.wire_item, *(r.wire_item for r in rows.values())) if item
    ]


def _unnamed(copy: Article, rows: Mapping[str, Attribution]) -> Iterator[UnnamedFact]:
    sources = {row.source_id: row.source for row in rows.values()}
    unnamed = [s for s in sources.values() if s.kind == SourceKind.UNNAMED]
    wrote = accounts_that_acted(copy) if unnamed else set()
    for source in unnamed:
        knower = source.known_to
        yield UnnamedFact(
            key=f"source:{source.pk}",
            description=source.name,
            has_reason=bool(source.unnamed_reason.strip()),
            knower=str(knower or ""),
            knower_is_on_staff=bool(knower and knower.is_active),
            knower_wrote_it=wrote <= {source.known_to_id},
        )


def _hands(copy: Article, content: Mapping[str, Any], by: User | None) -> HandsFact:
    is_first = publication_of(copy) is None
    return HandsFact(
        published_by=by.pk if by else None,
        acted=frozenset(accounts_that_acted(copy)) if by else frozenset(),
        in_last_hour=tuple(_in_last_hour(content)) if is_first else (),
        is_first=is_first,
    )


def _in_last_hour(content: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Yield how many articles in any language were first published under each name."""
    names = {who["slug"]: who["name"] for who in content["byline"]}
    rows = _IN_LAST_HOUR(
        languages=edition_codes(),
        kind=ListKind.CONTRIBUTOR,
        names=list(names),
        since=clock.now() - timedelta(hours=1),
    )
    counts = Counter(rows)
    yield from ((slug, name, counts[slug]) for slug, name in names.items())
