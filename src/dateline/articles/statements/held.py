"""What the handle of an attribution holds of the statements of a text."""

from collections.abc import Iterable

from dateline.articles.statements.finding import words_of
from dateline.articles.statements.standing import WHOLE
from dateline.articles.statements.vocabulary import Statement


def held_text(statements: Iterable[Statement], handle: str) -> str:
    """Return the text that hangs on a handle: a span's own words, or all of a part."""
    return " ".join(
        piece for one in statements for piece in _pieces(one, handle) if piece
    )


def held_words(statements: Iterable[Statement], handle: str) -> str:
    """Return the words of it as one hash; "" if it holds none."""
    return words_of(held_text(statements, handle))


def _pieces(one: Statement, handle: str) -> list[str]:
    if one.handle == handle and one.part in WHOLE:
        return [one.text]
    return [
        one.text[use.start - one.start : use.end - one.start].strip()
        for use in one.spans
        if use.span == handle
    ]
