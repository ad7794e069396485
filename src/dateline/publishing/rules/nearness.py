"""I6: how much of a text stands in wire items that the newsroom may not publish."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.publishing.rules.refusals import Finding, isolated

#: A stretch of so many words that count, about a hundred in all, is a copy by itself.
LONGEST_STRETCH = 60
#: Words in common that a finding counts as one more step.
_STEP = 10


@dataclass(frozen=True, slots=True)
class NearFact:
    """
    What a text shares with one item.

    `share` is in percent; `copied` counts all words in common, `stretch` the longest
    part.
    """

    item: int
    headline: str
    source: str
    source_id: int | None
    share: int
    copied: int
    stretch: int
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class NearnessFact:
    """What a text shares with all of them; `share` is in percent of its own words."""

    share: int = 0
    items: tuple[NearFact, ...] = ()


def near_findings(near: NearnessFact, most_copied: int) -> Iterator[Finding]:
    """Yield the items that a text is too near to."""
    is_much = near.share > most_copied
    for fact in near.items:
        if is_much or fact.stretch >= LONGEST_STRETCH:
            told = f" by {isolated(fact.source)}" if fact.source else ""
            item = isolated(fact.headline)
            yield Finding(
                # A sentence more that is copied is asked again; what is else added
                # or cut is not.
                key=f"item:{fact.item}:{-(-fact.copied // _STEP)}",
                place=fact.place,
                text=fact.text,
                says=f"{fact.share} % of this text stands in “{item}”{told}",
                ways=(f"wire_item:{fact.item}", *_source(fact)),
            )


def _source(fact: NearFact) -> tuple[str, ...]:
    return (f"source:{fact.source_id}",) if fact.source_id else ()
