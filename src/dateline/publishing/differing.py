"""Where the sources of a copy differ: what was settled of it, and what was not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.articles.models import Article, Contradiction
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.held import held_text, held_words
from dateline.articles.statements.splitting import split_words
from dateline.articles.statements.vocabulary import Statement
from dateline.articles.vocabulary import Settled
from dateline.publishing.rules.contradictions import (
    Attributed,
    Pair,
    SettledSide,
    find_pairs,
    unsettled,
)

LEAST_SIDES = 2
Side = Mapping[str, str]


def contradictions_of(
    copy: Article, statements: Sequence[Statement], attributed: Iterable[str]
) -> list[tuple[Contradiction, list[Side]]]:
    """
    Return what was settled in a copy, each with the sides that still say so.

    A side whose statement says something else now, or rests on nobody, is none; what
    has fewer than two left is left out.
    """
    handles = set(attributed)
    found = []
    for row in Contradiction.objects.filter(article_id=copy.pk).select_related(
        "settled_by"
    ):
        sides = [
            side
            for side in row.sides
            if side["handle"] in handles and still_says(statements, side)
        ]
        if len(sides) >= LEAST_SIDES:
            found.append((row, sides))
    return found


def still_says(statements: Iterable[Statement], side: Side) -> bool:
    """Tell whether a statement stands as it did when its answer was written."""
    held = list(statements)
    return side["words"] == held_words(held, side["handle"]) and stands_in(
        side["says"], held_text(held, side["handle"])
    )


def stands_in(says: str, text: str) -> bool:
    """Tell whether an answer is made of a statement's own words, in their order."""
    words = iter(split_words(text.casefold()))
    wanted = split_words(says.casefold())
    return bool(wanted) and all(word in words for word in wanted)


def later_block(content: Mapping[str, Any], handles: Iterable[str]) -> str:
    """Return the block after which readers find it: that of the later statement."""
    wanted = set(handles)
    blocks = [
        str(block["id"])
        for block in content["body"]
        if block["id"] in wanted
        or any(f'data-span="{handle}"' in str(block["value"]) for handle in wanted)
    ]
    first = str(content["body"][0]["id"]) if content["body"] else ""
    return blocks[-1] if blocks else first


def open_pairs(
    copy: Article,
    content: Mapping[str, Any],
    sources: Mapping[str, int],
    statements: Sequence[Statement] | None = None,
) -> list[Pair]:
    """Return what differs in a copy and nobody has settled; `sources` is by handle."""
    held = find_statements(content) if statements is None else statements
    code = str(content["language"])
    pairs = find_pairs(_attributed(held, sources), code)
    if not pairs:
        return []
    settled = [
        [SettledSide(s["handle"], sources[s["handle"]], s["says"]) for s in sides]
        for _, sides in contradictions_of(copy, held, sources)
    ]
    return unsettled(pairs, settled, code)


def _attributed(
    statements: Iterable[Statement], sources: Mapping[str, int]
) -> Iterator[Attributed]:
    for one in statements:
        found = tuple((h, sources[h]) for h in one.handles if h in sources)
        if found:
            yield Attributed(one, found)


def shown(
    found: Iterable[tuple[Contradiction, list[Side]]],
) -> list[tuple[Contradiction, list[Side]]]:
    """Return what readers are told of: dismissed is what does not differ."""
    return [(row, sides) for row, sides in found if row.state != Settled.DISMISSED]
