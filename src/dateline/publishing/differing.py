"""Where the sources of a copy differ: what was settled of it, and what was not."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.articles.models import Article, Contradiction
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.held import held_text, held_words
from dateline.articles.statements.splitting import split_words
from dateline.articles.statements.vocabulary import Statement
from dateline.articles.vocabulary import Settled
from dateline.editions.queries import original_of
from dateline.publishing.claims import read_claim
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
    carried = _of_original(copy)
    pairs = find_pairs(_attributed(held, sources, _names(content)), code)
    shown_there = [row.sides for row in carried if row.state != Settled.DISMISSED]
    found = (_carried(sides, held, sources, code) for sides in shown_there)
    pairs += [pair for pair in found if pair and _is_new(pair, pairs)]
    if not pairs:
        return []
    settled = [sides for _, sides in contradictions_of(copy, held, sources)]
    settled += [row.sides for row in carried if row.state == Settled.DISMISSED]
    return unsettled(pairs, [_settled(sides, sources) for sides in settled], code)


def _of_original(copy: Article) -> list[Contradiction]:
    """Return what was settled in the article that a copy is a translation of."""
    original = original_of(copy)
    if original.pk == copy.pk:
        return []
    return list(Contradiction.objects.filter(article_id=original.pk))


def _settled(sides: Iterable[Side], sources: Mapping[str, int]) -> list[SettledSide]:
    return [
        SettledSide(side["handle"], sources[side["handle"]], side["says"])
        for side in sides
        if side["handle"] in sources
    ]


def _is_new(pair: Pair, pairs: Iterable[Pair]) -> bool:
    return all(set(pair.handles) != set(other.handles) for other in pairs)


def _carried(
    sides: Iterable[Side],
    statements: Sequence[Statement],
    sources: Mapping[str, int],
    code: str,
) -> Pair | None:
    """Return the two statements that differ in the original, as they stand here."""
    found = []
    for handle in (side["handle"] for side in sides if side["handle"] in sources):
        one = next((s for s in statements if handle in s.handles), None)
        if one is not None:
            counted = read_claim(one.text, code).quantities
            says = counted[0].text if counted else ""
            found.append((one, handle, sources[handle], says, math.nan))
    if len(found) < LEAST_SIDES:
        return None
    return Pair(*zip(*found[:LEAST_SIDES], strict=True))


def _attributed(
    statements: Iterable[Statement],
    sources: Mapping[str, int],
    names: Mapping[str, str],
) -> Iterator[Attributed]:
    for one in statements:
        found = tuple((h, sources[h]) for h in one.handles if h in sources)
        if found:
            yield Attributed(one, found, names.get(found[0][0], ""))


def _names(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the name of the source of each handle."""
    told = content.get("attributions", {})
    return {handle: str(row["source"]["name"]) for handle, row in told.items()}


def shown(
    found: Iterable[tuple[Contradiction, list[Side]]],
) -> list[tuple[Contradiction, list[Side]]]:
    """Return what readers are told of: dismissed is what does not differ."""
    return [(row, sides) for row, sides in found if row.state != Settled.DISMISSED]
