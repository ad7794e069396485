"""
The kept sources of a kit: which of them go in, as they are, and which do not.

What was taken out of an article for good may stand in what it was written from, and
nobody stored which words those were. So nothing that a redacted article rests on, in
any of its languages, goes into any kit; only its hash does.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from dateline.articles.models import Attribution
from dateline.publishing.models import Publication, Redaction
from dateline.sources.models import Citation, KeptCopy, WireItem
from dateline.sources.originals import open_original
from dateline.sources.vocabulary import SourceKind

LARGEST = 50_000_000
LARGEST_TOGETHER = 1_000_000_000
_CHUNK = 1 << 20

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a kept source may be, and all of a kit together."""

    largest: int = LARGEST
    together: int = LARGEST_TOGETHER


@dataclass(frozen=True, slots=True)
class Held:
    """One original under its hash, and why it stays out of the kit, if it does."""

    sha256: str
    path: str = ""
    size: int | None = None
    records: tuple[Told, ...] = ()
    left_out: str = ""

    def row(self) -> Told:
        """Return what sources.json says of it."""
        return {
            "sha256": self.sha256,
            "size": self.size,
            "left_out": self.left_out,
            "records": list(self.records),
        }


def hashes_named(contents: Iterable[Told]) -> set[str]:
    """Return the hashes of what the attributions of these snapshots rest on."""
    found: set[str] = set()
    items: set[int] = set()
    for attributions in (content.get("attributions", {}) for content in contents):
        for told in attributions.values():
            steps = told.get("steps", ())
            found |= {step["kept"]["sha256"] for step in steps if step.get("kept")}
            # Snapshots of old named an item by its number alone.
            is_secret = told["source"]["kind"] == SourceKind.UNNAMED
            if told.get("wire_item") and not steps and not is_secret:
                items.add(told["wire_item"])
    rows = WireItem.objects.filter(pk__in=items)
    return found | set(rows.values_list("original_hash", flat=True))


def held_sources(
    hashes: Iterable[str], publication: Publication, limits: Limits
) -> list[Held]:
    """Return what is kept under these hashes, in their order."""
    left, found = limits.together, []
    closed = _is_redacted([publication.original_uid])
    for digest in sorted(hashes):
        held = _held(digest, Limits(limits.largest, left), closed=closed)
        left -= 0 if held.left_out else held.size or 0
        found.append(held)
    return found


def chunks(held: Held) -> Iterator[bytes]:
    """Return the bytes of an original, in pieces."""
    return _chunks(held.path)


def _chunks(path: str) -> Iterator[bytes]:
    with open_original(path) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _held(digest: str, limits: Limits, *, closed: bool) -> Held:
    copies = list(KeptCopy.objects.filter(original_hash=digest).defer("text"))
    items = list(WireItem.objects.filter(original_hash=digest).defer("content"))
    rows: list[KeptCopy | WireItem] = [*copies, *items]
    if not rows:
        return Held(digest, left_out="the newsroom keeps nothing under this hash")
    if reason := _secret(digest, closed=closed):
        # Titles and addresses may hold the very words that were removed.
        return Held(digest, size=rows[0].original_size, left_out=reason)
    records = [*map(_copy_told, copies), *map(_item_told, items)]
    path, size = rows[0].original_path, rows[0].original_size
    reason = _unfit(digest, path, size, limits)
    return Held(digest, path, size, tuple(records), reason)


def _unfit(digest: str, path: str, size: int, limits: Limits) -> str:
    """Say why an original that may go in cannot."""
    if size > limits.largest:
        return f"it has {size:,} bytes, and a kit takes {limits.largest:,} of each"
    if size > limits.together:
        return "the kit is full: it takes so much of all sources together"
    if not (Path(settings.DATELINE_DATA) / path).is_file():
        return "it is missing from the newsroom's store"
    found = hashlib.sha256()
    for chunk in _chunks(path):
        found.update(chunk)
    is_whole = found.hexdigest() == digest
    return "" if is_whole else "what the newsroom's store holds of it is damaged"


def _secret(digest: str, *, closed: bool) -> str:
    """Say why an original must stay in the house."""
    citations = _citations_of(digest)
    attributions = Attribution.objects.filter(
        Q(wire_item__original_hash=digest) | Q(citation__in=citations.all)
    )
    unnamed = attributions.filter(
        wire_item__original_hash=digest, source__kind=SourceKind.UNNAMED
    )
    if citations.is_secret or unnamed.exists():
        return "the newsroom keeps it to itself"
    groups = Publication.objects.filter(
        article__in=attributions.values("article")
    ).values_list("original_uid", flat=True)
    if closed or _is_redacted(groups):
        return "a passage was removed for good from an article that rests on it"
    return ""


def _is_redacted(originals: Iterable[Any]) -> bool:
    rows = Redaction.objects.filter(publication__original_uid__in=list(originals))
    return rows.exists()


@dataclass(frozen=True, slots=True)
class _Citations:
    all: set[int]
    is_secret: bool


def _citations_of(digest: str) -> _Citations:
    """Return the citations of an original and all that rest on them."""
    direct = Citation.objects.filter(
        Q(kept_copy__original_hash=digest) | Q(wire_item__original_hash=digest)
    )
    is_secret = direct.filter(source__kind=SourceKind.UNNAMED).exists()
    found: set[int] = set()
    wave = set(direct.values_list("pk", flat=True))
    while wave - found:
        found |= wave
        above = Citation.objects.filter(rests_on__in=wave)
        wave = set(above.values_list("pk", flat=True))
    return _Citations(found, is_secret)


def _copy_told(copy: KeptCopy) -> Told:
    return {
        "form": copy.form,
        "title": copy.title,
        "address": copy.address,
        "type": copy.original_type,
        "kept_at": copy.kept_at.isoformat(),
        "headers": copy.headers,
    }


def _item_told(item: WireItem) -> Told:
    return {
        "form": "wire item",
        "title": item.headline,
        "address": item.address,
        "type": item.original_type,
        "uri": item.uri,
        "version": item.version,
        "kept_at": item.received_at.isoformat(),
        "headers": item.original_headers,
    }
