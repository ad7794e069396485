"""Keeping what is cited: a page fetched, or a file, recording or mail handed in."""

import mimetypes
from collections.abc import Iterable, Iterator
from typing import IO, Any, Protocol

from django.conf import settings
from django.db import transaction

from dateline.people.models import User
from dateline.plumbing import clock
from dateline.sources import warc
from dateline.sources.actions.watching import watch_addresses
from dateline.sources.capturing import Capture, capture
from dateline.sources.media import played_type
from dateline.sources.models import KeptCopy
from dateline.sources.originals import (
    KeptOriginal,
    keep_chunks,
    keep_original,
    open_original,
    read_original,
)
from dateline.sources.readable import Readable, read_copy, read_mail
from dateline.sources.refusals import ArchiveTooLarge, CopyEmpty, CopyTooLarge
from dateline.sources.vocabulary import KeptForm

ARCHIVE_BYTES = 50_000_000
MAIL_BYTES = 25_000_000
FILE_BYTES = 50_000_000
RECORDING_BYTES = 300_000_000
LONGEST_ADDRESS = 2000
_READ_BYTES = 5_000_000
_KEPT_HEADERS = frozenset(
    {
        "content-type", "content-language", "content-length", "content-encoding",
        "date", "etag", "last-modified", "server", "age", "expires", "cache-control",
    }
)  # fmt: skip


class Upload(Protocol):
    """A file as Django hands it over."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


def keep_page(address: str, *, by: User | None) -> KeptCopy:
    """
    Fetch a page and keep it as WARC, with what was asked and answered.

    :raises FetchRefusal: it was not fetched; the class says why
    """
    networks = settings.DATELINE_ALLOWED_NETWORKS
    taken = capture(address, allowed_networks=networks)
    page = taken.page
    read = read_copy(
        page.body, page.header("content-type"), page.header("content-encoding")
    )
    kept = keep_original(warc.write_capture(taken))
    watch_addresses([page.address])
    return _row(
        KeptForm.PAGE,
        kept,
        read,
        by,
        address=_short_enough(page.address),
        original_type=warc.MEDIA_TYPE,
        headers=_headers(taken) | read.headers | _unread(read),
        kept_at=page.asked_at,
    )


def _headers(taken: Capture) -> dict[str, str]:
    page = taken.page
    told = {n.lower(): v[:1000] for n, v in page.headers if n.lower() in _KEPT_HEADERS}
    return told | {"x-asked-for": taken.exchanges[0].address[:2000]}


def _short_enough(address: str) -> str:
    # The whole of it stands in the archive.
    return address if len(address) <= LONGEST_ADDRESS else ""


def keep_upload(file: Upload, *, by: User | None, address: str = "") -> KeptCopy:
    """
    Keep a file that was handed in: a web archive, a mail, a recording or another.

    :raises KeepRefusal: it is empty, too large, or not what its name says
    """
    name = (file.name or "")[:300]
    form, limit, refusal = _what(name)
    if not file.size:
        raise CopyEmpty
    if file.size > limit:
        raise refusal
    kept = keep_chunks(_limited(file.chunks(), limit, refusal))
    read, told = _read(kept, name, form)
    values = {"original_type": _type(name)[:100], "address": address} | told
    values["headers"] = read.headers | {"x-file-name": name} | _unread(read)
    return _row(form, kept, read, by, **values)


def _what(name: str) -> tuple[KeptForm, int, Exception]:
    lowered = name.lower()
    if _is_archive(lowered):
        return KeptForm.PAGE, ARCHIVE_BYTES, ArchiveTooLarge()
    if lowered.endswith(".eml"):
        return KeptForm.MAIL, MAIL_BYTES, _too_large(MAIL_BYTES)
    if played_type(lowered):
        return KeptForm.RECORDING, RECORDING_BYTES, _too_large(RECORDING_BYTES)
    return KeptForm.FILE, FILE_BYTES, _too_large(FILE_BYTES)


def _is_archive(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz"))


def _too_large(limit: int) -> CopyTooLarge:
    return CopyTooLarge(f"At most {limit // 1_000_000} MB are kept of such a file.")


def _limited(
    chunks: Iterable[bytes], limit: int, refusal: Exception
) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise refusal
        yield chunk


def _type(name: str) -> str:
    if _is_archive(name):
        return warc.MEDIA_TYPE
    guessed = mimetypes.guess_type(name, strict=False)[0]
    return played_type(name) or guessed or "application/octet-stream"


def _read(
    kept: KeptOriginal, name: str, form: KeptForm
) -> tuple[Readable, dict[str, Any]]:
    if form == KeptForm.PAGE:
        with open_original(kept.path) as file:
            return _read_archive(file)
    if form == KeptForm.MAIL:
        return read_mail(read_original(kept.path)), {}
    if form == KeptForm.RECORDING or kept.size > _READ_BYTES:
        return Readable(title=name, unread="No text is read of it here."), {}
    read = read_copy(read_original(kept.path), _type(name))
    return Readable(read.title or name, read.text, read.unread, read.headers), {}


def _read_archive(file: IO[bytes]) -> tuple[Readable, dict[str, Any]]:
    page = warc.read_page(file)
    read = read_copy(
        page.content, page.header("content-type"), page.header("content-encoding")
    )
    told = {n.lower(): v[:1000] for n, v in page.headers if n.lower() in _KEPT_HEADERS}
    told["x-captured-at"] = page.captured_at[:40]
    is_of_the_web = page.address.startswith(("http://", "https://"))
    where = {"address": _short_enough(page.address)} if is_of_the_web else {}
    return Readable(read.title, read.text, read.unread, told | read.headers), where


def _unread(read: Readable) -> dict[str, str]:
    return {"x-unread": read.unread} if read.unread else {}


@transaction.atomic
def _row(
    form: KeptForm,
    kept: KeptOriginal,
    read: Readable,
    by: User | None,
    **values: Any,
) -> KeptCopy:
    values.setdefault("kept_at", clock.now())
    return KeptCopy.objects.create(
        form=form,
        title=read.title.replace("\x00", ""),
        text=read.text.replace("\x00", ""),
        original_path=kept.path,
        original_hash=kept.hash,
        original_size=kept.size,
        kept_by=by,
        **values,
    )
