"""
What a sentence claims, and when two sentences cannot both be right. Pure.

It goes by figures, times, names of places and words of denial, and by the words beside
them. It knows no synonym that its data file does not name, and is meant to offer what
somebody then looks at: where it doubts it is silent.
"""

from dateline.publishing.claims.claim import Claim, Quantity
from dateline.publishing.claims.comparing import (
    Difference,
    differ,
    differ_beside,
    may_differ,
)
from dateline.publishing.claims.reading import read_claim

__all__ = [
    "Claim",
    "Difference",
    "Quantity",
    "differ",
    "differ_beside",
    "may_differ",
    "read_claim",
]
