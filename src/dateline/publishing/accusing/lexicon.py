"""The words by which a language accuses and names: one data file a language."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from dateline.sources.likeness import plain_letters

_WORD = re.compile(r"[^\W_](?:[\w\u0900-\u0dff]|-(?=\w))*")
UNSPACED = frozenset({"zh-CN"})


@dataclass(frozen=True)
class Stems:
    """Words, and heads of words; both without accents and capitals."""

    whole: frozenset[str]
    heads: frozenset[str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, told: str) -> "Stems":
        words = told.split()
        heads = frozenset(plain_letters(w[:-1]) for w in words if w.endswith("*"))
        whole = frozenset(plain_letters(w) for w in words if not w.endswith("*"))
        return cls(whole, heads, tuple(sorted({len(head) for head in heads})))

    def has(self, word: str) -> bool:
        return word in self.whole or any(word[:n] in self.heads for n in self.lengths)


@dataclass(frozen=True)
class Lexicon:
    """What one language's data file holds."""

    code: str
    stems: Stems
    phrases: tuple[str, ...]
    admits: Stems
    words: dict[str, frozenset[str]]
    before: tuple[str, ...]
    pattern: re.Pattern[str] | None
    """Finds a word of crime where words have no spaces."""

    def is_in(self, group: str, word: str) -> bool:
        return word in self.words.get(group, frozenset())

    def accusing_word(self, text: str) -> str:
        """Return the first word of crime as it stands in a text, or ""."""
        plain = plain_letters(text)
        if self.pattern is not None:
            found = self.pattern.search(plain)
            return found[0] if found else ""
        words = _WORD.findall(plain)
        for at, word in enumerate(words):
            if _accuses(self.code, word):
                shown = _WORD.findall(text)
                return str(shown[at] if len(shown) == len(words) else word)
        return next((phrase for phrase in self.phrases if phrase in plain), "")

    def bare(self, word: str) -> Iterable[str]:
        """Return a word, and what is left of it without what may stand at its head."""
        yield word
        for head in self.before:
            if word.startswith(head) and len(word) > len(head) + 1:
                yield word[len(head) :]

    def admits_in(self, text: str) -> bool:
        """Tell whether whoever speaks speaks of themselves."""
        plain = plain_letters(text)
        if self.pattern is not None:
            return any(word in plain for word in self.admits.whole)
        return any(
            self.admits.has(bare)
            for word in _WORD.findall(plain)
            for bare in self.bare(word)
        )


@lru_cache(maxsize=65_536)
def _accuses(code: str, word: str) -> bool:
    """Tell of one word; the words of a language are few, and come again and again."""
    words = lexicon(code)
    return words is not None and any(words.stems.has(w) for w in words.bare(word))


@cache
def lexicon(code: str) -> Lexicon | None:
    """Return what is known of a language, or None where it has no data file."""
    data = files("dateline.publishing") / "data" / "accusations" / f"{code}.toml"
    if not data.is_file():
        return None
    return _read(code, tomllib.loads(data.read_text("utf-8")))


def _read(code: str, told: dict[str, Any]) -> Lexicon:
    lists = {"stems", "phrases", "admits", "before"}
    stems = Stems.of(told["stems"])
    sought = "|".join(sorted(map(re.escape, stems.whole), key=len, reverse=True))
    return Lexicon(
        code=code,
        stems=stems,
        phrases=tuple(plain_letters(phrase) for phrase in told["phrases"]),
        admits=Stems.of(told["admits"]),
        words={
            name: frozenset(map(plain_letters, words.split()))
            for name, words in told.items()
            if name not in lists
        },
        before=tuple(sorted(told.get("before", "").split(), key=len, reverse=True)),
        pattern=re.compile(sought) if code in UNSPACED else None,
    )
