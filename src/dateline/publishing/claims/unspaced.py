"""What a sentence claims in a script without spaces between its words."""

import re
from collections.abc import Iterable, Iterator

from dateline.articles.statements.splitting import UNSPACED
from dateline.publishing.claims.claim import BEFELL, MEASURE, PEOPLE, Claim, Quantity
from dateline.publishing.claims.figures import read_figures, widened
from dateline.publishing.claims.keys import keys_of
from dateline.publishing.claims.words import ClaimWords

_RUN = re.compile(f"{UNSPACED.pattern}+")
_FIGURES = r"\d+(?:[.,]\d+)*"
_HAN = "〇零一二两兩三四五六七八九十百千"
_NUMBER = re.compile(rf"(?P<figures>{_FIGURES})|(?P<han>[{_HAN}]{{1,9}})")
_MYRIADS = {"千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_CLOCK = re.compile(r"(\d{1,2})[时時点點:](\d{2})?")
_DATE = re.compile(r"(?:(\d+)年)?(?:(\d{1,2})月)?(?:(\d{1,2})[日号號])?")
_END = re.compile(r"[,;:.!?。！？，；：、“”「」\n]")
_NOUN, _SHORTEST, _THIRD = 2, 2, 3
_NEAR = 8


def is_unspaced(text: str) -> bool:
    """Tell whether a text is written mostly without spaces between words."""
    return not text.isascii() and len(UNSPACED.findall(text)) * _THIRD > len(text)


def read_unspaced(text: str, words: ClaimWords, source: str) -> Claim:
    """Return what a sentence claims; `source` is the name of who says so."""
    quantities = tuple(_quantities(text, words))
    told = _without(text, [source, *words.saying, *words.denying])
    return keys_of(
        Claim(
            quantities=quantities,
            about=frozenset(_pairs(told)),
            times=frozenset(_times(text, words)),
            is_past=any(one in text for one in words.phrases.get("past", ())),
            clocks=tuple(_clocks(text)),
            denials=_denials(text, words),
            is_unspaced=True,
            is_known=words.is_known,
        )
    )


def _without(text: str, phrases: Iterable[str]) -> str:
    for one in sorted(filter(None, phrases), key=len, reverse=True):
        text = text.replace(one, " ")
    return _NUMBER.sub(" ", text)


def _pairs(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _denials(text: str, words: ClaimWords) -> frozenset[str]:
    denying = frozenset(word for word in words.denying if word in text)
    left = _without(text, denying)
    return denying | words.denials.denials_in(left)


def _times(text: str, words: ClaimWords) -> Iterator[tuple[str, str]]:
    for found in _DATE.finditer(text):
        year, month, day = found.groups()
        if year and len(year) == len("2026"):
            yield "year", year
        if month:
            yield ("date", f"{month}-{day}") if day else ("month", month)
    yield from ((f"when {group}", one) for one, group in words.when if one in text)


def _clocks(text: str) -> Iterator[tuple[int, str]]:
    for found in _CLOCK.finditer(text):
        yield int(found[1]) * 60 + int(found[2] or 0), found[0]


def _quantities(text: str, words: ClaimWords) -> Iterator[Quantity]:
    past = 0
    for found in _NUMBER.finditer(text):
        if found.start() < past or text[found.end() :].startswith(tuple(words.dates)):
            continue
        one, past = _quantity(text, found, words)
        if one is not None:
            yield one


def _quantity(
    text: str, found: re.Match[str], words: ClaimWords
) -> tuple[Quantity | None, int]:
    """Return what a number counts, if anything, and where it ends."""
    start = found.start()
    value, past = _value(text, found)
    first = value
    second = _second(text, past, words)
    if second:
        value, past = _value(text, second)
    behind = text[past : past + _NEAR]
    more = _starting(behind, words.phrases.get("least_after", ()))
    unit, noun = _counted(behind.removeprefix(more), words)
    if found["han"] and not (unit or noun):
        return None, past
    bounds = (first, value) if second else _bounds(text, start, past, value, words)
    opened, ended = _clause(text, start, past)
    befell = _befell(text[past:ended], words) or _befell(text[opened:start], words)
    quantity = Quantity(
        text=text[start:past],
        value=value,
        least=bounds[0],
        most=bounds[1],
        unit=unit,
        noun=noun,
        befell=befell,
        is_part=_is_part(text[opened:ended], text[opened:start], words),
        kinds=(noun,) if noun else (),
    )
    return quantity, past


def _second(text: str, past: int, words: ClaimWords) -> re.Match[str] | None:
    """Return the second number of a range."""
    link = _starting(text[past : past + _NEAR], words.phrases.get("ranges", ()))
    return _NUMBER.match(text, past + len(link)) if link else None


def _is_part(clause: str, before: str, words: ClaimWords) -> bool:
    return before.endswith(words.phrases.get("apart", ())) or any(
        one in clause for one in words.phrases.get("parts", ())
    )


def _value(text: str, found: re.Match[str]) -> tuple[float, int]:
    value = read_figures(found[0]) if found["figures"] else _read_han(found[0])
    past = found.end()
    scale = _MYRIADS.get(text[past : past + 1])
    return (value * scale, past + 1) if scale else (value, past)


def _read_han(written: str) -> float:
    total, digit = 0, 0
    for letter in written:
        if letter in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[letter], 0
        else:
            digit = digit * 10 + _DIGITS[letter]
    return float(total + digit)


def _bounds(
    text: str, start: int, past: int, value: float, words: ClaimWords
) -> tuple[float, float]:
    before, behind = text[max(start - _NEAR, 0) : start], text[past : past + _NEAR]
    for how in ("least", "most", "about"):
        if before.endswith(words.phrases.get(how, ())) or _starting(
            behind, words.phrases.get(f"{how}_after", ())
        ):
            return widened(value, how)
    return value, value


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    ends = [found.end() for found in _END.finditer(text, 0, start)]
    behind = _END.search(text, end)
    return (ends[-1] if ends else 0), (behind.start() if behind else len(text))


def _counted(behind: str, words: ClaimWords) -> tuple[str, str]:
    """Return the unit of a number, or what it counts."""
    found = next((behind[:n] for n in (3, 2, 1) if behind[:n] in words.same), "")
    kind = words.same.get(found, "")
    if kind.startswith(MEASURE):
        return kind, ""
    letter = behind[:1]
    counts = letter in words.counted or not words.is_known
    noun = _RUN.match(behind[1:] if words.is_known else behind) if counts else None
    named = noun[0][:_NOUN] if noun else ""
    if kind == PEOPLE and (letter == "人" or len(named) < _SHORTEST):
        return "", PEOPLE
    return "", named


def _befell(text: str, words: ClaimWords) -> str:
    found = {
        text.find(one): kind
        for one, kind in words.same.items()
        if kind.startswith(BEFELL) and one in text
    }
    return found[min(found)] if found else ""


def _starting(text: str, phrases: Iterable[str]) -> str:
    return next((one for one in phrases if text.startswith(one)), "")
