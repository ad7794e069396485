"""Reasons why an act may not be done, each named for its fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One passage that a refusal is about: where it stands, and what is wrong.

    `ways` name what else it is mended at, each as `kind:key`: `wire_item:12`.
    """

    key: str
    place: str
    text: str
    says: str = ""
    ways: tuple[str, ...] = ()


def isolated(text: str) -> str:
    """Return words that do not stir a sentence of the other direction."""
    return f"\u2068{text}\u2069"


class Refusal(Exception):
    """One reason why an act may not be done. Subclasses are the facts."""

    code: ClassVar[str] = "refused"

    def __init__(
        self, message: str, *, place: str = "", findings: tuple[Finding, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.findings = findings


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


class StatementsUnsourced(Refusal):
    code = "statements-unsourced"


class SingleSource(Refusal):
    code = "single-source"


class MarksTooMany(Refusal):
    code = "marks-too-many"


class QuotationNotInSource(Refusal):
    code = "quotation-not-in-source"


class QuotationTranslated(Refusal):
    code = "quotation-translated"


class QuotationDoubtful(Refusal):
    code = "quotation-doubtful"


class QuotationNotKept(Refusal):
    code = "quotation-not-kept"


class TooManyAnHour(Refusal):
    code = "too-many-an-hour"


class FourEyes(Refusal):
    code = "four-eyes"


class UnnamedSource(Refusal):
    code = "unnamed-source"


class NearWireItem(Refusal):
    code = "near-wire-item"


class SourcesDiffer(Refusal):
    code = "sources-differ"


class AccusationOpen(Refusal):
    code = "accusation-open"


class AccusationUnasked(Refusal):
    code = "accusation-unasked"


class InterestHidden(Refusal):
    code = "interest-hidden"


class PictureUntold(Refusal):
    code = "picture-untold"


class NothingToOverride(Refusal):
    code = "nothing-to-override"


def raise_if_any(refusals: Iterator[Refusal] | list[Refusal]) -> None:
    """
    Raise all refusals together, or do nothing.

    :raises ActRefused: there is at least one
    """
    if found := list(refusals):
        raise ActRefused(found)
