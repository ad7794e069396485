"""Walking the log: is every entry chained, signed, and true of what is kept?"""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.publishing import signing
from dateline.publishing.chain import GENESIS, Link, commitment
from dateline.publishing.models import ChainHead, LogEntry, Publication, Version
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
    remembered = _parse_head(against) if against else None
    walk = _Walk(remembered)
    broken = next(walk.breaks(), None)
    return Verdict(walk.sequence, f"{walk.sequence}:{walk.hash}", broken)


def _parse_head(text: str) -> tuple[int, str]:
    sequence, _, digest = text.strip().partition(":")
    if not sequence.isdigit() or len(digest) != 64:
        msg = f"“{text}” is not a head: it looks like 123:9f86d081… (64 hex digits)."
        raise ValueError(msg)
    return int(sequence), digest


class _Walk:
    def __init__(self, remembered: tuple[int, str] | None) -> None:
        self.sequence = 0
        self.hash = GENESIS
        self.remembered = remembered
        self.redacted: dict[tuple[int, int], str] = {}

    def breaks(self) -> Iterator[Break]:
        for entry in LogEntry.objects.select_related("article", "version").iterator(500):
            if fact := self._fact_against(entry):
                yield Break(self.sequence + 1, fact)
                return
            self._note_redactions(entry)
            self.sequence, self.hash = entry.sequence, entry.hash
        yield from self._head_breaks()
        yield from self._version_breaks()
        yield from self._publication_breaks()

    def _fact_against(self, entry: LogEntry) -> str:
        if entry.sequence != self.sequence + 1:
            return "it is missing"
        if entry.previous_hash != self.hash:
            return "it does not follow from the entry before it"
        link = Link(
            entry.sequence, entry.act, entry.recorded_at, str(entry.article.uid),
            entry.actor_id, entry.payload, entry.previous_hash,
        )  # fmt: skip
        if link.digest() != entry.hash:
            return "its words were changed after it was written"
        if not signing.is_signed(entry.hash.encode(), entry.signature):
            return "its signature is not this newsroom's"
        if self.remembered == (entry.sequence, entry.hash):
            self.remembered = None
        if self.remembered and self.remembered[0] == entry.sequence:
            return "its hash is not the one seen earlier: history was rewritten"
        if "version" in entry.payload and not hasattr(entry, "version"):
            return "the version it vouches for is missing"
        return ""

    def _note_redactions(self, entry: LogEntry) -> None:
        if entry.act == Act.REDACT:
            for told in entry.payload["versions"]:
                self.redacted[entry.article_id, told["version"]] = told["redacted_hash"]

    def _head_breaks(self) -> Iterator[Break]:
        head = ChainHead.objects.filter(id=1).first()
        if head and (head.sequence, head.hash) != (self.sequence, self.hash):
            yield Break(head.sequence, "the log ends before it: entries were cut off")
        if self.remembered:
            yield Break(self.remembered[0], "it was seen earlier and is gone")

    def _version_breaks(self) -> Iterator[Break]:
        for version in Version.objects.select_related("entry").iterator(200):
            if fact := self._version_fact(version):
                yield Break(version.entry_id, fact)

    def _version_fact(self, version: Version) -> str:
        payload = version.entry.payload
        if version.content_hash != payload.get("content_hash"):
            return f"version {version.number} has another hash than was logged"
        key = (version.article_id, version.number)
        expected = self.redacted.get(key, version.content_hash)
        if commitment(version.content, version.nonce) != expected:
            return f"the text of version {version.number} was changed"
        return ""

    def _publication_breaks(self) -> Iterator[Break]:
        rows = Publication.objects.select_related("version", "entry", "article")
        for row in rows.iterator(200):
            if fact := _publication_fact(row):
                yield Break(row.entry_id, fact)


def _publication_fact(row: Publication) -> str:
    newest = (
        Version.objects.filter(article=row.article_id).order_by("-number").first()
    )
    if newest is None or newest.pk != row.version_id:
        return f"{row.path} does not show the version that was published last"
    killed = LogEntry.objects.filter(article=row.article_id, act=Act.KILL).exists()
    if killed != (row.state == PublicState.KILLED):
        return f"{row.path} is {row.state}, and the log says otherwise"
    shown = (row.headline, row.lede, row.slug)
    logged = tuple(row.version.content[key] for key in ("headline", "lede", "slug"))
    if shown != logged:
        return f"{row.path} shows another headline, lede or address than was published"
    return ""
