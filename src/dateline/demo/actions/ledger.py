"""Who the paper quotes, what was kept of it, and on whom it rests in turn."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from dateline.demo.actions.frame import OpenNewsroom
from dateline.demo.reading import Cited, Correction, Kept, Paper
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.sources import warc
from dateline.sources.actions import cite, keep_upload, note_correction
from dateline.sources.actions.citing import CitedFrom
from dateline.sources.capturing import Capture, Exchange
from dateline.sources.models import Citation, KeptCopy, Source, WireItem
from dateline.sources.vocabulary import SourceKind

SOURCE_KINDS = {
    "person": SourceKind.PERSON,
    "organization": SourceKind.ORGANISATION,
    "official_body": SourceKind.OFFICIAL_BODY,
    "document": SourceKind.DOCUMENT,
    "dataset": SourceKind.DATA_SET,
    "agency": SourceKind.PUBLICATION,
    "newspaper": SourceKind.PUBLICATION,
    "eyewitness": SourceKind.EYEWITNESS,
    "unnamed": SourceKind.UNNAMED,
}
_PAGE = (("Content-Type", "text/html; charset=utf-8"), ("Content-Language", "en"))


class HandedIn:
    """A file of the paper's, as one is handed in at the desk."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name: str | None = name
        self.size: int | None = len(content)
        self.content = content

    def chunks(self) -> Iterator[bytes]:
        yield self.content


def open_ledger(paper: Paper, newsroom: OpenNewsroom) -> None:
    """Write sources and citations; the wire is in by now, since some cite it."""
    users = newsroom.users
    rows = [_source(entry, users) for entry in paper.sources.values()]
    made = Source.objects.bulk_create(rows)
    newsroom.sources = dict(zip(paper.sources, made, strict=True))
    copies: dict[str, KeptCopy] = {}
    for key, told in paper.citations.items():
        with clock.set_to(told.at):
            newsroom.citations[key] = _cite(told, newsroom, copies)
    for correction in paper.corrections:
        _note(correction, newsroom)


def _source(entry: dict[str, Any], users: dict[str, User]) -> Source:
    return Source(
        kind=SOURCE_KINDS[entry["kind"]],
        name=entry["names"]["en"],
        names=entry["names"],
        description=entry.get("description", ""),
        url=entry.get("url", ""),
        unnamed_reason=entry.get("reason", ""),
        known_to=users.get(entry.get("known_to", "")),
    )


def _cite(told: Cited, newsroom: OpenNewsroom, copies: dict[str, KeptCopy]) -> Citation:
    by = newsroom.users[told.by]
    kept = told.kept
    if kept and kept.name not in copies:
        copies[kept.name] = _keep(kept, by)
    return cite(
        newsroom.sources[told.source] if told.source else None,
        by=by,
        described_as=told.described_as,
        found_in=CitedFrom(
            wire_item=WireItem.objects.get(uri=told.wire) if told.wire else None,
            kept_copy=copies[kept.name] if kept else None,
            place=told.place,
            said_on=told.at.date(),
        ),
        rests_on=newsroom.citations[told.rests_on] if told.rests_on else None,
    )


def _keep(kept: Kept, by: User) -> KeptCopy:
    """Keep an invented page, mail or file as a real one is, without a network."""
    suffix = kept.name.rpartition(".")[2]
    name, content = _TAKEN.get(suffix, _as_it_is)(kept)
    return keep_upload(HandedIn(name, content), by=by, address=kept.address)


def _as_it_is(kept: Kept) -> tuple[str, bytes]:
    return kept.name, kept.text.encode()


def _page(kept: Kept) -> tuple[str, bytes]:
    """Return the page as the web archive that fetching it would have made."""
    where = urlsplit(kept.address)
    exchange = Exchange(
        address=kept.address,
        asked_at=kept.at,
        request_target=where.path or "/",
        request_headers=(("Host", where.netloc),),
        status=200,
        headers=_PAGE,
        body=kept.text.encode(),
    )
    return f"{kept.name}.warc.gz", warc.write_capture(Capture((exchange,)))


def _mail(kept: Kept) -> tuple[str, bytes]:
    """Return the mail, whose file has its first lines, an empty one, and its text."""
    above, _, text = kept.text.partition("\n\n")
    mail = EmailMessage()
    for line in above.splitlines():
        name, _, value = line.partition(": ")
        mail[name] = value
    mail["Date"] = format_datetime(kept.at)
    mail.set_content(text)
    return kept.name, mail.as_bytes()


_TAKEN: dict[str, Callable[[Kept], tuple[str, bytes]]] = {"html": _page, "eml": _mail}


def _note(correction: Correction, newsroom: OpenNewsroom) -> None:
    with clock.set_to(correction.at):
        note_correction(
            newsroom.sources[correction.source],
            correction.text,
            by=newsroom.users[correction.by],
            on=correction.at.date(),
            address=correction.address,
        )
