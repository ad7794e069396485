"""Reads across the ledger."""

from dateline.pagestore.tags import read
from dateline.sources import tags
from dateline.sources.models import (
    Citation,
    KeptCopy,
    Source,
    SourceCorrection,
    SourceNote,
    WireItem,
)
from dateline.sources.rules import MOST_STEPS
from dateline.sources.vocabulary import Step

#: Every step that a chain may have, with its source: one question reads them all.
_BELOW = [
    "__".join(["rests_on"] * depth) + "__source" for depth in range(1, MOST_STEPS)
]
_MOST_WORDS = 20
_COMPARED = ("headline", "blocks", "standfirst")


def get_latest_version(uri: str) -> WireItem | None:
    """Return the version of the item that none supersedes."""
    return (
        WireItem.objects.filter(uri=uri[:500], superseded_by=None)
        .order_by("-received_at", "-id")
        .first()
    )


def get_same_item(item: WireItem) -> WireItem | None:
    """
    Return the stored item that says the same, if there is one.

    Pages change around their text at each visit, so what was read is compared, not
    only the bytes. A kill may come under the version it kills, so the status counts.
    """
    versions = WireItem.objects.filter(
        uri=item.uri, version=item.version, pubstatus=item.pubstatus
    ).order_by("-received_at", "-id")
    return next((known for known in versions if _is_same(known, item)), None)


def _is_same(known: WireItem, item: WireItem) -> bool:
    return known.original_hash == item.original_hash or all(
        known.content.get(name) == item.content.get(name) for name in _COMPARED
    )


def steps(citation: Citation) -> list[Step]:
    """
    Return a chain from the source that we cite to the one that it all rests on.

    A source that stands there twice in a row (two rows that were merged) is one step.
    """
    found: list[Step] = []
    for link in _chain(citation):
        step = Step(
            name=link.described_as or str(link.source),
            kind=link.source.kind if link.source else "",
            citation=link.pk,
            source=link.source_id,
            wire_item=link.wire_item_id,
            kept_copy=link.kept_copy_id,
            place=link.place,
        )
        if not found or step.source is None or step.source != found[-1].source:
            found.append(step)
    return found


def chains_of(source: Source, limit: int) -> list[list[Step]]:
    """Return the newest citations of a source, each as the steps it rests on."""
    rows = source.citations.select_related("source", *_BELOW).order_by("-pk")
    return [steps(citation) for citation in rows[:limit]]


def _chain(citation: Citation | None) -> list[Citation]:
    links = []
    while citation is not None:
        links.append(citation)
        citation = citation.rests_on
    return links


def text_of(citation: Citation) -> str:
    """Return the text that a citation is cited from; "" if nothing is kept."""
    if citation.kept_copy is not None:
        return citation.kept_copy.text
    if citation.wire_item is None:
        return ""
    content = citation.wire_item.content
    told = content.get("blocks") or content.get("paragraphs") or []
    first = [str(content.get(name) or "") for name in ("headline", "standfirst")]
    lines = first + [str(block.get("text") or "") for block in told]
    return "\n".join(line for line in lines if line)


def standing_source(source: Source) -> Source:
    """Return the source that this one is now, through every merging."""
    while source.merged_into is not None:
        source = source.merged_into
    return source


def addresses_of(source: Source, limit: int) -> list[str]:
    """Return the source's own address and those of the newest copies kept of it."""
    copies = KeptCopy.objects.filter(citations__source=source).exclude(address="")
    kept = copies.order_by("-pk").values_list("address", flat=True)[:limit]
    return [address for address in dict.fromkeys([source.url, *kept]) if address]


def public_words(source: Source) -> tuple[list[SourceNote], list[SourceCorrection]]:
    """Return what readers may read of a source's reliability and its corrections."""
    read(tags.noted(source.pk))
    notes = source.notes.filter(is_public=True)[:_MOST_WORDS]
    corrections = source.corrections.filter(is_public=True)[:_MOST_WORDS]
    return list(notes), list(corrections)
