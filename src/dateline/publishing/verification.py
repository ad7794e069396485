"""Walk the log: is every entry chained, signed, and true of what is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.publishing import signing
from dateline.publishing.chain import GENESIS, Link, commitment, version_hash
from dateline.publishing.models import (
    ChainHead,
    Correction,
    LogEntry,
    Override,
    Publication,
    Redaction,
    Tombstone,
    Version,
)
from dateline.publishing.vocabulary import Act, PublicState


@dataclass(frozen=True)
class Break:
    """The first thing that is not as the log says."""

    sequence: int
    fact: str

    def __str__(self) -> str:
        return f"entry {self.sequence}: {self.fact}"


@dataclass(frozen=True)
class Verdict:
    """How far the log was walked, and what broke it."""

    entries: int
    head: str
    broken: Break | None

    @property
    def holds(self) -> bool:
        return self.broken is None


def verify(against: str | None = None) -> Verdict:
    """
    Walk the whole chain and compare it with what is kept and public.

    `against` is a head seen earlier (``sequence:hash``): a history rewritten
    since then, even one that is chained and signed anew, does not hold it.

    :raises ValueError: `against` is not a head
    """
    walk = _Walk(_parse_head(against) if against else None)
    broken = next(walk.breaks(), None)
    return Verdict(walk.sequence, f"{walk.sequence}:{walk.hash}", broken)


def _parse_head(text: str) -> tuple[int, str]:
    sequence, _, digest = text.strip().partition(":")
    if not sequence.isdecimal() or len(digest) != len(GENESIS):
        msg = f"“{text}” is not a head: it looks like 123:9f86d081… (64 hex digits)."
        raise ValueError(msg)
    return int(sequence), digest


class _Walk:
    """One walk from the first entry to the last, then over what they vouch for."""

    def __init__(self, remembered: tuple[int, str] | None) -> None:
        self.sequence = 0
        self.hash = GENESIS
        self.remembered = remembered
        self.redacted: dict[tuple[int, int], str] = {}
        self.killed: set[int] = set()

    def breaks(self) -> Iterator[Break]:
        entries = LogEntry.objects.select_related("article", "version")
        for entry in entries.iterator(500):
            facts = self._facts_against(entry)
            yield from (Break(self.sequence + 1, fact) for fact in facts)
            self._note(entry)
        yield from self._head_breaks()
        yield from self._version_breaks()
        yield from self._publication_breaks()
        yield from _words_breaks()
        yield from self._override_breaks()

    def _facts_against(self, entry: LogEntry) -> Iterator[str]:
        if entry.sequence != self.sequence + 1:
            yield "it is missing"
        if entry.previous_hash != self.hash:
            yield "it does not follow from the entry before it"
        if link_of(entry).digest() != entry.hash:
            yield "its words were changed after it was written"
        if not signing.is_signed(entry.hash.encode(), entry.signature):
            yield "its signature is not this newsroom's"
        if self.remembered and self.remembered[0] == entry.sequence:
            if self.remembered[1] != entry.hash:
                yield "its hash is not the one seen earlier: history was rewritten"
            self.remembered = None
        if "version" in entry.payload and not hasattr(entry, "version"):
            yield "the version it vouches for is missing"

    def _note(self, entry: LogEntry) -> None:
        self.sequence, self.hash = entry.sequence, entry.hash
        if entry.act == Act.REDACT:
            for told in entry.payload["versions"]:
                self.redacted[entry.article_id, told["version"]] = told["redacted_hash"]
        if entry.act == Act.KILL:
            self.killed.add(entry.article_id)

    def _head_breaks(self) -> Iterator[Break]:
        head = ChainHead.objects.filter(id=1).first()
        if head and (head.sequence, head.hash) != (self.sequence, self.hash):
            yield Break(head.sequence, "the log ends before it: entries were cut off")
        if self.remembered:
            yield Break(self.remembered[0], "it was seen earlier and is gone")

    def _version_breaks(self) -> Iterator[Break]:
        for version in Version.objects.select_related("entry").iterator(200):
            told = version.entry.payload.get("content_hash")
            key = (version.article_id, version.number)
            expected = self.redacted.get(key, version.content_hash)
            kept = version_hash(version.content, version.note, version.nonce)
            if version.content_hash != told or kept != expected:
                fact = f"the text of version {version.number} is not the one logged"
                yield Break(version.entry_id, fact)

    def _override_breaks(self) -> Iterator[Break]:
        redacted = {article for article, _number in self.redacted}
        for row in Override.objects.select_related("entry").iterator(200):
            if not row.nonce and row.article_id in redacted:
                continue
            if commitment(row.reason, row.nonce) != row.entry.payload["note_hash"]:
                yield Break(row.entry_id, "the reason of an override was changed")

    def _publication_breaks(self) -> Iterator[Break]:
        by_number = Version.objects.order_by("article", "number")
        newest = dict(by_number.values_list("article", "pk"))
        for row in Publication.objects.select_related("version").iterator(200):
            if newest[row.article_id] != row.version_id:
                yield Break(row.entry_id, f"{row.path} shows an earlier version")
            if (row.article_id in self.killed) != (row.state == PublicState.KILLED):
                yield Break(row.entry_id, f"{row.path} is {row.state}: not as logged")
            if _shown(row) != _logged(row):
                yield Break(row.entry_id, f"{row.path} shows other words than logged")


def link_of(entry: LogEntry) -> Link:
    """Return an entry in the spelling that is hashed."""
    return Link(
        sequence=entry.sequence,
        act=entry.act,
        recorded_at=entry.recorded_at,
        article=str(entry.article.uid),
        actor=entry.actor_id,
        payload=entry.payload,
        previous_hash=entry.previous_hash,
    )


def _shown(row: Publication) -> tuple[object, ...]:
    return (row.headline, row.lede, row.slug, row.language, str(row.uid), row.byline)


def _logged(row: Publication) -> tuple[object, ...]:
    keys = ("headline", "lede", "slug", "language", "uid", "byline")
    return tuple(row.version.content[key] for key in keys)


def _words_breaks() -> Iterator[Break]:
    """Yield where the words beside an article are not those that were logged."""
    for stone in Tombstone.objects.select_related("entry").iterator(200):
        told = {"desk": stone.desk, "reason": stone.reason}
        if commitment(told, stone.nonce) != stone.entry.payload["note_hash"]:
            yield Break(stone.entry_id, "the tombstone's words were changed")
    for cut in Redaction.objects.select_related("entry").iterator(200):
        if commitment(cut.reason, cut.nonce) != cut.entry.payload["note_hash"]:
            yield Break(cut.entry_id, "the redaction's reason was changed")
    for correction in Correction.objects.select_related("version").iterator(200):
        if correction.text != correction.version.note:
            yield Break(correction.version.entry_id, "the correction's words changed")
