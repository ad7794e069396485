"""A sentence in a script with spaces as words, numbers and times of day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dateline.publishing.claims.claim import MEASURE
from dateline.publishing.claims.figures import read_figures
from dateline.publishing.claims.stems import is_arabic, plain, stem
from dateline.publishing.claims.words import ClaimWords, calendar_key

_SHORTEST = 3
_TENS, _HUNDRED, _THOUSAND = 10, 100, 1_000
_NONE = -1.0
_ELISION = re.compile(r"^[^\W\d_]{1,2}'(?=\w{3})")
_TOKEN = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?![\d:])|\d{1,2} ?h(?: ?\d{2})?\b"
    r"|\d{1,2}(?:\.\d{2})?(?= ?[ap]\.? ?m\b))"
    r"|(?P<number>\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,٫٬'’\u00a0\u202f]\d+)*)"
    r"(?P<tail>[^\W\d_\u0900-\u097f]*)"
    r"|(?P<dash>(?<=\d)\s?[–-]\s?(?=\d))"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f"
    r"'’ʼ-])*)"
    r"|(?P<sign>%|٪|％|[€$£¥₴₹])"
    r"|(?P<end>[,;:.!?…()،؛؟۔।“”«»—–\n])"
)


class Token(NamedTuple):
    """One word, number or mark; `kind` is number, word, stop, saying, end or clock."""

    kind: str
    low: str
    stem: str
    value: float
    start: int
    end: int
    is_capital: bool = False
    scale: float = 1.0


def read_tokens(text: str, words: ClaimWords) -> list[Token]:
    """Return the tokens of a text, its numbers put together."""
    return list(_joined(list(_read(text, words)), words))


def _read(text: str, words: ClaimWords) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        kind, span = str(found.lastgroup), found.span()
        if found["number"]:
            yield _number(found)
        elif kind == "word":
            yield _word(found[0], span, words)
        elif kind == "sign":
            sign = "%" if found[0] in "%٪％" else found[0]
            yield Token("word", sign, f"{MEASURE}{sign}", 0, *span)
        elif kind == "clock":
            yield Token("clock", found[0], "", 0, *span)
        else:
            kind = "stop" if kind == "dash" else "end"
            yield Token(kind, found[0].strip(), "", 0, *span)


def _number(found: re.Match[str]) -> Token:
    start, end = found.span("number")
    if found["tail"]:
        return Token("stop", found[0], "", 0, start, found.end())
    return Token(
        "number", found["number"], "", read_figures(found["number"]), start, end
    )


def _word(written: str, span: tuple[int, int], words: ClaimWords) -> Token:
    kind, low, kept = _read_word(written, words)
    return Token(kind, low, kept, 0, *span, written[0].isupper())


@lru_cache(maxsize=20_000)
def _read_word(written: str, words: ClaimWords) -> tuple[str, str, str]:
    """Return the kind of a word, the word in small letters, and its stem."""
    low = plain(written)
    if "'" in low:
        low = _ELISION.sub("", low)
    if low in words.saying:
        return "saying", low, stem(low)
    if _is_numeral(low, words):
        return "numeral", low, stem(low)
    same = words.same.get(low)
    is_short = len(low) < _SHORTEST and not is_arabic(low) and not same
    kind = "stop" if is_short or low in words.stop else "word"
    return kind, low, same if same and kind == "word" else stem(low)


def _is_numeral(low: str, words: ClaimWords) -> bool:
    if low in words.numbers or low in words.scales or low in words.one:
        return True
    return "-" in low and all(_worth(part, words) for part in _split(low, words))


def _split(low: str, words: ClaimWords) -> list[str]:
    """Return the numerals of “twenty-five”, or the word itself."""
    if low in words.numbers:
        return [low]
    return [part for part in low.split("-") if part not in words.joiners]


def _joined(tokens: list[Token], words: ClaimWords) -> Iterator[Token]:
    """Yield numbers of several words, or of figures and words, as one."""
    at = 0
    while at < len(tokens):
        kind = tokens[at].kind
        if kind not in ("number", "numeral"):
            yield tokens[at]
            at += 1
            continue
        value, past = _value(tokens, at, words)
        first, last = tokens[at], tokens[past - 1]
        if value is None:
            yield first._replace(kind="stop")
        else:
            scale = (
                value / first.value if first.kind == "number" and first.value else 1.0
            )
            yield first._replace(kind="number", value=value, end=last.end, scale=scale)
        at = past


def _value(tokens: list[Token], at: int, words: ClaimWords) -> tuple[float | None, int]:
    """Return what the numerals from a place on are worth, and where they end."""
    sum_, place = _Sum(), at
    if tokens[at].kind == "number":
        sum_.current, place = tokens[at].value, at + 1
    while place < len(tokens):
        is_joined = place > at and _joins(tokens, place, words)
        following = place + 1 if is_joined else place
        parts = _parts(tokens[following], words)
        if not parts or not all(sum_.takes(part, words) for part in parts):
            break
        place = following + 1
    if place == at + 1 and tokens[at].low in words.one:
        return None, place
    return sum_.total + max(sum_.current, 0.0), max(place, at + 1)


@dataclass(slots=True)
class _Sum:
    """A number while its words are read."""

    total: float = 0.0
    current: float = _NONE

    def takes(self, part: str, words: ClaimWords) -> bool:
        """Add a word, or tell that it begins another number: “two” “sixty”."""
        scale = words.scales.get(part)
        if scale is None:
            worth = _worth(part, words)
            is_taken = self._fits(worth)
            self.current = max(self.current, 0.0) + worth if is_taken else self.current
            return is_taken
        self.current = max(self.current, 1.0) * scale
        if scale >= _THOUSAND:
            self.total, self.current = self.total + self.current, _NONE
        return True

    def _fits(self, worth: float) -> bool:
        if self.current < 0:
            return True
        if self.current >= _HUNDRED and not self.current % _HUNDRED:
            return worth < _HUNDRED
        return self.current >= 2 * _TENS and not self.current % _TENS and worth < _TENS


def _parts(token: Token, words: ClaimWords) -> list[str]:
    return _split(token.low, words) if token.kind == "numeral" else []


def _worth(part: str, words: ClaimWords) -> float:
    return words.numbers.get(part) or words.scales.get(part) or float(part in words.one)


def _joins(tokens: list[Token], place: int, words: ClaimWords) -> bool:
    return (
        place + 1 < len(tokens)
        and tokens[place].low in words.joiners
        and tokens[place + 1].kind == "numeral"
        and tokens[place + 1].low not in words.scales
        and tokens[place - 1].kind == "numeral"
    )


def calendar_of(token: Token, words: ClaimWords) -> tuple[str, str] | None:
    """Return the month or the day of the week that a word names."""
    return words.calendar.get(calendar_key(token.low))
