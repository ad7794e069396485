"""What the desk shows of the gate before an act: the count, warnings, an override."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from dateline.articles.models import Article
from dateline.articles.statements.standing import Tally, tally
from dateline.articles.statements.vocabulary import Standing
from dateline.desk.views.refusals import Mending, mendings
from dateline.people.models import User
from dateline.publishing.facts import may_use_door
from dateline.publishing.rules import (
    GateFacts,
    Level,
    Refusal,
    gate_codes,
    may_override,
    warn_at_gate,
)

_COUNTED = {
    Standing.TRACED: "traced to a source",
    Standing.SINGLE_SOURCE: "from a single source, unverified",
    Standing.RESTS_ON_TEXT: "resting on the text",
    Standing.UNSOURCED: "without a source",
}


class OverrideForm(forms.Form):
    """Asks whoever may override why the text may pass."""

    override = forms.CharField(
        label="Let it pass, because",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, is_shown: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["override"].help_text = (
            "It stands in the signed log, and readers are told of it."
            if is_shown
            else "It stands in the signed log."
        )

    @property
    def reason(self) -> str:
        return str(self.cleaned_data["override"]).strip() if self.is_valid() else ""


class AccusingForm(forms.Form):
    """Asks what nothing can find in a language that has no list of words."""

    accuses = forms.ChoiceField(
        label="Does this text accuse a named person?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        help_text="Dateline has no list of words for this language. The log keeps the "
        "answer.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    @property
    def answer(self) -> bool | None:
        return self.cleaned_data["accuses"] == "yes" if self.is_valid() else None


def is_accusing_asked(facts: GateFacts) -> bool:
    """Tell whether whoever publishes is asked if the text accuses somebody."""
    level = facts.policy.accusation_unasked
    return bool(facts.accusing.unasked) and level is not Level.OFF


@dataclass(frozen=True)
class GateShown:
    """What the page of an act says of the gate."""

    count: str
    marked: tuple[str, ...]
    warnings: list[Mending]


def shown_at(article: Article, facts: GateFacts) -> GateShown:
    """Return the count of statements, who stands for what, and the warnings."""
    counted = tally(facts.judged)
    return GateShown(
        count=_count(counted),
        marked=tuple(_marked(counted)),
        warnings=mendings(article, tuple(warn_at_gate(facts))),
    )


def _count(counted: Tally) -> str:
    told = [
        f"{counted.by_standing[standing]} {words}"
        for standing, words in _COUNTED.items()
        if counted.by_standing.get(standing)
    ]
    if counted.marked:
        told.append(f"{counted.marked} marked")
    return f"{counted.statements} statements: {', '.join(told)}."


def _marked(counted: Tally) -> Iterator[str]:
    for (kind, name), count in sorted(counted.by_mark.items()):
        yield f"{count} marked {kind.label.lower()} by {name}."


def is_override_offered(
    user: User, facts: GateFacts, refusals: Sequence[Refusal]
) -> bool:
    """Tell whether an override alone would let the text through, and they may."""
    return (
        bool(refusals)
        and all(r.code in gate_codes() for r in refusals)
        and may_override(
            facts.policy,
            is_administrator=user.is_active and user.is_superuser,
            may_use_door=may_use_door(user),
        )
    )
