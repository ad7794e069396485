"""What came in over the wire before the newsroom opened, received as it always is."""

import json
from typing import Any

from dateline.demo.reading import Paper, WireFile
from dateline.plumbing import clock
from dateline.sources.actions import receive_original
from dateline.sources.wire.recognition import Original


def receive_wire(paper: Paper) -> None:
    """Receive the paper's wire items in the order of their arrival."""
    for item in sorted(paper.wire, key=lambda item: item.received):
        with clock.set_to(item.received):
            original = Original(
                json.dumps(_ninjs(item), ensure_ascii=False, indent=1).encode(),
                content_type="application/json; charset=utf-8",
            )
            receive_original(original, received_from=item.by)


def _ninjs(item: WireFile) -> dict[str, Any]:
    """Return the item as its agency would have sent it (ninjs 3)."""
    moment = item.received.isoformat(timespec="seconds")
    return {
        "uri": item.uri,
        "standard": {"name": "ninjs", "version": "3.0"},
        "version": item.version,
        "pubStatus": item.pubstatus,
        "urgency": item.urgency,
        "language": item.language,
        "versionCreated": moment,
        "firstCreated": moment,
        "by": item.by,
        "headlines": [{"role": "main", "value": item.headline}],
        "subjects": [{"rel": "section", "name": item.section}],
        "bodies": [
            {
                "contentType": "text/html",
                "value": "".join(f"<p>{text}</p>" for text in item.paragraphs),
            }
        ],
        "copyrightHolder": item.by,
        "infoSources": [{"name": item.by}],
    }
