"""Whether the sentence of a wire item that a statement was drawn from cites anybody."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.articles.statements.finding import words_of
from dateline.articles.suggesting.suggesting import suggest

_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u9fff]|[^\W_]+")
#: A statement with less in common with a sentence was not drawn from it.
_LIKE = 0.3
LONGEST_ITEM = 100_000


@dataclass(frozen=True)
class ItemSentences:
    """A wire item's sentences, each with whether it cites somebody."""

    by_words: dict[str, bool]
    sentences: tuple[tuple[frozenset[str], bool], ...]

    @classmethod
    def of(cls, text: str, code: str) -> "ItemSentences":
        """Return the sentences of an item's text; an item is never edited."""
        return _read(text[:LONGEST_ITEM], code)

    def cites(self, statement: str, words: str = "") -> bool:
        """
        Tell whether the item's own sentence for a statement cites somebody.

        `words` is the statement's `words_of`, if that is known.
        """
        told = self.by_words.get(words or words_of(statement))
        if told is not None:
            return told
        own = _words(statement)
        likeness, cites = max(
            ((_likeness(own, held), cites) for held, cites in self.sentences),
            default=(0.0, False),
        )
        return cites and likeness >= _LIKE


@lru_cache(maxsize=256)
def _read(text: str, code: str) -> ItemSentences:
    found = [one for told in suggest(text.split("\n"), code) for one in told]
    return ItemSentences(
        {words_of(one.text): one.cites for one in found},
        tuple((_words(one.text), one.cites) for one in found),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
