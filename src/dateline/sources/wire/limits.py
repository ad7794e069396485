"""How much of the outside world is let in at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WireLimits:
    """Sizes in bytes and characters, counts in items."""

    #: An original, as received and when unpacked.
    original_bytes: int = 5_000_000
    #: Lines of a bare text page; a longer one is not an article.
    lines: int = 5_000
    #: Entries of one feed.
    items: int = 2_000
    #: Elements of one HTML page.
    elements: int = 20_000
    #: Nesting of JSON and HTML before a reader of it is at risk.
    depth: int = 200


DEFAULT_LIMITS = WireLimits()
