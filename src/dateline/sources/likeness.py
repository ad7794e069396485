"""
Which texts share their words: shingles, and the few numbers that stand for a text.

A word is cut to its first letters and freed of accents, so that an ending, a letter
of another alphabet that looks the same, or an invisible one makes no other word. Short
words are left out: they are the first that whoever disguises a copy swaps. Three words
in a row are a shingle. In scripts without spaces, a few letters in a row are a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rensa import RMinHash  # type: ignore[import-untyped]  # (it has no types)

#: Words in a shingle; letters by which a word is known; a word that counts has more.
RUN, _STEM, _SHORT, _SHORT_ELSEWHERE = 3, 6, 3, 2
#: Numbers that stand for a text. Two that agree make two texts worth comparing.
BANDS, AGREEING = 32, 2
#: Raised with any change of what is below, or of the library's: all is signed anew.
SCHEME = 100 * RMinHash.ALGORITHM_VERSION + 1
#: Words that one signature of a text that is looked up stands for.
PART = 150
LONGEST_TEXT = 200_000
_SEED = 1

_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_THAI = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = _HAN + _THAI
_GAP = re.compile(f"(?<=[{_UNSPACED}])\\s+(?=[{_UNSPACED}])")
# Vowel signs of Indic scripts are no letters to `re`.
_WORD = re.compile(
    f"(?=([{_HAN}]{{3}}))[{_HAN}]|(?=([{_THAI}]{{6}}))[{_THAI}]"
    f"|([^\\W_{_UNSPACED}](?:[^\\W{_UNSPACED}]|[\u0900-\u0dff])*)"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ELSEWHERE = "\u0530"
_POINTS = (
    (0x300, 0x370), (0x483, 0x48A), (0x591, 0x5C8), (0x610, 0x61B), (0x64B, 0x660),
    (0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070), (0xFE00, 0xFE10),
)  # fmt: skip
_SINGLE_POINTS = (0xAD, 0x61C, 0x640, 0x670, 0xFEFF)
_LOOKALIKES = (
    ("авеіјкмнорстухѕԁһӏԛԝαβεικνορτυχϲѵɑɡıøłđ",
     "abeijkmhopctyxsdhlqwabeikvoptuxcvagiold"),
)  # fmt: skip
_TABLE = str.maketrans(
    {point: "" for first, end in _POINTS for point in range(first, end)}
    | dict.fromkeys(_SINGLE_POINTS, "")
    | {
        ord(one): other
        for pair in _LOOKALIKES
        for one, other in zip(*pair, strict=True)
    }
)


def words_of(text: str) -> list[str]:
    """Return the words by which a text is known, in their order."""
    plain = plain_letters(text)
    if not _IS_UNSPACED.search(plain):
        return [word[:_STEM] for *_, word in _WORD.findall(plain) if _counts(word)]
    found = _WORD.findall(_GAP.sub("", plain))
    return [
        unspaced or other or word[:_STEM]
        for unspaced, other, word in found
        if unspaced or other or _counts(word)
    ]


def plain_letters(text: str) -> str:
    """Return small letters without accents, look-alikes and what nobody sees."""
    plain = text[:LONGEST_TEXT].casefold()
    if plain.isascii():
        return plain
    parted = unicodedata.normalize("NFKD", plain)
    return unicodedata.normalize("NFC", parted.translate(_TABLE))


def _counts(word: str) -> bool:
    is_long = len(word) > _SHORT or (
        word[0] >= _ELSEWHERE and len(word) > _SHORT_ELSEWHERE
    )
    return is_long or word[0].isdigit()


def shingles(words: Sequence[str]) -> list[str]:
    """Return every run of words; the run at `i` begins at the word `i`."""
    return [*map(" ".join, zip(*(words[at:] for at in range(RUN)), strict=False))]


@lru_cache(maxsize=256)
def shingles_of(text: str) -> frozenset[str]:
    """Return the shingles of a text that is never edited."""
    return frozenset(shingles(words_of(text)))


def signature(runs: Iterable[str]) -> list[int]:
    """
    Return the numbers that stand for a text, each with its band in its upper half.

    Of two texts as large a share of them is the same as of their shingles (MinHash).
    """
    told = list(runs)
    if not told:
        return []
    sketch = RMinHash(num_perm=BANDS, seed=_SEED)
    sketch.update(told)
    return [band << 32 | value for band, value in enumerate(sketch.digest())]
