"""
How well suggestions agree with what a reader labelled.

A labelled file holds articles, each a heading ``## name half`` and paragraphs; a line
is ``sentence => source``, with other ways to name the source after ``/`` and ``-``
where the sentence cites no one. A line of two sentences labels both.

right      it cites, was said to, and the source is one of the labelled ways: the same
           words, or one contains the other, articles and titles aside
precision  right / all that were said to cite
recall     right / all that cite
left alone of the sentences that cite no one, the share said to cite no one
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.articles.suggesting import Suggestion, suggest

LABELLED = Path(__file__).parent / "labelled"
_ARTICLES = re.compile(r"^(?:the|a|an|la|le|les|el|los|las|l['’])\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Judged:
    suggestion: Suggestion
    sources: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        found = self.suggestion.source
        return bool(found) and any(_same(found, name) for name in self.sources)


@dataclass(frozen=True)
class Score:
    sentences: int
    precision: float
    recall: float
    left_alone: float


def judged(language: str, half: str | None = None) -> list[Judged]:
    """Return every sentence of the labelled articles with its label."""
    text = (LABELLED / f"{language}.txt").read_text("utf-8")
    return [
        sentence
        for article in re.split(r"^## ", text, flags=re.MULTILINE)[1:]
        if half is None or article.split("\n")[0].split()[1] == half
        for sentence in _article(article.partition("\n")[2], language)
    ]


def _article(body: str, language: str) -> Iterator[Judged]:
    paragraphs = [
        [tuple(line.split(" => ")) for line in block.splitlines()]
        for block in re.split(r"\n\n+", body.strip())
    ]
    gap = "" if language == "zh-CN" else " "
    texts = [gap.join(text for text, _ in lines) for lines in paragraphs]
    for lines, found in zip(paragraphs, suggest(texts, language), strict=True):
        reached = 0
        for text, label in lines:
            end = reached + len(text)
            names = () if label.strip() == "-" else tuple(label.split(" / "))
            for suggestion in found:
                if reached <= suggestion.start < end:
                    yield Judged(suggestion, names)
            reached = end + len(gap)


def score(sentences: list[Judged]) -> Score:
    right = sum(s.is_right for s in sentences)
    said = sum(s.suggestion.cites for s in sentences)
    citing = sum(bool(s.sources) for s in sentences)
    plain = [s for s in sentences if not s.sources]
    alone = sum(not s.suggestion.cites for s in plain)
    return Score(
        len(sentences), right / max(1, said), right / citing, alone / len(plain)
    )


def _same(found: str, name: str) -> bool:
    first, second = _bare(found), _bare(name)
    return first in second or second in first


def _bare(name: str) -> str:
    plain = _ARTICLES.sub("", name.strip().lower().replace("’", "'"))
    return plain.removesuffix("'s")
