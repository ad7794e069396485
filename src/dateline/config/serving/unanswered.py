"""Writes the pages for when Django does not answer to where the front finds them."""

import json
from pathlib import Path

from dateline.pagestore.front.troubles import HEADERS
from dateline.website.unanswered import security_headers, unanswered_pages


def write_unanswered_pages(folder: Path) -> None:
    """Write what differs from what is there, and take away what is no longer due."""
    folder.mkdir(parents=True, exist_ok=True)
    due = {f"{name}.html": page for name, page in unanswered_pages()}
    due[HEADERS] = json.dumps(security_headers()).encode()
    for name, content in due.items():
        _write(folder / name, content)
    for path in folder.iterdir():
        if path.name not in due:
            path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)
