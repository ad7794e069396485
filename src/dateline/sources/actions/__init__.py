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
from dateline.sources.actions.watching import (
    check_due_links,
    check_link,
    enroll_links,
    watch_addresses,
)

__all__ = [
    "Outcome",
    "Received",
    "check_due_links",
    "check_link",
    "cite",
    "content_of",
    "enroll_links",
    "keep_page",
    "keep_upload",
    "merge_sources",
    "note_correction",
    "note_reliability",
    "receive_original",
    "receive_wire_item",
    "undo_merge",
    "watch_addresses",
]
