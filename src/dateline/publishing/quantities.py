"""
What a sentence counts, and when two sentences count the same thing differently. Pure.

It goes by figures, and by the words beside them. It knows no synonym that its data file
does not name, and is meant to offer what somebody then looks at.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from dateline import languages
from dateline.languages.numerals import ascii_digits
from dateline.publishing.wording import date_words

_AFTER, _BEFORE = 4, 3
_SHORTEST = 3
_STEM = 5
_FIRST_NUMBER = 2
_LEAST_SHARED, _LEAST_UNKNOWN = 2, 3
_PEOPLE, _MEASURE, _BEFELL = "~", "#", "="
_MYRIADS = {
    "千": 1_000,
    "万": 10_000,
    "萬": 10_000,
    "亿": 100_000_000,
    "億": 100_000_000,
}
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_SCRIPTS = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
_UNSPACED, _UNSPACED_RUN = re.compile(_SCRIPTS), re.compile(f"{_SCRIPTS}+")
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,٫٬:'’\u00a0\u202f]\d+)*)(?P<tail>[^\W\d_\u0900-\u097f\u0e00-\u9fff]*)"
    rf"|(?P<unspaced>{_SCRIPTS})"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f"
    r"'’ʼ-])*)"
    r"|(?P<sign>%|٪|％|[€$£¥₴₹])"
    r"|(?P<end>[,;:.!?…()،؛؟。！？，；：“”«»—–\n])"
)
#: What an Arabic word keeps of its root when it is bent: the weak letters go.
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f]")
_ARABIC_WEAK = re.compile(
    r"^(?:ال|وال|بال|لل|و|ب|ل|ف)(?=.{3})|[اأإآىويةءئؤ\u064b-\u065f]"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a sentence, and the words that tell what is counted."""

    value: float
    text: str
    after: tuple[str, ...]
    """Stems of the words that follow it in its clause, the nearest first."""
    before: tuple[str, ...] = ()
    around: frozenset[str] = frozenset()
    """Stems of all words of the sentence."""
    least: int = 0
    """How many of those must stand in the other sentence."""
    befell: frozenset[str] = frozenset()
    """Which of the known things it says befell those who are counted."""


@dataclass(frozen=True, slots=True)
class _Words:
    numbers: dict[str, int]
    stop: frozenset[str]
    same: dict[str, str]
    dates: frozenset[str]
    is_known: bool


def differing(
    one: str, other: str, code: str = "en"
) -> tuple[Quantity, Quantity] | None:
    """Return what two sentences count alike and number differently, if anything."""
    ones, others = quantities(one, code), quantities(other, code)
    for a in ones:
        for b in others:
            if a.value == b.value or not _count_alike(a, b):
                continue
            if _also_says(others, a) or _also_says(ones, b):
                continue
            return a, b
    return None


def _also_says(quantities: Iterable[Quantity], quantity: Quantity) -> bool:
    """Tell whether the other sentence has this very number of the same, too."""
    return any(
        other.value == quantity.value and _count_alike(other, quantity)
        for other in quantities
    )


def _count_alike(a: Quantity, b: Quantity) -> bool:
    if a.befell and b.befell:
        return bool(a.befell & b.befell)
    if a.befell or b.befell or not a.after or not b.after:
        return False
    about = {stem for stem in a.around & b.around if not stem.startswith(_MEASURE)}
    if len(about) < max(a.least, b.least):
        return False
    if a.after[0].startswith(_MEASURE) or b.after[0].startswith(_MEASURE):
        return a.after[0] == b.after[0]
    shared = set(a.after) & set(b.after)
    if a.after[0] != b.after[0]:
        return len(shared) > 1
    # “Twelve ships sank” and “nine ships sailed” count ships, and not the same.
    return len(shared) > 1 or min(len(a.after), len(b.after)) == 1


@lru_cache(maxsize=2_000)
def quantities(text: str, code: str = "en") -> tuple[Quantity, ...]:
    """Return what a sentence counts; dates, years, times and ordinals are left out."""
    words = _words(code)
    tokens = list(_tokens(text, code, words))
    around = frozenset(_about(text, tokens))
    least = _LEAST_SHARED if words.is_known else _LEAST_UNKNOWN
    return tuple(
        _quantity(tokens, at, around, least)
        for at, (kind, _, _) in enumerate(tokens)
        if kind == "number"
    )


def _quantity(
    tokens: list["Token"], at: int, around: frozenset[str], least: int
) -> Quantity:
    _, written, value = tokens[at]
    after, before = _following(tokens, at), _before(tokens, at)
    befell = frozenset(word for word in after + before if word.startswith(_BEFELL))
    return Quantity(value, written, after, before, around, least, befell)


Token = tuple[str, str, float]


def _about(text: str, tokens: list["Token"]) -> Iterator[str]:
    """Yield what a sentence is about: stems, and pairs where words have no spaces."""
    yield from (
        stem
        for kind, stem, _ in tokens
        if kind == "word" and not _UNSPACED.fullmatch(stem)
    )
    for run in _UNSPACED_RUN.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _following(tokens: list["Token"], at: int) -> tuple[str, ...]:
    if at and tokens[at - 1][0] == "word" and tokens[at + 1 : at + 2]:
        # “Berth 5 is closed” counts nothing: the number is a name.
        is_name = tokens[at + 1][0] != "word"
        if is_name:
            return ()
    return tuple(_stems(tokens[at + 1 :], _AFTER))


def _before(tokens: list["Token"], at: int) -> tuple[str, ...]:
    return tuple(_stems(tokens[at - 1 :: -1] if at else [], _BEFORE))


def _tokens(text: str, code: str, words: _Words) -> Iterator[Token]:
    found = list(_TOKEN.finditer(text))
    dates = date_words(_tag(code))
    for at, token in enumerate(found):
        kind = token.lastgroup or ""
        if token["number"]:
            yield _number(found, at, dates | words.dates)
        elif kind == "word":
            yield _word(token[0], words, dates)
        elif kind == "unspaced":
            yield ("word", _unspaced(text, token.start(), words), 0)
        elif kind == "sign":
            sign = "%" if token[0] in "%٪％" else token[0]
            yield ("word", f"{_MEASURE}{sign}", 0)
        else:
            yield ("end", token[0], 0)


def _word(written: str, words: _Words, dates: frozenset[str]) -> Token:
    plain = _plain(written)
    if plain in words.numbers:
        return ("number", written, float(words.numbers[plain]))
    if (
        plain in words.stop
        or plain in dates
        or (len(plain) < _SHORTEST and not _ARABIC.search(plain))
    ):
        return ("stop", plain, 0)
    return ("word", words.same.get(plain) or _stem(plain), 0)


def _number(found: list[re.Match[str]], at: int, dates: frozenset[str]) -> Token:
    token = found[at]
    near = [
        found[place][0].casefold() for place in (at - 1, at + 1) if _is(found, place)
    ]
    is_date = any(word in dates for word in near)
    value = _value(token["number"])
    is_year = (
        _FIRST_YEAR <= value <= _LAST_YEAR and token["number"].isdecimal()
        and len(token["number"]) == len("2026")
    )  # fmt: skip
    if is_date or is_year or token["tail"] or ":" in token["number"]:
        return ("stop", token[0], 0)
    following = found[at + 1][0] if _is(found, at + 1) else ""
    return ("number", token["number"], value * _MYRIADS.get(following, 1))


def _is(found: list[re.Match[str]], place: int) -> bool:
    return 0 <= place < len(found)


def _value(written: str) -> float:
    plain = re.sub(r"[٬'’\u00a0\u202f]", "", ascii_digits(written))
    plain = plain.replace("٫", ".").replace(",", ".")
    whole, *parts = plain.split(".")
    if parts and all(len(part) == len("000") for part in parts):
        return float(whole + "".join(parts))
    try:
        return float(plain)
    except ValueError:
        return float(re.sub(r"\D", "", plain))


def _stems(tokens: list[Token], most: int) -> Iterator[str]:
    """Yield the nearest words that tell something, to the end of the clause."""
    given = 0
    for kind, stem, _ in tokens:
        if kind == "end" or given == most:
            return
        if kind == "word" and stem not in _MYRIADS:
            given += 1
            yield stem


def _stem(word: str) -> str:
    if _ARABIC.search(word):
        return _ARABIC_WEAK.sub("", _ARABIC_WEAK.sub("", word, count=1))[:_STEM]
    return word[:_STEM]


def _unspaced(text: str, start: int, words: _Words) -> str:
    """Return the word of the data file that begins at a letter, or the letter."""
    for length in (4, 3, 2, 1):
        if same := words.same.get(text[start : start + length]):
            return same
    return text[start]


def _plain(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold()
    return _ARABIC_MARKS.sub("", plain.replace("’", "'").replace("ʼ", "'"))


def _tag(code: str) -> str:
    found = languages.find(code)
    return found.tag if found else code


@lru_cache(maxsize=128)
def _words(code: str) -> _Words:
    row = _data().get(_tag(code).partition("-")[0], {})
    numbers = {
        _plain(word): number
        for number, word in enumerate(
            str(row.get("numbers", "")).split(), _FIRST_NUMBER
        )
    }
    same = {
        _plain(word): f"{_BEFELL}{place}"
        for place, group in enumerate(row.get("same", ()))
        for word in group.split()
    }
    same |= {_plain(word): _PEOPLE for word in row.get("people", "").split()}
    for word in map(_plain, row.get("measures", "").split()):
        same[word] = f"{_MEASURE}{_stem(word)}"
    return _Words(
        numbers,
        frozenset(map(_plain, row.get("stop", "").split())),
        same,
        frozenset(row.get("dates", "").split()),
        bool(row),
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    text = (files("dateline.publishing") / "data" / "quantities.toml").read_text(
        "utf-8"
    )
    return tomllib.loads(text)
