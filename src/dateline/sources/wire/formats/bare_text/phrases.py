"""The table of words that surround articles, ready for asking."""

import re
import tomllib
from functools import cached_property, lru_cache
from importlib.resources import files

from dateline.sources.wire.formats.bare_text.shapes import MARKS

_NOT_LETTERS = re.compile(rf"[^\w'’{MARKS}]+|[\d_]+")
_ENDINGS = "'’ "
_LONGEST_PHRASE = 60


def keyed(text: str) -> str:
    """Return the words of a line alone: no case, digits or marks."""
    if len(text) > 4 * _LONGEST_PHRASE:
        return ""
    return " ".join(_NOT_LETTERS.sub(" ", text.casefold()).split()).strip(_ENDINGS)


class Phrases:
    """Roles of words on a page, each over all languages at once."""

    def __init__(self, table: dict[str, dict[str, list[str]]]) -> None:
        self._table = table
        self._keyed = {
            role: frozenset(keyed(p) for ps in by_language.values() for p in ps)
            for role, by_language in table.items()
        }

    def is_one(self, role: str, text: str) -> bool:
        """Tell whether the line is a phrase of the role and nothing else."""
        key = keyed(text)
        return bool(key) and key in self._keyed[role]

    def begins(self, role: str, key: str) -> bool:
        """Tell whether the keyed line begins with a phrase of two words or more."""
        words = key.split(" ")
        phrases = self._keyed[role]
        return any(" ".join(words[:n]) in phrases for n in range(2, min(len(words), 7)))

    def count_inside(self, role: str, text: str) -> int:
        """Return how many phrases of the role occur anywhere in the text."""
        return len(set(self._inside[role].findall(text.casefold())))

    def all_of(self, role: str) -> frozenset[str]:
        return self._keyed[role]

    def labels(self, role: str) -> list[str]:
        """Return the phrases as written, the longest first, for a pattern."""
        phrases = {p.casefold() for ps in self._table[role].values() for p in ps}
        return sorted(phrases, key=len, reverse=True)

    @cached_property
    def _inside(self) -> dict[str, re.Pattern[str]]:
        return {
            role: re.compile("|".join(map(_bounded, self.labels(role))))
            for role in ("boilerplate", "biography", "reading_time")
        }


def _bounded(phrase: str) -> str:
    edge = r"(?<!\w)" if phrase[0].isascii() and phrase[0].isalpha() else ""
    return edge + re.escape(phrase)


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return the table, read once."""
    source = files("dateline.sources.wire.formats.bare_text") / "phrases.toml"
    return Phrases(tomllib.loads(source.read_text(encoding="utf-8")))
