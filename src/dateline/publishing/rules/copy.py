"""What a text must have before it may be public."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from dateline.articles.vocabulary import Form
from dateline.people.vocabulary import ContributorKind
from dateline.publishing.rules.gate import GateFacts, refuse_at_gate
from dateline.publishing.rules.refusals import (
    BodyMissing,
    BylineMissing,
    BylineNotBound,
    EditionNotLive,
    EmbargoInForce,
    HeadlineMissing,
    LedeMissing,
    PictureIncomplete,
    Refusal,
    SectionMissing,
    WireItemWithdrawn,
)


@dataclass(frozen=True)
class BylineFact:
    """A contributor over the text, and what binds the name to someone."""

    slug: str
    name: str
    kind: str
    account: int | None
    is_vouched_for: bool


@dataclass(frozen=True)
class PictureFact:
    title: str
    has_credit: bool
    has_rights: bool
    has_alt: bool
    place: str = "lead_picture"


@dataclass(frozen=True)
class CopyFacts:
    """All that decides whether a text may be public."""

    form: str
    headline: str
    lede: str
    section: str | None
    has_body: bool
    edition_is_live: bool
    byline: tuple[BylineFact, ...]
    acted: frozenset[int]
    embargoed_until_at: datetime | None
    withdrawn_wire_item: str | None
    gate: GateFacts
    pictures: tuple[PictureFact, ...] = field(default=())


def refuse_copy(facts: CopyFacts, *, at: datetime) -> Iterator[Refusal]:
    """Yield what keeps this text from being public at that moment."""
    yield from refuse_incomplete(facts)
    yield from refuse_unbound_byline(facts)
    yield from refuse_embargoed(facts.embargoed_until_at, at=at)
    yield from refuse_withdrawn(facts.withdrawn_wire_item)
    yield from refuse_pictures(facts.pictures)
    yield from refuse_at_gate(facts.gate)


def refuse_incomplete(facts: CopyFacts) -> Iterator[Refusal]:
    if not facts.headline:
        yield HeadlineMissing("It has no headline.", place="headline")
    if not facts.has_body:
        yield BodyMissing("It has no text yet.", place="body")
    if not facts.edition_is_live:
        yield EditionNotLive(
            "The edition in this language is not live: open it first.", place="language"
        )
    if facts.form == Form.STANDING:
        return
    if not facts.lede:
        yield LedeMissing("It has no lede.", place="lede")
    if not facts.section:
        yield SectionMissing(
            "Choose the section readers will find it in.", place="section"
        )


def refuse_unbound_byline(facts: CopyFacts) -> Iterator[Refusal]:
    """I5: a byline names an account that acted, a desk, or a vouched pseudonym."""
    if not facts.byline and facts.form == Form.ARTICLE:
        yield BylineMissing(
            "Nobody stands over it: name a contributor or a desk.", place="bylines"
        )
    for who in facts.byline:
        if not _is_bound(who, facts.acted):
            yield BylineNotBound(
                f"{who.name} has not worked on this text from an account of their own.",
                place="bylines",
            )


def _is_bound(who: BylineFact, acted: frozenset[int]) -> bool:
    if who.kind == ContributorKind.DESK:
        return True
    if who.kind == ContributorKind.PSEUDONYM:
        return who.is_vouched_for
    return who.account is not None and who.account in acted


def refuse_embargoed(until: datetime | None, *, at: datetime) -> Iterator[Refusal]:
    """Yield a refusal while it is true but not yet public."""
    if until is not None and at < until:
        yield EmbargoInForce(
            f"It is under embargo until {until:%Y-%m-%d %H:%M} UTC: schedule it.",
            place="embargoed_until_at",
        )


def refuse_withdrawn(headline: str | None) -> Iterator[Refusal]:
    """Yield a refusal where an agency withdrew the item drafted from."""
    if headline is not None:
        yield WireItemWithdrawn(
            f"“{headline}”, the wire item it was drafted from, was withdrawn.",
            place="wire_item",
        )


def refuse_pictures(pictures: tuple[PictureFact, ...]) -> Iterator[Refusal]:
    """I18: credit, rights and a description before a picture is used."""
    for picture in pictures:
        lacks = [
            name
            for name, present in (
                ("a credit", picture.has_credit),
                ("its rights", picture.has_rights),
                ("a description for those who cannot see it", picture.has_alt),
            )
            if not present
        ]
        if lacks:
            yield PictureIncomplete(
                f"The picture “{picture.title}” lacks {', '.join(lacks)}.",
                place=picture.place,
            )
