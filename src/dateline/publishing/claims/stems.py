"""A word without what bends it: its first letters, or in Arabic its strong ones."""

import re
import unicodedata

_STEM = 5
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f]")
#: What an Arabic word keeps of its root when it is bent: the weak letters go.
_ARABIC_WEAK = re.compile(
    r"^(?:ال|وال|بال|لل|و|ب|ل|ف)(?=.{3})|[اأإآىويةءئؤ\u064b-\u065f]"
)

_CYRILLIC_ENDING = re.compile(r"(?<=[\u0400-\u04ff]{3})[аеєиіїоуюяйьыэё]{1,2}$")


def plain(word: str) -> str:
    """Return a word in small letters, with one apostrophe and no vowel signs."""
    if word.isascii():
        return word.lower()
    small = unicodedata.normalize("NFKC", word).casefold()
    return _ARABIC_MARKS.sub("", small.replace("’", "'").replace("ʼ", "'"))


def stem(word: str) -> str:
    """Return what stays of a plain word in its other forms."""
    if not word.isascii():
        if _ARABIC.search(word):
            return _ARABIC_WEAK.sub("", _ARABIC_WEAK.sub("", word, count=1))[:_STEM]
        word = _CYRILLIC_ENDING.sub("", word)
    if len(word) >= _STEM - 1 and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    return word[:_STEM]


def is_arabic(word: str) -> bool:
    return _ARABIC.search(word) is not None
