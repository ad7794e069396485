"""Whether a headline, a lede or a caption says what the text below it says."""

import re
import unicodedata
from collections.abc import Iterable

from dateline.articles.statements.splitting import UNSPACED, split_words
from dateline.languages.numerals import ascii_digits
from dateline.languages.sentences import sentence_starters

_SENTENCE_END = re.compile(r"[.!?…。！？।؟:]+[\s\"'“”«»„]*|\n")
_NUMBER = re.compile(r"\d+(?:[.,:٫٬]\d+)*")
#: Words are one word if they begin alike: a plural, a case, an ending.
_STEM, _SHORTEST = 4, 4
#: How much of it must stand in the text.
_SHARE = 0.5


class Ground:
    """What the sourced statements of a text hold, to look up in."""

    def __init__(self, texts: Iterable[str], code: str = "en") -> None:
        self.has_capital_nouns = code in {"de", "lb"}
        whole = _plain("\n".join(texts))
        self.numbers = set(_NUMBER.findall(whole))
        self.starters = sentence_starters(code)
        self.stems = {_stem(word) for word in split_words(whole)}
        self.pairs = _pairs(whole)

    def bears(self, text: str) -> bool:
        """
        Tell whether the ground holds what a summary of it says.

        Every number and every name must stand in it, and half of the other words.
        """
        plain = _plain(text)
        if not set(_NUMBER.findall(plain)) <= self.numbers:
            return False
        if not (self.has_capital_nouns or self._has_all_names(plain)):
            return False
        words = split_words(plain)
        told = {_stem(word) for word in words if len(word) >= _SHORTEST}
        pairs = _pairs(plain)
        held = len(told & self.stems) + len(pairs & self.pairs)
        return held >= _SHARE * (len(told) + len(pairs)) and held > 0

    def _has_all_names(self, text: str) -> bool:
        for sentence in _SENTENCE_END.split(text):
            for place, word in enumerate(split_words(sentence)):
                is_opener = place == 0 and (
                    word in self.starters or len(word) < _SHORTEST
                )
                is_name = word[0].isupper() and not is_opener
                if is_name and _stem(word) not in self.stems:
                    return False
        return True


def _plain(text: str) -> str:
    return ascii_digits(unicodedata.normalize("NFKC", text))


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


def _pairs(text: str) -> set[str]:
    letters = "".join(UNSPACED.findall(text))
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
