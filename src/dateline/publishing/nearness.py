"""
How much of an article's words stand in wire items that may not be republished (I6).

Candidates are the items that the article itself cites, and those that the index of
signatures names; each is then compared word by word, so that what is found is sure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dateline.articles.statements.finding import Text
from dateline.articles.statements.vocabulary import Statement
from dateline.plumbing.prepared import Prepared
from dateline.publishing.quotations.quoting import Quotation
from dateline.publishing.rules import NearFact, NearnessFact
from dateline.sources.likeness import RUN, shingles, shingles_of, words_of
from dateline.sources.models import Citation, WireItem
from dateline.sources.near_items import items_near
from dateline.sources.queries import text_of
from dateline.sources.vocabulary import Reuse

#: A text of fewer words that count is a notice, and shares its words with any other.
_SHORTEST = 20
#: Of a text that is quotations for the greater part, they count as its words.
_MOST_QUOTED = 0.5


@dataclass
class _Words:
    """An article's words; for each the statement it is of, and if that is asked."""

    words: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    asked: bytearray = field(default_factory=bytearray)


def nearness(
    texts: Sequence[Text],
    quotations: Iterable[Quotation],
    *,
    attributed: frozenset[str],
    cited: Iterable[WireItem],
    asked: frozenset[str],
) -> NearnessFact:
    """
    Return what the texts of an article share with items that are not licensed.

    Quotations that are attributed do not count, nor what readers have already.
    """
    told = _own_words(texts, quotations, attributed, asked)
    if len(told.words) < _SHORTEST or not any(told.asked):
        return NearnessFact()
    runs = shingles(told.words)
    facts, joined = [], bytearray(len(told.words))
    for item in _candidates(told.words, cited):
        held = _held(runs, told, shingles_of(text_of(Citation(wire_item=item))))
        if any(held):
            facts.append(_fact(item, held, told))
            joined = bytearray(map(max, joined, held))
    facts.sort(key=lambda fact: -fact.share)
    return NearnessFact(_percent(joined), tuple(facts))


def _own_words(
    texts: Sequence[Text],
    quotations: Iterable[Quotation],
    attributed: frozenset[str],
    asked: frozenset[str],
) -> _Words:
    """Return the words of an article that it does not quote from somebody."""
    held: dict[str, list[tuple[int, int]]] = {}
    for one in quotations:
        if not attributed.isdisjoint(one.handles):
            place = one.start, one.start + len(one.text)
            held.setdefault(one.statement, []).append(place)
    own, every = _Words(), _Words()
    for text in texts:
        quoted = _places(text, held)
        for statement in text.statements:
            is_asked = statement.id in asked
            for piece, is_quoted in _pieces(text.marked.text, statement, quoted):
                words = words_of(piece)
                for kept in (every,) if is_quoted else (own, every):
                    kept.words += words
                    kept.statements += [statement] * len(words)
                    kept.asked += bytes([is_asked]) * len(words)
    return own if len(own.words) > _MOST_QUOTED * len(every.words) else every


def _places(
    text: Text, held: dict[str, list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    return [
        (one.start + start, one.start + end)
        for one in text.statements
        for start, end in held.get(one.id, ())
    ]


def _pieces(
    text: str, statement: Statement, quoted: list[tuple[int, int]]
) -> Iterator[tuple[str, bool]]:
    at = statement.start
    for start, end in quoted:
        if start < statement.end and end > at:
            yield text[at : max(at, start)], False
            yield text[max(at, start) : min(end, statement.end)], True
            at = min(end, statement.end)
    yield text[at : statement.end], False


def _candidates(words: Sequence[str], cited: Iterable[WireItem]) -> list[WireItem]:
    """Return the items to compare with, of each its newest version first."""
    keys = {item.pk for item in cited} | set(items_near(words))
    rows = _ITEMS(items=sorted(keys)) if keys else []
    unlicensed = [row for row in rows if not _is_licensed(row)]
    return list({row.uri: row for row in reversed(unlicensed)}.values())


_ITEMS = Prepared(
    lambda *, items: (
        WireItem.objects.filter(pk__in=items).select_related("source").order_by("-pk")
    )
)


def _is_licensed(item: WireItem) -> bool:
    return item.source is not None and item.source.reuse == Reuse.LICENSED


def _held(runs: list[str], told: _Words, item: frozenset[str]) -> bytearray:
    """Return for each word 1 if it stands in the item with those beside it."""
    held = bytearray(len(told.words))
    for at, run in enumerate(runs):
        if run in item:
            held[at : at + RUN] = told.asked[at : at + RUN]
    return held


def _fact(item: WireItem, held: bytearray, told: _Words) -> NearFact:
    start, stretch = _longest(held)
    statement = told.statements[start]
    return NearFact(
        item=item.pk,
        headline=str(item),
        source=str(item.source or ""),
        source_id=item.source_id,
        share=_percent(held),
        copied=sum(held),
        stretch=stretch,
        place=statement.handle,
        text=statement.text,
    )


def _percent(held: bytearray) -> int:
    return round(100 * sum(held) / len(held))


def _longest(held: bytearray) -> tuple[int, int]:
    """Return where the stretch begins that is most densely copied, and its words."""
    begin = start = end = score = top = 0
    for at, is_held in enumerate(held):
        if score == 0:
            begin = at
        score = max(0, score + (1 if is_held else -1))
        if score > top:
            top, start, end = score, begin, at + 1
    return start, sum(held[start:end])
