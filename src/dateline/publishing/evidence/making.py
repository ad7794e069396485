"""Writing a kit, of one moment: the same newsroom writes the same bytes."""

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from dateline import __version__
from dateline.publishing import signing
from dateline.publishing.evidence import verify
from dateline.publishing.evidence.finding import EvidenceRefused, find_publication
from dateline.publishing.evidence.kept import (
    Held,
    Limits,
    chunks,
    hashes_named,
    held_sources,
)
from dateline.publishing.models import (
    GatePolicy,
    LogEntry,
    Override,
    Publication,
    Redaction,
    Tombstone,
    Version,
)
from dateline.publishing.verification import link_of
from dateline.publishing.vocabulary import PublicState

README = Path(__file__).with_name("README.txt")
SCRIPT = Path(verify.__file__)
# The oldest day that a zip knows: the kit has no time of its own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_ENTRIES_AT_ONCE = 2_000
_HASHED = (
    *("sequence", "act", "recorded_at", "actor_id", "payload"),
    *("previous_hash", "hash"),
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a kit holds."""

    versions: int
    attributions: int
    sources: int
    left_out: int
    entries: int
    head: str
    key_id: str

    def __str__(self) -> str:
        out = f" ({self.left_out} by hash alone)" if self.left_out else ""
        return (
            f"{self.versions} versions, {self.attributions} attributions, "
            f"{self.sources} kept sources{out}, {self.entries} entries of the log\n"
            f"head {self.head}\nkey  {self.key_id}"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a kit shall show."""

    version: int | None = None
    """The newest, unless another is asked for."""
    chain_from: int | None = None
    """The entry that the chain begins with; else the article's first."""
    limits: Limits = field(default_factory=Limits)


def make_kit(named: str, target: Path, asked: Asked | None = None) -> Summary:
    """
    Write the kit of an article to `target`, whole or not at all.

    :raises EvidenceRefused: there is no such article or version, or the log is broken
    """
    asked = asked or Asked()
    with _one_moment():
        case = _Case.of(find_publication(named), asked)
        with _whole_file(target) as draft, zipfile.ZipFile(draft, "w") as file:
            return _write(case, _Parts(file))


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """Read the newsroom as it is at one moment, whatever is published meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextlib.contextmanager
def _whole_file(target: Path) -> Iterator[Path]:
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".evidence-")
    except OSError as error:
        raise EvidenceRefused(f"{target} cannot be written: {error}.") from None
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Case:
    """An article with what is logged of it."""

    publication: Publication
    versions: list[Version]
    shown: int
    own: list[LogEntry]
    first: int
    head: LogEntry
    sources: list[Held]

    @classmethod
    def of(cls, publication: Publication, asked: Asked) -> "_Case":
        head = LogEntry.objects.order_by("-sequence").first()
        own = list(LogEntry.objects.filter(article_id=publication.article_id))
        if head is None or not own:
            raise EvidenceRefused("The log has no entry of it: run `dateline verify`.")
        newest = publication.version.number
        shown = asked.version or newest
        if not 0 < shown <= newest:
            raise EvidenceRefused(f"It has versions 1 to {newest}, and no {shown}.")
        versions = _versions(publication, shown)
        contents = [version.content for version in versions]
        return cls(
            publication,
            versions,
            shown,
            own,
            _first(asked, own[0], head),
            head,
            held_sources(hashes_named(contents), publication, asked.limits),
        )


def _versions(publication: Publication, shown: int) -> list[Version]:
    """Return the versions up to one; of what was withdrawn, none."""
    if publication.state == PublicState.KILLED:
        return []
    rows = Version.objects.filter(
        article_id=publication.article_id, number__lte=shown
    ).select_related("entry")
    return list(rows.order_by("number"))


def _first(asked: Asked, own: LogEntry, head: LogEntry) -> int:
    first = asked.chain_from or own.sequence
    if not 0 < first <= head.sequence:
        raise EvidenceRefused(f"The log has entries 1 to {head.sequence}.")
    return min(first, own.sequence)


class _Parts:
    """The files of a kit as they are written, each with its hash."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.hashes: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        self.stream(name, [content])

    def stream(self, name: str, pieces: Iterable[bytes]) -> None:
        info = zipfile.ZipInfo(name, date_time=_NO_TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3  # Unix, wherever it is made
        info.external_attr = 0o100644 << 16
        digest = hashlib.sha256()
        with self.file.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
        self.hashes[name] = digest.hexdigest()

    def add_json(self, name: str, value: Any) -> None:
        self.add(name, verify.canonical(value))


def _write(case: _Case, parts: _Parts) -> Summary:
    key = signing.public_key_pem()
    parts.add("README.txt", _readme(case, key))
    parts.add("verify.py", SCRIPT.read_bytes())
    parts.add("key.pem", key)
    _write_versions(case, parts)
    _write_log(case, parts)
    parts.add_json("notices.json", _notices(case.publication))
    parts.add_json("sources.json", [held.row() for held in case.sources])
    for held in case.sources:
        if not held.left_out:
            parts.stream(f"sources/{held.sha256}", chunks(held))
    manifest = verify.canonical(_manifest(case, parts))
    signature = signing.sign(verify.manifest_message(manifest))
    parts.add("manifest.json", manifest)
    parts.add("manifest.sig", signature.encode())
    return _summary(case, key)


def _write_versions(case: _Case, parts: _Parts) -> None:
    rows = []
    for version in case.versions:
        told = {"content": version.content, "note": version.note}
        name = f"versions/{version.number}"
        parts.add_json(f"{name}.json", told)
        parts.add(f"{name}.txt", verify.readable(**told).encode())
        rows.append({"version": version.number, "nonce": version.nonce})
    parts.add_json("versions.json", rows)
    if case.versions:
        parts.add("article.html", verify.page(**told).encode())
        parts.add_json("attributions.json", verify.statements(version.content))


def _write_log(case: _Case, parts: _Parts) -> None:
    signed = {str(entry.sequence): entry.signature for entry in (*case.own, case.head)}
    parts.stream("log/entries.jsonl", _lines(case))
    parts.add_json("log/signatures.json", signed)


def _lines(case: _Case) -> Iterator[bytes]:
    """Yield each entry as it is hashed."""
    rows = LogEntry.objects.filter(
        sequence__gte=case.first, sequence__lte=case.head.sequence
    ).order_by("sequence")
    # Of the articles no more than their names is needed.
    rows = rows.select_related("article").only(*_HASHED, "article__uid")
    for entry in rows.iterator(_ENTRIES_AT_ONCE):
        link = link_of(entry)
        if link.digest() != entry.hash:
            raise EvidenceRefused(
                f"Entry {entry.sequence} of the log is broken: see `dateline verify`."
            )
        yield verify.canonical(link.told()) + b"\n"


def _notices(publication: Publication) -> list[dict[str, Any]]:
    """Return the words beside its acts, of which the log has hashes."""
    cuts = list(Redaction.objects.filter(publication=publication))
    stones = Tombstone.objects.filter(publication=publication)
    passed = Override.objects.filter(article_id=publication.article_id)
    rows = [
        *(_notice(cut.entry_id, cut.nonce, cut.reason) for cut in cuts),
        *(_notice(row.entry_id, row.nonce, _told_by(row)) for row in stones),
    ]
    # The reason of an override may hold words that were taken away since.
    if publication.is_public and not cuts and GatePolicy.load().shows_overrides:
        rows += (_notice(row.entry_id, row.nonce, row.reason) for row in passed)
    else:
        rows += ({"entry": row.entry_id, "withheld": True} for row in passed)
    return sorted(rows, key=lambda row: int(row["entry"]))


def _notice(entry: int, nonce: str, told: Any) -> dict[str, Any]:
    return {"entry": entry, "nonce": nonce, "told": told}


def _told_by(stone: Tombstone) -> dict[str, str]:
    return {"desk": stone.desk, "reason": stone.reason}


def _manifest(case: _Case, parts: _Parts) -> dict[str, Any]:
    publication = case.publication
    others = Publication.objects.filter(original_uid=publication.original_uid)
    return {
        "format": verify.FORMAT,
        "made_by": f"Dateline {__version__}",
        "article": {
            "uid": str(publication.uid),
            "address": settings.DATELINE_SITE_URL + publication.path,
            "language": publication.language,
            "state": publication.state,
            "original": str(publication.original_uid),
            "translations": [
                {"uid": str(row.uid), "language": row.language, "path": row.path}
                for row in others.exclude(pk=publication.pk).order_by("language", "pk")
            ],
        },
        "version": case.shown,
        "head": _head(case),
        "files": parts.hashes,
    }


def _head(case: _Case) -> str:
    return f"{case.head.sequence}:{case.head.hash}"


def _readme(case: _Case, key: bytes) -> bytes:
    values = {
        "ADDRESS": settings.DATELINE_SITE_URL + case.publication.path,
        "UID": case.publication.uid,
        "HEAD": _head(case),
        "KEY_ID": verify.key_id(key),
        "FIRST": case.first,
        "LAST": case.head.sequence,
        "SOFTWARE": f"Dateline {__version__}",
        "SCRIPT": hashlib.sha256(SCRIPT.read_bytes()).hexdigest(),
    }
    text = README.read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"<{name}>", str(value))
    return text.encode()


def _summary(case: _Case, key: bytes) -> Summary:
    content = case.versions[-1].content if case.versions else {}
    return Summary(
        versions=len(case.versions),
        attributions=len(content.get("attributions", {})),
        sources=len(case.sources),
        left_out=sum(bool(held.left_out) for held in case.sources),
        entries=case.head.sequence - case.first + 1,
        head=_head(case),
        key_id=verify.key_id(key),
    )
