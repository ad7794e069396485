"""What a sentence counts and measures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from dateline.publishing.claims.claim import BEFELL, MEASURE, Quantity
from dateline.publishing.claims.clauses import Clause, has_phrase
from dateline.publishing.claims.figures import widened
from dateline.publishing.claims.tokens import Token
from dateline.publishing.claims.words import ClaimWords

_AFTER, _BEFORE, _CONTEXT, _KINDS, _NEAR = 5, 4, 32, 2, 3
_CURRENCIES = frozenset("€$£¥₴₹")


def quantities_of(
    low: str,
    text: str,
    clauses: Iterable[Clause],
    words: ClaimWords,
    dated: frozenset[int],
) -> Iterator[Quantity]:
    for clause in clauses:
        tokens = clause.tokens
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.kind != "number" or token.start in dated or _is_name(tokens, at):
                at += 1
                continue
            past = _range_end(tokens, at, words)
            yield _quantity(low, text, clause, (at, past), words)
            at = past


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Tell “Berth 5 is closed”, where the number counts nothing, from others."""
    before = tokens[at - 1] if at else None
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if before is None or before.kind != "word" or tokens[at].low.isalpha():
        return False
    if before.stem.startswith((BEFELL, MEASURE)):
        return False
    return before.is_capital and (behind is None or behind.kind != "word")


def _range_end(tokens: Sequence[Token], at: int, words: ClaimWords) -> int:
    """Return where a number ends: behind the second one of a range."""
    if at + 2 >= len(tokens) or tokens[at + 2].kind != "number":
        return at + 1
    link = tokens[at + 1].low
    opened = {one.low for one in tokens[max(at - 2, 0) : at]} & words.between
    if link in "–-" or link in words.phrases.get("ranges", ()):
        return at + 3
    return at + 3 if opened and link in words.joiners else at + 1


def _quantity(
    low: str, text: str, clause: Clause, span: tuple[int, int], words: ClaimWords
) -> Quantity:
    tokens, (at, past) = clause.tokens, span
    first, last = tokens[at], tokens[past - 1]
    before, behind = _before(low, first.start), low[last.end :][:_CONTEXT].lstrip()
    least, most = _bounds(first, last, before, behind, words)
    counted = _counted(tokens, at, past)
    narrowed = counted.narrowed if words.adjectives_follow else ""
    clause_text = low[tokens[0].start : tokens[-1].end]
    is_part = (
        _ends(before, words.phrases.get("apart", ()))
        or (at > 0 and tokens[at - 1].low in words.denials.denials)
        or _starts(behind, words.phrases.get("beside", ()))
        or any(has_phrase(clause_text, one) for one in words.phrases.get("parts", ()))
    )
    return Quantity(
        text=text[first.start : last.end],
        value=last.value,
        least=least,
        most=most,
        unit=counted.unit,
        noun=counted.kinds[0] if counted.kinds else "",
        befell=counted.befell,
        is_part=is_part,
        is_change=_ends(before, words.phrases.get("change", ())),
        kinds=counted.kinds,
        scale=last.scale,
        narrowed=narrowed,
        around=frozenset(_around(tokens, words)),
        place=clause.number,
    )


def _around(tokens: Sequence[Token], words: ClaimWords) -> Iterator[tuple[str, str]]:
    """Yield in what a clause says that things are: “in the valley”, “पटना में”."""
    for at, token in enumerate(tokens):
        if token.low in words.at:
            named = (t for t in tokens[at + 1 : at + _NEAR] if t.low not in words.the)
            inside = next(named, None)
        elif token.low in words.at_after and at:
            inside = tokens[at - 1]
        else:
            continue
        if inside is not None and inside.kind in ("word", "stop"):
            yield token.low, inside.stem


def _bounds(
    first: Token, last: Token, before: str, behind: str, words: ClaimWords
) -> tuple[float, float]:
    if first is not last:
        start = first.value
        while start and start * 1_000 <= last.value:
            start *= 1_000
        return min(start, last.value), max(start, last.value)
    for how in ("least", "most", "about"):
        if _ends(before, words.phrases.get(how, ())) or _starts(
            behind, words.phrases.get(f"{how}_after", ())
        ):
            return widened(first.value, how)
    return first.value, first.value


def _before(low: str, start: int) -> str:
    return low[max(start - _CONTEXT, 0) : start].rstrip(" “«\"'\u00a0")


def _ends(text: str, phrases: tuple[str, ...]) -> bool:
    return text.endswith(phrases) and any(
        text.endswith(one) and not text[: -len(one)][-1:].isalnum() for one in phrases
    )


def _starts(text: str, phrases: tuple[str, ...]) -> bool:
    return text.startswith(phrases) and any(
        text.startswith(one) and not text[len(one) :][:1].isalnum() for one in phrases
    )


def _counted(tokens: Sequence[Token], at: int, past: int) -> "_Counted":
    """Return what a number counts or measures, and what befell them."""
    behind = list(takewhile(_is_no_number, tokens[past : past + _AFTER]))
    told = [token.stem for token in behind if token.kind == "word"]
    befell = next((one for one in told if one.startswith(BEFELL)), "")
    kinds = told[: told.index(befell)] if befell else told
    units = [one for one in kinds if one.startswith(MEASURE)]
    # “12 miles”, “12 nautical miles”.
    is_measured = bool(units) and units[0] in kinds[:_KINDS]
    unit = units[0] if is_measured else _currency(tokens, at)
    nouns = tuple(one for one in kinds if not one.startswith(MEASURE))[:_KINDS]
    is_narrowed = len(behind) > 1 and behind[0].kind == behind[1].kind == "word"
    narrowed = behind[1].stem if is_narrowed and not unit else ""
    return _Counted(unit, nouns, befell or _befell_before(tokens, at), narrowed)


def _is_no_number(token: Token) -> bool:
    return token.kind != "number"


def _currency(tokens: Sequence[Token], at: int) -> str:
    return tokens[at - 1].stem if at and tokens[at - 1].low in _CURRENCIES else ""


@dataclass(frozen=True, slots=True)
class _Counted:
    unit: str
    kinds: tuple[str, ...]
    befell: str
    narrowed: str


def _befell_before(tokens: Sequence[Token], at: int) -> str:
    for token in reversed(tokens[max(at - _BEFORE, 0) : at]):
        if token.kind == "number":
            return ""
        if token.stem.startswith(BEFELL):
            return token.stem
    return ""
