"""What a sentence claims in a script with spaces between its words."""

from collections.abc import Iterator, Sequence

from dateline.publishing.claims.claim import MEASURE, PEOPLE, Claim, Quantity
from dateline.publishing.claims.clauses import Clause, clauses_of, has_phrase
from dateline.publishing.claims.counting import quantities_of
from dateline.publishing.claims.dating import clocks_of, dates_of, times_told
from dateline.publishing.claims.keys import keys_of
from dateline.publishing.claims.tokens import Token, calendar_of, read_tokens
from dateline.publishing.claims.words import ClaimWords

_SUBJECT, _ANSWER, _ASIDE, _TEN = 5, 4, 2, 10


def read_spaced(text: str, words: ClaimWords, names: frozenset[str]) -> Claim:
    """Return what a sentence claims; `names` are the stems of its source's name."""
    tokens = read_tokens(text, words)
    low = text.casefold()
    clauses = list(clauses_of(tokens))
    dated, times = dates_of(clauses, words)
    quantities = tuple(quantities_of(low, text, clauses, words, dated))
    located = tuple(_places(text, tokens, words))
    left = [_about(clause, words, names, dated) for clause in clauses]
    about = {t.stem for tokens in left for t in tokens}
    bare, asked = _bare(quantities, left, clauses)
    claim = Claim(
        quantities=quantities,
        about=frozenset(about),
        times=frozenset(times) | frozenset(times_told(low, words)),
        is_past=any(
            has_phrase(low, phrase) for phrase in words.phrases.get("past", ())
        ),
        clocks=tuple(clocks_of(tokens)),
        places=frozenset(stem for stem, _, _ in located),
        located=located,
        definite=frozenset(_definite(tokens, words)),
        denials=_denials(tokens, low, words),
        bare=bare,
        asked=asked,
        is_known=words.is_known,
    )
    return keys_of(claim)


def _places(
    text: str, tokens: Sequence[Token], words: ClaimWords
) -> Iterator[tuple[str, str, str]]:
    """Yield the names behind words such as “in”, each with that word."""
    for at, token in enumerate(tokens[:-1]):
        if token.low not in words.at:
            continue
        named = []
        for one in tokens[at + 1 :]:
            if not one.is_capital or calendar_of(one, words):
                break
            named.append(one)
        if named:
            yield named[0].stem, token.low, text[named[0].start : named[-1].end]


def _definite(tokens: Sequence[Token], words: ClaimWords) -> Iterator[str]:
    for at, token in enumerate(tokens[:-1]):
        if token.low in words.the:
            yield tokens[at + 1].stem


def _denials(tokens: Sequence[Token], low: str, words: ClaimWords) -> frozenset[str]:
    found = {t.low for t in tokens if t.low in words.denying}
    told = words.denials.denials_in(low)
    return frozenset(found | told)


def _about(
    clause: Clause, words: ClaimWords, names: frozenset[str], dated: frozenset[int]
) -> list[Token]:
    """Return the words that tell what a clause is about, not who says it."""
    said = set(_who_says(clause, words)) if clause.is_saying else set()
    return [
        token
        for token in clause.tokens
        if token.kind == "word"
        and token.start not in dated
        and token.start not in said
        and not token.stem.startswith((MEASURE, PEOPLE))
        and token.low not in words.denying
        and not (clause.is_saying and token.stem in names)
    ]


def _who_says(clause: Clause, words: ClaimWords) -> Iterator[int]:
    """Yield where the words stand that name who says something."""
    told = [t for t in clause.tokens if t.kind != "stop" or t.low in words.that]
    at = next(n for n, token in enumerate(told) if token.kind == "saying")
    before = told[:at]
    if before and len(before) <= _SUBJECT:
        if all(token.kind != "number" for token in before):
            yield from (token.start for token in before)
        return
    behind = told[at + 1 :]
    that = next((n for n, t in enumerate(behind) if t.low in words.that), None)
    if not before and that is None and not clause.has_number:
        that = len(behind)
    yield from (token.start for token in behind[: that or 0])


def _bare(
    quantities: Sequence[Quantity],
    left: Sequence[Sequence[Token]],
    clauses: Sequence[Clause],
) -> tuple[Quantity | None, frozenset[str]]:
    """Return the number of a sentence that hardly says what it counts, and that."""
    one = next(iter(quantities), None)
    if one is None or one.is_part or (one.noun and one.unit) or _is_small_word(one):
        return None, frozenset()
    told = {t.stem for tokens in left[: one.place + 1] for t in tokens} - {one.noun}
    if any(clause.is_saying for clause in clauses):
        return (one, frozenset(told)) if len(told) <= _ASIDE else (None, frozenset())
    is_short = sum(len(clause.tokens) for clause in clauses) <= _ANSWER
    is_answer = bool(one.unit) and is_short and len(told) <= 1
    return (one, frozenset()) if is_answer else (None, frozenset())


def _is_small_word(quantity: Quantity) -> bool:
    """Tell “I have two” from a count."""
    return quantity.text.isalpha() and quantity.value < _TEN
