"""
Audio, video and documents, whole or in part (RFC 9110, section 14).

A player asks for ranges, and some play nothing without them. What is not played is
only ever a download, and nothing here may run in a browser.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from dateline.pagestore.front import handing
from dateline.sources.media import played_type
from dateline.sources.models import MediaFile
from dateline.website.machines.pictures import FOR_EVER

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")
_WHOLE, _PART, _NOT_THERE, _BEYOND = 200, 206, 404, 416


@require_safe
def file(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Answer with a file, or with the one range of it that was asked for."""
    found = MediaFile.objects.filter(file_hash=digest).order_by("pk").first()
    if found is None or found.filename != name:
        return HttpResponse("No such file.\n", "text/plain", status=_NOT_THERE)
    size = found.file.size
    asked = request.headers.get("Range", "")
    span = _span(asked, size) if asked and "If-Range" not in request.headers else None
    if asked and span == (0, 0):
        answer: HttpResponseBase = HttpResponse(status=_BEYOND)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return _guarded(answer, name)
    start, end = span or (0, size)
    answer = _answer(request, found, start, end)
    answer.status_code = _PART if span else _WHOLE
    if span:
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    if handing.FILE not in answer.headers:
        answer.headers["Content-Length"] = str(end - start)
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["ETag"] = f'"{digest}"'
    return _guarded(answer, name)


def _span(header: str, size: int) -> tuple[int, int] | None:
    """
    Return the bytes asked for as a half-open span.

    None where the header asks for nothing that we cut (several ranges, other
    units): the whole file is then a right answer. (0, 0) where it lies beyond.
    """
    match = _RANGE.match(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    return (start, end) if start < end else (0, 0)


def _answer(
    request: HttpRequest, found: MediaFile, start: int, end: int
) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    if request.META.get(handing.OFFERED) and (path := _path_of(found)):
        return HttpResponse(headers=handing.named(path, start, end))
    return StreamingHttpResponse(_pieces(found, start, end))


def _path_of(found: MediaFile) -> str:
    """Return where the file lies on this machine, if it does."""
    try:
        return str(found.file.path)
    except NotImplementedError:
        return ""


def _pieces(found: MediaFile, start: int, end: int) -> Iterator[bytes]:
    with found.file.storage.open(found.file.name, "rb") as opened:
        opened.seek(start)
        left = end - start
        while left > 0 and (piece := opened.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece


def _guarded(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    played = played_type(name)
    answer.headers["Content-Type"] = played or "application/octet-stream"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not played:
        shown = f"attachment; filename*=UTF-8''{quote(name)}"
        answer.headers["Content-Disposition"] = shown
    return answer
