"""Words of statements."""

from dataclasses import dataclass
from enum import StrEnum

from dateline.articles.statements.marked_text import SpanUse
from dateline.articles.vocabulary import MarkKind

HEADLINE, LEDE, LEAD_PICTURE = "headline", "lede", "picture"
"""Handles of what is no block; a block's handle is its id."""


class Part(StrEnum):
    """What a statement is of."""

    HEADLINE = "headline"
    LEDE = "lede"
    CROSSHEAD = "crosshead"
    SENTENCE = "sentence"
    LIST_ITEM = "list item"
    QUOTATION = "quotation"
    TABLE = "table"
    FACT_BOX = "fact box"
    CAPTION = "caption"


class Standing(StrEnum):
    """What a statement rests on."""

    TRACED = "traced"
    SINGLE_SOURCE = "single source, unverified"
    MARKED = "marked"
    RESTS_ON_TEXT = "rests on the text"
    UNSOURCED = "unsourced"


#: A sentence or a list item is attributed by its own words, not by its block.
IN_SPANS = frozenset({Part.SENTENCE, Part.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Statement:
    """
    One statement; `start` and `end` are its place in the plain text of `handle`.

    `id` stays the same while the words do, wherever they are moved.
    """

    id: str
    part: Part
    handle: str
    text: str
    start: int
    end: int
    spans: tuple[SpanUse, ...] = ()
    words: str = ""

    @property
    def handles(self) -> tuple[str, ...]:
        """Return what an attribution or a mark may hang on: its block and spans."""
        return (self.handle, *dict.fromkeys(use.span for use in self.spans))


@dataclass(frozen=True, slots=True)
class Mark:
    """That a member of staff stands for a statement in their own name."""

    kind: MarkKind
    by: str
    at: str
    words: str
