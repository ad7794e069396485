"""The shape that every format is read into."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    """What a passage of the body is."""

    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    LIST_ITEM = "list item"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"


#: What belongs to the text itself. Crossheads and captions stand beside it.
TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class WireItemDraft:
    """
    One item as it was read. What the original does not say is ``None``.

    ``published_at`` is aware where the original tells a zone, naive where it tells
    none and a day alone where it tells no time: neither is ever assumed.
    """

    format: str
    headline: str | None = None
    byline: str | None = None
    published_at: date | None = None
    language: str | None = None
    section: str | None = None
    standfirst: str | None = None
    blocks: tuple[Block, ...] = ()
    uri: str | None = None
    version: str | None = None
    version_created_at: datetime | None = None
    embargoed_until_at: datetime | None = None
    pubstatus: str = "usable"
    urgency: int | None = None
    rights: str | None = None
    publisher: str | None = None
    address: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the article, and nothing else."""
        return tuple(b.text for b in self.blocks if b.kind in TEXT_KINDS)

    @property
    def crossheads(self) -> tuple[str, ...]:
        return self._texts(BlockKind.CROSSHEAD)

    @property
    def captions(self) -> tuple[str, ...]:
        return self._texts(BlockKind.CAPTION)

    def _texts(self, kind: BlockKind) -> tuple[str, ...]:
        return tuple(b.text for b in self.blocks if b.kind == kind)

    def at(self, address: str | None) -> "WireItemDraft":
        """Return the draft with the address it was found at, if it told none."""
        return self if self.address or not address else replace(self, address=address)

    def as_record(self) -> dict[str, Any]:
        """Return what ``dateline receive --json`` prints."""
        return {
            "headline": self.headline,
            "byline": self.byline,
            "published_at": _iso(self.published_at),
            "language": self.language,
            "section": self.section,
            "paragraphs": list(self.paragraphs),
            "standfirst": self.standfirst,
            "crossheads": list(self.crossheads),
            "captions": list(self.captions),
            "uri": self.uri,
            "version": self.version,
            "pubstatus": self.pubstatus,
            "urgency": self.urgency,
            "rights": self.rights,
            "publisher": self.publisher,
            "address": self.address,
            "format": self.format,
        }


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()
