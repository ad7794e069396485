"""What is done in the ledger. Each verb is one transaction."""

from dateline.sources.actions.citing import cite, note_correction, note_reliability
from dateline.sources.actions.keeping import keep_page, keep_upload
from dateline.sources.actions.merging import merge_sources, undo_merge
from dateline.sources.actions.receiving import (
    Outcome,
    Received,
    content_of,
    receive_original,
    receive_wire_item,
)

__all__ = [
    "Outcome",
    "Received",
    "cite",
    "content_of",
    "keep_page",
    "keep_upload",
    "merge_sources",
    "note_correction",
    "note_reliability",
    "receive_original",
    "receive_wire_item",
    "undo_merge",
]
