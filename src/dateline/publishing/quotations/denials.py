"""Words that a quotation may not drop: by language, from a data file."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.publishing.quotations.spelling import spell

#: The vowel signs of Indic words are no letters to `re`, so what parts words is told.
_WORD = re.compile(r"[^\s.,;:!?()\[\]–/]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What denies and what hedges in one language; nothing where no file tells."""

    denials: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    hedges: frozenset[str] = frozenset()
    harmless: tuple[str, ...] = ()
    is_unspaced: bool = False

    def denial_in(self, spelled: str) -> str | None:
        """Return the first word that denies in a spelled text."""
        return next(self._denials_in(spelled), None)

    def denials_in(self, spelled: str) -> frozenset[str]:
        """Return every word that denies in a spelled text."""
        return frozenset(self._denials_in(spelled))

    def hedge_in(self, spelled: str) -> str | None:
        """Return the first word that makes a spelled text less certain."""
        if self.is_unspaced:
            return next((word for word in self.hedges if word in spelled), None)
        return next((word for word in _words(spelled) if word in self.hedges), None)

    def _denials_in(self, spelled: str) -> Iterator[str]:
        if not self.is_unspaced:
            yield from (word for word in _words(spelled) if self._denies(word))
            return
        for word in self.harmless:
            spelled = spelled.replace(word, " ")
        yield from (word for word in self.denials if word in spelled)

    def _denies(self, word: str) -> bool:
        return (
            word in self.denials
            or bool(self.starts and word.startswith(self.starts))
            or bool(self.endings and word.endswith(self.endings))
        )


def _words(spelled: str) -> list[str]:
    return _WORD.findall(spelled.casefold())


@cache
def denying_words(code: str) -> Words:
    """Return the words of a language; empty for one that has no entry."""
    data = files("dateline.publishing") / "data" / "denials.toml"
    record = tomllib.loads(data.read_text("utf-8")).get(code, {})
    denials, hedges, harmless = (
        [spell(word).casefold() for word in record.get(name, "").split()]
        for name in ("denials", "hedges", "harmless")
    )
    return Words(
        denials=frozenset(denials),
        starts=tuple(record.get("starts", "").split()),
        endings=tuple(record.get("endings", "").split()),
        hedges=frozenset(hedges),
        harmless=tuple(harmless),
        is_unspaced=record.get("is_unspaced", False),
    )
