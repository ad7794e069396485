"""I19: where a text names whom the newsroom belongs to or is paid by, it says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices

from dateline.publishing.rules.refusals import Finding


class InterestKind(TextChoices):
    """What somebody is to the newsroom."""

    OWNER = "owner", "Owner"
    COMPANY = "company", "Company of the same owner"
    FUNDER = "funder", "Funder or advertiser"
    OTHER = "other", "Another interest"


@dataclass(frozen=True, slots=True)
class InterestFact:
    """One declared interest that a text names."""

    article: int
    interest: int
    name: str
    kind: str
    words: str
    """Hash of the passages that name it."""
    is_disclosed: bool
    is_namesake: bool = False
    """Somebody said that another of that name is meant."""
    namesake_by_other: bool = False
    """And somebody who has not written the text."""
    is_public: bool = False
    """Readers have these very passages already."""


def interest_findings(facts: Iterable[InterestFact]) -> Iterator[Finding]:
    """Yield the interests that readers would not be told of."""
    for fact in facts:
        is_other = fact.is_namesake and fact.namesake_by_other
        if fact.is_disclosed or fact.is_public or is_other:
            continue
        says = f"{fact.kind.lower()}: no disclosure in this language"
        if fact.is_namesake:
            says = f"{fact.kind.lower()}: only its writer says that another is meant"
        yield Finding(
            key=f"interest:{fact.interest}:{fact.words}",
            place="",
            text=fact.name,
            says=says,
            ways=(f"interest:{fact.interest}", f"interests:{fact.article}"),
        )


def interests_record(facts: Iterable[InterestFact]) -> dict[str, int]:
    """Return the counts that the log keeps."""
    told = list(facts)
    counts = {
        "named": len(told),
        "disclosed": sum(fact.is_disclosed for fact in told),
        "namesakes": sum(fact.is_namesake for fact in told),
    }
    return {name: count for name, count in counts.items() if count}
