"""The nouns of the page store."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class Coding(StrEnum):
    """A content coding (RFC 9110, 8.4.1), dearest first where a reader takes it."""

    BROTLI = "br"
    GZIP = "gzip"
    PLAIN = "identity"


class Outcome(Enum):
    """What became of a page that was offered to the store."""

    KEPT = auto()
    OUTDATED = auto()
    """Something that it read was purged while it rendered: kept as stale at most."""
    WITHDRAWN = auto()
    """Something that it read was withdrawn meanwhile: nobody may see this page."""
    NOT_KEPT = auto()
    """The store cannot keep it now; the page itself is as good as any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    One answer, the same for everybody.

    A page that pays compressing holds `gzip` (and later `brotli`), any other one
    `plain`. `etag` is the hash of the plain bytes, 32 hex digits. `headers` have
    lower-case names and lack what depends on the request: length, coding and ETag.
    `expires_at` is a time in seconds since 1970 from which the page is stale.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    etag: str
    plain: bytes | None = None
    gzip: bytes | None = None
    brotli: bytes | None = None
    expires_at: float | None = None

    @property
    def size(self) -> int:
        """Bytes of all its forms."""
        return sum(len(form or b"") for form in (self.plain, self.gzip, self.brotli))


@dataclass(frozen=True, slots=True)
class Found:
    """A page as the store has it; `purged_at` (seconds since 1970) if it is stale."""

    page: Page
    purged_at: float | None


@dataclass(frozen=True, slots=True)
class Purged:
    """What one purge made stale: how many pages, and the first of their keys."""

    pages: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the store holds."""

    pages: int
    bytes: int
    stale: int
