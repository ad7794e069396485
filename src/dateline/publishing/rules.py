"""
What may become public, and what may not. Pure: facts in, refusals out.

Every rule has its one address here and names its refusal. A desk shows all
refusals of an act at once; each says what is wrong and where to mend it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from dateline.articles.vocabulary import Form
from dateline.people.vocabulary import ContributorKind

SHORTEST_REASON, LONGEST_REASON = 10, 2000


class Refusal(Exception):
    """One reason why an act may not be done. Subclasses are the facts."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class ActRefused(Exception):
    """An act was refused; `refusals` says why, all at once. Nothing was changed."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(" ".join(refusal.message for refusal in refusals))
        self.refusals = tuple(refusals)

    @property
    def codes(self) -> set[str]:
        return {refusal.code for refusal in self.refusals}


class NotAllowed(Refusal):
    code = "not-allowed"


class NewerDraft(Refusal):
    code = "newer-draft"


class HeadlineMissing(Refusal):
    code = "headline-missing"


class LedeMissing(Refusal):
    code = "lede-missing"


class SectionMissing(Refusal):
    code = "section-missing"


class BodyMissing(Refusal):
    code = "body-missing"


class EditionNotLive(Refusal):
    code = "edition-not-live"


class BylineMissing(Refusal):
    code = "byline-missing"


class BylineNotBound(Refusal):
    code = "byline-not-bound"


class EmbargoInForce(Refusal):
    code = "embargo-in-force"


class WireItemWithdrawn(Refusal):
    code = "wire-item-withdrawn"


class PictureIncomplete(Refusal):
    code = "picture-incomplete"


class AlreadyPublic(Refusal):
    code = "already-public"


class NotPublic(Refusal):
    code = "not-public"


class AlreadyKilled(Refusal):
    code = "already-killed"


class Spiked(Refusal):
    code = "spiked"


class AddressTaken(Refusal):
    code = "address-taken"


class NothingChanged(Refusal):
    code = "nothing-changed"


class FactsChanged(Refusal):
    code = "facts-changed"


class ReasonMissing(Refusal):
    code = "reason-missing"


class PassageNotFound(Refusal):
    code = "passage-not-found"


class DueInThePast(Refusal):
    code = "due-in-the-past"


class AlreadyScheduled(Refusal):
    code = "already-scheduled"


class NotScheduled(Refusal):
    code = "not-scheduled"


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
    pictures: tuple[PictureFact, ...] = field(default=())


def raise_if_any(refusals: Iterator[Refusal] | list[Refusal]) -> None:
    """
    Raise all refusals together, or do nothing.

    :raises ActRefused: there is at least one
    """
    if found := list(refusals):
        raise ActRefused(found)


def refuse_copy(facts: CopyFacts, *, at: datetime) -> Iterator[Refusal]:
    """Yield what keeps this text from being public at that moment."""
    yield from refuse_incomplete(facts)
    yield from refuse_unbound_byline(facts)
    yield from refuse_embargoed(facts.embargoed_until_at, at=at)
    yield from refuse_withdrawn(facts.withdrawn_wire_item)
    yield from refuse_pictures(facts.pictures)


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


def refuse_actor(*, may_use_door: bool) -> Iterator[Refusal]:
    if not may_use_door:
        yield NotAllowed("Only an editor may do this.")


def refuse_unseen_draft(seen: int | None, latest: int | None) -> Iterator[Refusal]:
    """Nobody publishes words that they have not seen."""
    if seen is not None and seen != latest:
        yield NewerDraft(
            "Someone saved a newer draft since you opened this one: look at it first."
        )


def refuse_missing_reason(reason: str, *, what: str) -> Iterator[Refusal]:
    text = reason.strip()
    if len(text) < SHORTEST_REASON:
        yield ReasonMissing(f"Say {what}, in a full sentence.", place="reason")
    if len(text) > LONGEST_REASON:
        yield ReasonMissing(
            f"{len(text)} characters are too many: {LONGEST_REASON} at most.",
            place="reason",
        )


def refuse_past(due_at: datetime, *, now: datetime) -> Iterator[Refusal]:
    if due_at <= now:
        yield DueInThePast(
            "That minute has passed: publish it now instead.", place="due_at"
        )
