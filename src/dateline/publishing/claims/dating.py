"""When it was that a sentence tells of."""

from collections.abc import Iterator, Sequence

from dateline.publishing.claims.clauses import Clause, has_phrase
from dateline.publishing.claims.tokens import Token, calendar_of
from dateline.publishing.claims.words import ClaimWords

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_LAST_DAY, _NOON, _HOUR = 31, 12, 60
_STAMPED = frozenset(".:–—\n")


def dates_of(
    clauses: Sequence[Clause], words: ClaimWords
) -> tuple[frozenset[int], set[tuple[str, str]]]:
    """Return where figures are dates, and when it was: not when somebody said so."""
    dated: set[int] = set()
    times: set[tuple[str, str]] = set()
    opening: set[tuple[str, str]] = set()
    for clause in clauses:
        found = list(_dates_of(clause.tokens, words))
        dated |= {start for start, _ in found}
        counts = any(t.kind == "number" and t.start not in dated for t in clause.tokens)
        tells = any(t.kind == "word" and t.start not in dated for t in clause.tokens)
        is_told = clause.is_saying and not counts
        if not (tells and is_told):
            opening |= {time for _, time in found}
        if tells and not is_told:
            times |= opening
        # “14 November, 15:00.” is the stamp of a list: what follows was said then.
        if (tells and not is_told) or (not tells and clause.mark in _STAMPED):
            opening = set()
    return frozenset(dated), times


def _dates_of(
    tokens: Sequence[Token], words: ClaimWords
) -> Iterator[tuple[int, tuple[str, str]]]:
    for at, token in enumerate(tokens):
        if token.kind == "number" and _is_year(token):
            yield token.start, ("year", token.low)
        named = token.kind in ("word", "stop") and calendar_of(token, words)
        if not named:
            continue
        beside = [one for one in (at - 1, at + 1) if 0 <= one < len(tokens)]
        days = [tokens[one] for one in beside if _is_day(tokens[one])]
        if named[0] == "month" and not (days or _is_month(token, words)):
            continue
        yield token.start, named
        for day in days if named[0] == "month" else ():
            yield day.start, ("date", f"{named[1]}-{day.value:.0f}")


def _is_year(token: Token) -> bool:
    is_plain = token.low.isdecimal() and len(token.low) == len("2026")
    return is_plain and _FIRST_YEAR <= token.value <= _LAST_YEAR


def _is_day(token: Token) -> bool:
    return (
        token.kind == "number"
        and token.low.isdecimal()
        and 1 <= token.value <= _LAST_DAY
    )


def _is_month(token: Token, words: ClaimWords) -> bool:
    """Tell a month from a verb: “May” from “may”."""
    return token.is_capital or token.low not in words.stop


def times_told(low: str, words: ClaimWords) -> Iterator[tuple[str, str]]:
    yield from (
        (f"when {group}", phrase)
        for phrase, group in words.when
        if has_phrase(low, phrase)
    )


def clocks_of(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    for at, token in enumerate(tokens):
        if token.kind != "clock":
            continue
        hour, _, minute = token.low.replace("h", ":").replace(".", ":").partition(":")
        behind = "".join(one.low for one in tokens[at + 1 : at + 4])
        hours = int(hour)
        if behind.startswith(("pm", "p.m")) and hours < _NOON:
            hours += _NOON
        yield hours * _HOUR + int(minute.strip() or 0), token.low
