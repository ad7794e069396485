"""
A file is handed over instead of sent: Django names it, and the front's server sends it.

A download on a bad line lasts for minutes. Django would be held by it for as long,
and what passes through the front faster than the reader takes it would pile up there.
"""

import os
from pathlib import Path
from urllib.parse import quote, unquote

from dateline.pagestore.http.vocabulary import HeaderList

OFFERED = "dateline.hands_over"
"""True in the WSGI environment where the server in front takes files over."""
FILE = "x-handed-file"
SPAN = "x-handed-span"


def named(path: str, start: int, end: int) -> dict[str, str]:
    """Return the headers that hand over a file's bytes from start to before end."""
    return {FILE: quote(path), SPAN: f"{start}-{end}"}


def taken(headers: HeaderList, folder: Path) -> tuple[str, int, int] | None:
    """
    Return the file that an answer hands over; None if it hands over none.

    Only what lies in the folder is sent, whatever Django says.
    """
    said = dict(headers)
    if FILE not in said:
        return None
    path = os.path.realpath(unquote(said[FILE]))
    if not Path(path).is_relative_to(folder):
        return None
    start, _, end = said.get(SPAN, "").partition("-")
    return path, int(start), int(end)


def headers_with_length(headers: HeaderList, length: int) -> HeaderList:
    """Return what the client gets of the headers that hand a file over."""
    dropped = {FILE, SPAN, "content-length"}
    kept = [pair for pair in headers if pair[0] not in dropped]
    return [*kept, ("content-length", str(length))]
