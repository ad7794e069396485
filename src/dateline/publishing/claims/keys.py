"""What two claims must share before it is worth comparing them."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.publishing.claims.claim import Claim


def keys_of(claim: Claim) -> Claim:
    """Return a claim with its keys."""
    return replace(claim, keys=frozenset(_keys(claim)))


def _keys(claim: Claim) -> Iterator[str]:
    for one in claim.quantities:
        if not one.is_part:
            yield from filter(None, (one.befell, one.unit, *one.kinds))
            if one.is_great:
                yield "great"
    if claim.clocks:
        yield "clock"
    yield from (f"at {word}" for _, word, _ in claim.located)
