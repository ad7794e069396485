"""What the newsroom asks at the gate: for each rule refuse, warn or off."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices

from dateline.publishing.rules.refusals import (
    AccusationOpen,
    AccusationUnasked,
    FourEyes,
    InterestHidden,
    MarksTooMany,
    NearWireItem,
    NotAllowed,
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


class Level(TextChoices):
    """What the newsroom does where a rule of the gate finds something."""

    REFUSE = "refuse", "Refuse"
    WARN = "warn", "Warn"
    OFF = "off", "Off"


class Overriders(TextChoices):
    """Who may let pass what the gate refuses."""

    NOBODY = "nobody", "Nobody"
    ADMINISTRATORS = "administrators", "Administrators"
    EDITORS = "editors", "Whoever may publish"


@dataclass(frozen=True)
class Policy:
    """What the newsroom asks of a text; the defaults are a new newsroom's."""

    unsourced: Level = Level.REFUSE
    single_source: Level = Level.WARN
    marks: Level = Level.WARN
    quotation: Level = Level.REFUSE
    quotation_translated: Level = Level.REFUSE
    quotation_doubt: Level = Level.WARN
    quotation_unkept: Level = Level.WARN
    rate: Level = Level.WARN
    near: Level = Level.WARN
    contradictions: Level = Level.WARN
    accusation: Level = Level.WARN
    accusation_unasked: Level = Level.WARN
    interest: Level = Level.REFUSE
    picture: Level = Level.WARN
    four_eyes: Level = Level.OFF
    unnamed: Level = Level.WARN
    most_an_hour: int = 6
    most_marked: int = 30
    most_copied: int = 30
    reply_hours: int = 4
    archive_days: int = 30
    asks_opinion: bool = False
    overriders: Overriders = Overriders.ADMINISTRATORS
    shows_overrides: bool = True

    def level_of(self, code: str) -> Level:
        """Return what the newsroom does where a rule finds something."""
        level: Level = getattr(self, _SETTINGS[code])
        return level

    def as_record(self) -> dict[str, str]:
        """Return the levels as the log keeps them with each act."""
        return {code: self.level_of(code).value for code in _SETTINGS}


_SETTINGS = {
    StatementsUnsourced.code: "unsourced",
    SingleSource.code: "single_source",
    MarksTooMany.code: "marks",
    QuotationNotInSource.code: "quotation",
    QuotationTranslated.code: "quotation_translated",
    QuotationDoubtful.code: "quotation_doubt",
    QuotationNotKept.code: "quotation_unkept",
    TooManyAnHour.code: "rate",
    NearWireItem.code: "near",
    SourcesDiffer.code: "contradictions",
    AccusationOpen.code: "accusation",
    AccusationUnasked.code: "accusation_unasked",
    InterestHidden.code: "interest",
    PictureUntold.code: "picture",
    FourEyes.code: "four_eyes",
    UnnamedSource.code: "unnamed",
}


def gate_codes() -> frozenset[str]:
    """Return the codes of the refusals that the policy rules, and an override lifts."""
    return frozenset(_SETTINGS)


def may_override(policy: Policy, *, is_administrator: bool, may_use_door: bool) -> bool:
    """Tell whether somebody may let pass what the gate refuses."""
    if policy.overriders is Overriders.NOBODY:
        return False
    return is_administrator or (
        policy.overriders is Overriders.EDITORS and may_use_door
    )


def refuse_overrider(
    policy: Policy, *, is_administrator: bool, may_use_door: bool
) -> Iterator[Refusal]:
    """Yield a refusal to somebody whom the policy lets override nothing."""
    if not may_override(
        policy, is_administrator=is_administrator, may_use_door=may_use_door
    ):
        who = policy.overriders.label.lower()
        yield NotAllowed(f"The newsroom's policy says who may override: {who}.")
