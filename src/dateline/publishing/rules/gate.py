"""
The gate: does each statement rest on something, and is each quotation its source's.

A newsroom sets for each rule whether it refuses, warns or is off, and who may override
a refusal (docs/adr/0016-the-gate.md). What was public before is not asked again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dateline.articles.statements.standing import Judged, tally
from dateline.articles.statements.vocabulary import Standing
from dateline.articles.vocabulary import Form, Genre
from dateline.publishing.quotations.comparing import Doubt, Fault, Verdict
from dateline.publishing.rules.accusing import (
    AccusingFact,
    accusation_findings,
    unasked_finding,
)
from dateline.publishing.rules.contradictions import Pair, pair_findings
from dateline.publishing.rules.interests import (
    InterestFact,
    interest_findings,
    interests_record,
)
from dateline.publishing.rules.nearness import NearnessFact, near_findings
from dateline.publishing.rules.picture_context import (
    PictureContextFact,
    picture_findings,
)
from dateline.publishing.rules.policy import Level, Policy
from dateline.publishing.rules.refusals import (
    AccusationOpen,
    AccusationUnasked,
    Finding,
    FourEyes,
    InterestHidden,
    MarksTooMany,
    NearWireItem,
    PictureUntold,
    QuotationDoubtful,
    QuotationNotInSource,
    QuotationNotKept,
    QuotationTranslated,
    Refusal,
    SingleSource,
    SourcesDiffer,
    StatementsUnsourced,
    TooManyAnHour,
    UnnamedSource,
)

_SHOWN = 160
_OWN_VIEW = frozenset({Genre.OPINION, Genre.REVIEW})


@dataclass(frozen=True, slots=True)
class QuotationFact:
    """One quotation of the text; `verdict` is None where no source's text is kept."""

    key: str
    place: str
    text: str
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class UnnamedFact:
    """A source that is not named, and who vouches for it."""

    key: str
    description: str
    has_reason: bool
    knower: str
    knower_is_on_staff: bool
    knower_wrote_it: bool


@dataclass(frozen=True, slots=True)
class HandsFact:
    """Whose hands the text went through, and how much else they put out."""

    published_by: int | None = None
    acted: frozenset[int] = frozenset()
    in_last_hour: tuple[tuple[str, str, int], ...] = ()
    """Slug, name and articles first published under it within the last hour."""
    is_first: bool = True


@dataclass(frozen=True)
class GateFacts:
    """All that the gate decides on."""

    policy: Policy
    form: str
    genre: str
    judged: tuple[Judged, ...] = ()
    quotations: tuple[QuotationFact, ...] = ()
    unnamed: tuple[UnnamedFact, ...] = ()
    hands: HandsFact = HandsFact()
    near: NearnessFact = field(default_factory=NearnessFact)
    differing: tuple[Pair, ...] = ()
    accusing: AccusingFact = field(default_factory=AccusingFact)
    interests: tuple[InterestFact, ...] = ()
    pictures: tuple[PictureContextFact, ...] = ()
    asked: frozenset[str] | None = None
    """Ids of the statements that were not public before; None asks all of them."""
    overridden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each rule's code the findings that somebody let pass."""


def refuse_at_gate(facts: GateFacts) -> Iterator[Refusal]:
    """Yield what the newsroom's policy refuses and nobody has overridden."""
    yield from (r for r in _open(facts) if _level(facts, r) is Level.REFUSE)


def warn_at_gate(facts: GateFacts) -> Iterator[Refusal]:
    """Yield what the policy lets pass and shows to whoever publishes."""
    yield from (r for r in _open(facts) if _level(facts, r) is Level.WARN)


def overridden_at_gate(facts: GateFacts) -> dict[str, int]:
    """Return how many findings of each rule pass only by an override."""
    passed = {
        refusal.code: sum(
            1 for f in refusal.findings if _is_let_pass(facts, refusal, f)
        )
        for refusal in _found(facts)
        if _level(facts, refusal) is Level.REFUSE
    }
    return {code: count for code, count in passed.items() if count}


def gate_record(facts: GateFacts) -> dict[str, Any]:
    """Return what the log keeps of how a text passed: counts and policy, no copy."""
    told = {
        "statements": tally(facts.judged).as_record(),
        "policy": facts.policy.as_record(),
        "warned": {r.code: len(r.findings) for r in warn_at_gate(facts)},
        "overridden": overridden_at_gate(facts),
        "accusations": facts.accusing.as_record(),
        "interests": interests_record(facts.interests),
    }
    return {name: value for name, value in told.items() if value}


def _level(facts: GateFacts, refusal: Refusal) -> Level:
    return facts.policy.level_of(refusal.code)


def _open(facts: GateFacts) -> Iterator[Refusal]:
    """Yield what was found, without the findings that an override lets pass."""
    for refusal in _found(facts):
        left = [f for f in refusal.findings if not _is_let_pass(facts, refusal, f)]
        if len(left) == len(refusal.findings):
            yield refusal
        elif left:
            yield _about(type(refusal), left)


def _is_let_pass(facts: GateFacts, refusal: Refusal, finding: Finding) -> bool:
    return finding.key in facts.overridden.get(refusal.code, frozenset())


def _found(facts: GateFacts) -> Iterator[Refusal]:
    if facts.form != Form.STANDING:
        yield from _statement_rules(facts)
        yield from _rate_rule(facts)
        yield from _near_rule(facts)
        yield from _differing_rule(facts)
        yield from _accusing_rule(facts.accusing, facts.policy.reply_hours)
        yield from _interests_rule(facts.interests)
        yield from _pictures_rule(facts.pictures)
        yield from _unnamed_rule(facts.unnamed)
    yield from _hands_rule(facts.hands)
    yield from _quotation_rules(facts.quotations)


def _statement_rules(facts: GateFacts) -> Iterator[Refusal]:
    """I1. Opinion says on its page that it is one, and need not be marked so."""
    if facts.genre in _OWN_VIEW and not facts.policy.asks_opinion:
        return
    asked = [one for one in facts.judged if _is_asked(one, facts.asked)]
    for kind, standing in (
        (StatementsUnsourced, Standing.UNSOURCED),
        (SingleSource, Standing.SINGLE_SOURCE),
    ):
        if found := [_finding(one) for one in asked if one.standing is standing]:
            yield _about(kind, found)
    marked = [_finding(one) for one in asked if one.standing is Standing.MARKED]
    if 100 * len(marked) > facts.policy.most_marked * len(facts.judged):
        yield _about(MarksTooMany, marked)


def _is_asked(one: Judged, asked: frozenset[str] | None) -> bool:
    return asked is None or one.statement.id in asked


def _finding(one: Judged) -> Finding:
    statement = one.statement
    says = f"{one.mark.kind.label}, {one.mark.by}" if one.mark else ""
    text = " ".join(statement.text.split())
    return Finding(statement.id, statement.handle, _short(text), says)


def _quotation_rules(quotations: Iterable[QuotationFact]) -> Iterator[Refusal]:
    """I3. A quotation is in its source, letter for letter."""
    found: dict[type[Refusal], list[Finding]] = {}
    for quotation in quotations:
        for kind, says in _faults_of(quotation.verdict):
            finding = Finding(
                quotation.key, quotation.place, _short(quotation.text), says
            )
            found.setdefault(kind, []).append(finding)
    for kind, findings in found.items():
        yield _about(kind, findings)


def _rate_rule(facts: GateFacts) -> Iterator[Refusal]:
    """I6. Nobody reports so many stories an hour; whoever seems to, copies."""
    if not facts.hands.is_first:
        return
    most = facts.policy.most_an_hour
    many = [
        Finding(slug, "bylines", name, f"{count} in the last hour; {most} may be")
        for slug, name, count in facts.hands.in_last_hour
        if count >= most
    ]
    if many:
        yield _about(TooManyAnHour, many)


def _near_rule(facts: GateFacts) -> Iterator[Refusal]:
    """I6. What an agency wrote is published under a licence, or written anew."""
    if found := [*near_findings(facts.near, facts.policy.most_copied)]:
        yield _about(NearWireItem, found)


def _differing_rule(facts: GateFacts) -> Iterator[Refusal]:
    """I15. Sources that differ stand side by side, or somebody says why not."""
    if found := [*pair_findings(facts.differing, facts.asked)]:
        yield _about(SourcesDiffer, found)


def _accusing_rule(accusing: AccusingFact, hours: int) -> Iterator[Refusal]:
    """I7. Whoever is accused by name is asked, and not by one person alone."""
    if found := [*accusation_findings(accusing, hours)]:
        yield _about(AccusationOpen, found)
    if unasked := unasked_finding(accusing):
        yield _about(AccusationUnasked, [unasked])


def _interests_rule(interests: Iterable[InterestFact]) -> Iterator[Refusal]:
    """I19. Readers are told whose paper writes about whom."""
    if found := [*interest_findings(interests)]:
        yield _about(InterestHidden, found)


def _pictures_rule(pictures: Iterable[PictureContextFact]) -> Iterator[Refusal]:
    """I18. No old picture stands for new events unless readers are told."""
    if found := [*picture_findings(pictures)]:
        yield _about(PictureUntold, found)


def _hands_rule(hands: HandsFact) -> Iterator[Refusal]:
    """I8. Somebody else than its only writer publishes it."""
    if hands.published_by is not None and hands.acted <= {hands.published_by}:
        key = f"by:{hands.published_by}"
        yield _about(FourEyes, [Finding(key, "", "", "")])


def _unnamed_rule(unnamed: Iterable[UnnamedFact]) -> Iterator[Refusal]:
    """I20. An unnamed source has its reason, and an editor who knows who it is."""
    found = [
        Finding(fact.key, "", fact.description, says)
        for fact in unnamed
        if (says := _lacks(fact))
    ]
    if found:
        yield _about(UnnamedSource, found)


def _lacks(fact: UnnamedFact) -> str:
    if not fact.has_reason:
        return "nobody said why it is not named"
    if not fact.knower_is_on_staff:
        return f"{fact.knower}, who knows who it is, is on the staff no longer"
    if fact.knower_wrote_it:
        return f"nobody but {fact.knower}, who wrote this, knows who it is"
    return ""


def _faults_of(verdict: Verdict | None) -> Iterator[tuple[type[Refusal], str]]:
    if verdict is None:
        yield QuotationNotKept, ""
    elif verdict.fault is Fault.TRANSLATED:
        yield QuotationTranslated, _SAYS[verdict.fault]
    elif verdict.fault is not None:
        says = _SAYS[verdict.fault]
        near = f": “{_short(verdict.nearest)}”" if verdict.nearest else ""
        yield QuotationNotInSource, says + near
    elif verdict.doubts:
        says = "; ".join(_SAYS[doubt] for doubt in verdict.doubts)
        left = " … ".join(verdict.left_out)
        yield QuotationDoubtful, says + (f": “{_short(left)}”" if left else "")


_SAYS: dict[Fault | Doubt, str] = {told: told.value for told in (*Fault, *Doubt)}
_SENTENCES: dict[type[Refusal], tuple[str, str]] = {
    StatementsUnsourced: (
        "One statement rests on no source.",
        "{} statements rest on no source.",
    ),
    SingleSource: (
        "One statement rests on a wire item that cites nobody for it.",
        "{} statements rest on wire items that cite nobody for them.",
    ),
    MarksTooMany: (
        "A larger part of it is marked than the newsroom lets pass: one statement.",
        "A larger part of it is marked than the newsroom lets pass: {} statements.",
    ),
    QuotationNotInSource: (
        "One quotation is not what its source says.",
        "{} quotations are not what their sources say.",
    ),
    QuotationTranslated: (
        "One quotation is translated, and its original is not beside it.",
        "{} quotations are translated, and their originals are not beside them.",
    ),
    QuotationDoubtful: (
        "One quotation is in its source, and should be looked at.",
        "{} quotations are in their sources, and should be looked at.",
    ),
    TooManyAnHour: (
        "More articles stand under one name than one person reports in an hour.",
        "More articles stand under {} names than one person reports in an hour.",
    ),
    NearWireItem: (
        "Too much of it is a wire item's own text, for which no licence is noted.",
        "Too much of it is the text of {} wire items, for which no licence is noted.",
    ),
    SourcesDiffer: (
        "Two sources number the same thing differently: say so, or why it is not so.",
        "{} pairs of sources number the same thing differently: say so, or why not.",
    ),
    AccusationOpen: (
        "A named person stands beside words of crime.",
        "{} passages have a named person beside words of crime, or a picture there.",
    ),
    AccusationUnasked: (
        "Nobody has answered whether it accuses a named person.",
        "Nobody has answered whether it accuses a named person.",
    ),
    InterestHidden: (
        "It names an interest of the newsroom, and does not disclose it.",
        "It names {} interests of the newsroom, and does not disclose them.",
    ),
    PictureUntold: (
        "Of one photograph it is not said what readers look at.",
        "Of {} photographs it is not said what readers look at.",
    ),
    FourEyes: (
        "Nobody but you has seen it: somebody else publishes it.",
        "Nobody but you has seen it: somebody else publishes it.",
    ),
    UnnamedSource: (
        "One unnamed source is not vouched for.",
        "{} unnamed sources are not vouched for.",
    ),
    QuotationNotKept: (
        "Of one quotation no source is kept that it could be compared with.",
        "Of {} quotations no source is kept that they could be compared with.",
    ),
}


def _about(kind: type[Refusal], findings: list[Finding]) -> Refusal:
    one, many = _SENTENCES[kind]
    message = one if len(findings) == 1 else many.format(len(findings))
    return kind(message, place=findings[0].place, findings=tuple(findings))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
