"""A sentence as words: where each stands, and whether it is quoted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.articles.suggesting.quotes import Quote

_APART = r"\s.,;:!?\"“”«»„()\[\]…—–،؛؟।۔‘、，。：；！？「」『』<>|"
#: Titles keep their stop: it must not part them from the name.
_TITLES = (
    "Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Sen|Rep|Gov|Prof|Rev|St|Jr|Sr|Inc|Corp|Co|Ltd"
    "|Mme|Mmes|MM|Sra|Dra|Sres|Lic"
)
_WORD = re.compile(
    rf"(?:{_TITLES})\.(?=\s)|(?:[^\W\d_]\.)+(?=\s|$|[,’'])|(?:[^{_APART}'’-]|(?<=\S)[’'-](?=\w))"
    rf"(?:[^{_APART}]|(?<=\w)[.,](?=\d))*|[^\s]"
)
_OWNED = re.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark; positions are those of the paragraph."""

    text: str
    start: int
    end: int
    is_quoted: bool

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        # “3M” is a name as “Acme” is.
        is_figure = self.text[0].isdigit()
        return any(c.isupper() for c in (self.text if is_figure else self.text[0]))

    @property
    def owns(self) -> bool:
        return _OWNED.search(self.text) is not None

    @property
    def owner(self) -> str:
        return _OWNED.sub("", self.text)


def read_words(text: str, start: int, end: int, quotes: Sequence[Quote]) -> list[Word]:
    """Return the words of one sentence."""
    return [
        Word(
            found[0],
            found.start(),
            found.end(),
            any(q.start <= found.start() < q.end for q in quotes),
        )
        for found in _WORD.finditer(text, start, end)
    ]
