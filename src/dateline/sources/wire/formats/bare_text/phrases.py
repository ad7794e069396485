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
        plain = text.casefold()
        found = (m for m in self._inside[role].finditer(plain) if _is_whole(m, plain))
        return len({m[0] for m in found})

    def all_of(self, role: str) -> frozenset[str]:
        return self._keyed[role]

    def labels(self, role: str) -> list[str]:
        """Return the phrases as written, the longest first, for a pattern."""
        phrases = {p.casefold() for ps in self._table[role].values() for p in ps}
        return sorted(phrases, key=len, reverse=True)

    @cached_property
    def _inside(self) -> dict[str, re.Pattern[str]]:
        return {
            role: re.compile(_pattern(_tree(self.labels(role))))
            for role in ("boilerplate", "biography", "reading_time", "signature")
        }


def _is_whole(found: re.Match[str], text: str) -> bool:
    """Tell whether a phrase in Latin letters begins where a word begins."""
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    return not (found[0][0].isascii() and before.isalnum())


_Tree = dict[str, "_Tree"]


def _tree(phrases: list[str]) -> _Tree:
    """Return the phrases by their letters: hundreds are looked for at once."""
    root: _Tree = {}
    for phrase in phrases:
        node = root
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    return root


def _pattern(node: _Tree) -> str:
    branches = [re.escape(letter) + _pattern(node[letter]) for letter in node if letter]
    if not branches:
        return ""
    whole = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{whole})?" if "" in node else whole


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return the table, read once."""
    source = files("dateline.sources.wire.formats.bare_text") / "phrases.toml"
    return Phrases(tomllib.loads(source.read_text(encoding="utf-8")))
