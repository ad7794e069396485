"""What one sentence claims."""

from functools import lru_cache

from dateline.languages.numerals import ascii_digits
from dateline.publishing.claims.claim import Claim
from dateline.publishing.claims.spaced import read_spaced
from dateline.publishing.claims.stems import plain, stem
from dateline.publishing.claims.unspaced import is_unspaced, read_unspaced
from dateline.publishing.claims.words import claim_words


@lru_cache(maxsize=4_000)
def read_claim(text: str, code: str = "en", source: str = "") -> Claim:
    """Return what a sentence claims; `source` is the name of who says so."""
    words = claim_words(code)
    digits = ascii_digits(text)
    if is_unspaced(text):
        return read_unspaced(digits, words, source)
    names = frozenset(stem(plain(word)) for word in source.split())
    return read_spaced(digits, words, names)
