"""Taking in what comes over the wire. Each verb is one transaction."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction

from dateline.people.models import User
from dateline.plumbing import clock, outbox
from dateline.sources import queries, rules
from dateline.sources.actions.signing import sign_item
from dateline.sources.models import WireItem
from dateline.sources.originals import KeptOriginal, keep_original
from dateline.sources.vocabulary import PubStatus
from dateline.sources.wire.drafts import TEXT_KINDS, WireItemDraft
from dateline.sources.wire.recognition import Original, read_wire_items


class Outcome(StrEnum):
    """What became of an item that came."""

    NEW = "new"
    KNOWN = "known"
    SUPERSEDES = "supersedes"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Received:
    """An item in the ledger, what became of it, and the draft it was read from."""

    item: WireItem
    outcome: Outcome
    draft: WireItemDraft


def receive_original(
    original: Original, *, by: User | None = None, received_from: str = ""
) -> list[Received]:
    """
    Keep the original and store each item in it, all or none.

    :raises ReceiveRefusal: it holds no item that can be read; nothing is stored
    """
    drafts = read_wire_items(original)
    # The file is there before the first row names it; if the rows fail, it is only
    # a file that nothing names, and the next attempt finds it.
    kept = keep_original(original.content)
    with transaction.atomic():
        return [
            _receive(draft, original, kept, by=by, received_from=received_from)
            for draft in drafts
        ]


def receive_wire_item(
    draft: WireItemDraft,
    original: Original,
    *,
    by: User | None = None,
    received_from: str = "",
) -> Received:
    """
    Store one item with its original kept whole.

    The same item again is recognized; a newer version supersedes all older ones; a
    version that arrives late is stored as superseded.
    """
    kept = keep_original(original.content)
    with transaction.atomic():
        return _receive(draft, original, kept, by=by, received_from=received_from)


def _receive(
    draft: WireItemDraft,
    original: Original,
    kept: KeptOriginal,
    *,
    by: User | None,
    received_from: str,
) -> Received:
    item = WireItem(
        uri=(draft.uri or draft.address or _uri_of_text(draft))[:500],
        received_at=clock.now(),
        received_by=by,
        original_path=kept.path,
        original_hash=kept.hash,
        original_size=kept.size,
        original_type=original.media_type[:100],
        original_headers=dict(original.headers),
        **_told(draft),
    )
    item.content |= {"received_from": received_from} if received_from else {}
    known = queries.get_same_item(item)
    if known:
        return Received(known, Outcome.KNOWN, draft)
    try:
        with transaction.atomic():
            outcome = _store(item, queries.get_latest_version(item.uri))
    except IntegrityError:
        # Another process stored the same item between our look and our row.
        known = queries.get_same_item(item)
        if known is None:
            raise
        return Received(known, Outcome.KNOWN, draft)
    return Received(item, outcome, draft)


def _store(item: WireItem, latest: WireItem | None) -> Outcome:
    if latest and not rules.is_newer(_order(item), _order(latest)):
        item.superseded_by = latest
        item.save()
        sign_item(item)
        return Outcome.SUPERSEDED
    item.save()
    sign_item(item)
    outcome = Outcome.NEW
    if latest:
        # Every older version points to the newest, so that a withdrawal reaches
        # whatever was drafted from any of them in one step.
        WireItem.objects.filter(uri=item.uri).exclude(pk=item.pk).update(
            superseded_by=item
        )
        outcome = Outcome.SUPERSEDES
    _record(item, outcome)
    return outcome


def _record(item: WireItem, outcome: Outcome) -> None:
    payload = {"wire_item": item.pk, "uri": item.uri, "outcome": outcome.value}
    outbox.record("wire_item.received", payload)
    if item.pubstatus != PubStatus.USABLE:
        outbox.record("wire_item.withdrawn", payload | {"pubstatus": item.pubstatus})


def _order(item: WireItem) -> rules.VersionOrder:
    return rules.VersionOrder(item.version, item.version_created_at)


def _told(draft: WireItemDraft) -> dict[str, Any]:
    told = draft.published_at
    return {
        "version": (draft.version or "")[:64],
        "pubstatus": draft.pubstatus,
        "urgency": draft.urgency,
        "headline": (draft.headline or "")[:500],
        "byline": (draft.byline or "")[:300],
        "section": (draft.section or "")[:120],
        "language": (draft.language or "")[:35],
        "published_at": told.isoformat() if told else "",
        "version_created_at": draft.version_created_at,
        "embargoed_until_at": draft.embargoed_until_at,
        "rights": (draft.rights or "")[:2000],
        "address": (draft.address or "")[:2000],
        "format": draft.format,
        "content": content_of(draft),
    }


def content_of(draft: WireItemDraft) -> dict[str, Any]:
    """Return what was read, as it is stored: the paragraphs, and all blocks."""
    texts = [b for b in draft.blocks if b.kind in TEXT_KINDS]
    return {
        "paragraphs": [{"kind": b.kind.value, "text": b.text} for b in texts],
        "blocks": [{"kind": b.kind.value, "text": b.text} for b in draft.blocks],
        "headline": draft.headline,
        "standfirst": draft.standfirst,
        "publisher": draft.publisher,
    }


def _uri_of_text(draft: WireItemDraft) -> str:
    """Return a name for a text that came without one: the text itself, hashed."""
    text = "\n".join((draft.headline or "", *draft.paragraphs))
    return f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}"
