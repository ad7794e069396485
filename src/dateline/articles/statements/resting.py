"""Whether a headline, a lede or a caption says what the text below it says."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_OTHER_DIGIT = re.compile(r"[^\W\D0-9]")
_NUMBER = re.compile(r"\d+(?:[.,:٫٬]\d+)*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)
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
        self.stems = {_stem(word) for word in _WORD.findall(whole)}
        self.pairs = _pairs(whole)

    def bears(self, text: str) -> bool:
        """
        Tell whether the ground holds what a summary of it says.

        Every number and every name must stand in it, and half of the other words.
        """
        plain = _plain(text)
        if not set(_NUMBER.findall(plain)) <= self.numbers:
            return False
        words = _WORD.findall(plain)
        names = [word for word in words[1:] if word[0].isupper()]
        is_strange = any(_stem(word) not in self.stems for word in names)
        if is_strange and not self.has_capital_nouns:
            return False
        told = {_stem(word) for word in words if len(word) >= _SHORTEST}
        pairs = _pairs(plain)
        held = len(told & self.stems) + len(pairs & self.pairs)
        return held >= _SHARE * (len(told) + len(pairs)) and held > 0


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return _OTHER_DIGIT.sub(lambda m: str(unicodedata.digit(m[0])), composed)


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


def _pairs(text: str) -> set[str]:
    letters = "".join(_UNSPACED.findall(text))
    return {letters[at : at + 2] for at in range(len(letters) - 1)}
