"""The clauses of a sentence, and phrases in its text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.publishing.claims.tokens import Token


@dataclass(frozen=True, slots=True)
class Clause:
    tokens: tuple[Token, ...]
    number: int
    is_saying: bool
    has_number: bool
    mark: str
    """What ends it."""


def clauses_of(tokens: Iterable[Token]) -> Iterator[Clause]:
    held: list[Token] = []
    number = 0
    for token in [*tokens, Token("end", "", "", 0, 0, 0)]:
        if token.kind != "end":
            held.append(token)
        elif held:
            kinds = {one.kind for one in held}
            yield Clause(
                tuple(held), number, "saying" in kinds, "number" in kinds, token.low
            )
            held, number = [], number + 1


def has_phrase(low: str, phrase: str) -> bool:
    """Tell whether a phrase stands in a text as words of its own."""
    at = low.find(phrase)
    while at >= 0:
        before, behind = low[at - 1 : at], low[at + len(phrase) :][:1]
        if not before.isalnum() and not behind.isalnum():
            return True
        at = low.find(phrase, at + 1)
    return False
