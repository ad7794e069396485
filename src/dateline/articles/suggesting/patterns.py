"""
Whom a sentence cites, in languages without capitals or without spaces.

Arabic puts the source behind the verb, Hindi before a mark of its own, Chinese before
the reporting word with nothing between. Each is a window of text beside the cue, cut
where the language's data file says that a name cannot go on.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.articles.suggesting.cues import Reporting
from dateline.articles.suggesting.quotes import Quote

_PUNCTUATION = '，。；：！？、“”「」『』《》（）,.;:!?؟،؛"«»()।…—–'
#: What stands between two cuts and is longer is a clause, not a name.
_LONGEST = {"unspaced": 24, "following": 60, "marked": 70}


@dataclass(frozen=True, slots=True)
class Found:
    """A cue and the source beside it; an empty source is a verb's own “he”."""

    source: str
    cue: str
    at: int


def find_by_pattern(
    text: str, start: int, end: int, quotes: Sequence[Quote], known: Reporting
) -> Found | None:
    """Return the first citation outside quotation marks."""
    plain = _blanked(text, start, end, quotes)
    search = {
        "following": _following,
        "marked": _marked,
        "unspaced": _unspaced,
    }[known.strategy]
    found = [*_phrases(plain, known), *search(plain, known)]
    return min(found, key=lambda f: f.at) if found else None


def _blanked(text: str, start: int, end: int, quotes: Sequence[Quote]) -> str:
    """Return the sentence with what is quoted made unreadable, each in its place."""
    letters = list(text[start:end])
    for quote in quotes:
        first, last = max(quote.start, start), min(quote.end, end)
        if first < last:
            letters[first - start : last - start] = "\0" * (last - first)
    return "".join(letters)


def _any(words: Iterable[str]) -> str:
    return (
        "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) or "(?!)"
    )


def _phrases(plain: str, known: Reporting) -> Iterator[Found]:
    before = [" ".join(p) for ps in known.before_source.values() for p in ps]
    edge = "" if known.strategy == "unspaced" else r"(?<![^\s\W])"
    for cue in re.finditer(f"{edge}(?:{_any(before)})", plain):
        source = _cut_behind(plain[cue.end() :], known)
        if source:
            yield Found(source, cue[0].strip(), cue.start())
    for cue in re.finditer(_any(" ".join(p) for p in known.after_source), plain):
        source = _cut_before(plain[: cue.start()], known)
        if source:
            yield Found(source, cue[0], cue.start())


def _following(plain: str, known: Reporting) -> Iterator[Found]:
    for cue in re.finditer(rf"(?<!\w)[وف]?(?:{_any(known.senses)})(?!\w)", plain):
        source = _cut_behind(plain[cue.end() :], known)
        if not source:
            source = _cut_before(plain[: cue.start()], known, words=5)
            source = "" if _is_pronoun(source, known) else source
        if source or _reports(plain[cue.end() :], known):
            yield Found(source, cue[0], cue.start())


def _reports(behind: str, known: Reporting) -> bool:
    first = behind.split()[:1]
    return bool(first) and (known.has("that", first[0]) or first[0][0] in '«“":')


def _marked(plain: str, known: Reporting) -> Iterator[Found]:
    cues = list(re.finditer(rf"(?<!\S)(?:{_any(known.senses)})(?![^\s\W])", plain))
    for mark in re.finditer(rf"(?<=\s)(?:{_any(known.words['markers'])})(?=\s)", plain):
        cue = next((c for c in cues if c.start() >= mark.end()), None)
        source = _cut_before(plain[: mark.start()], known)
        if cue and source:
            yield Found(source, cue[0], mark.start())
    for word in re.finditer(
        rf"(?<!\S)(?:{_any(known.words['pronouns'])})(?=\s)", plain
    ):
        cue = next((c for c in cues if c.start() >= word.end()), None)
        if cue:
            yield Found("", cue[0], word.start())


def _unspaced(plain: str, known: Reporting) -> Iterator[Found]:
    blocked = {
        m.start() + i
        for m in re.finditer(_any(known.words.get("no_cue", ())), plain)
        for i in range(len(m[0]))
    }
    for cue in re.finditer(_any(known.senses), plain):
        if cue.start() in blocked or known.has(
            "no_follow", plain[cue.end() : cue.end() + 1]
        ):
            continue
        source = _cut_before(plain[: cue.start()], known)
        if not source:
            continue
        is_pronoun = known.has("pronouns", source)
        yield Found("" if is_pronoun else source, cue[0], cue.start())


def _cut_before(before: str, known: Reporting, words: int = 12) -> str:
    """Return the name that ends where the cue begins."""
    clause = re.split(f"[{re.escape(_PUNCTUATION)}\0]", before)[-1].strip()
    clause = _trimmed(clause, known)
    if known.strategy != "unspaced":
        clause = " ".join(_last_words(clause.split(), known, words))
    if not clause or len(clause) > _LONGEST[known.strategy]:
        return ""
    return (
        "" if clause.endswith(tuple(known.words.get("no_source_end", ()))) else clause
    )


def _last_words(words: list[str], known: Reporting, most: int) -> list[str]:
    for at in range(len(words) - 1, -1, -1):
        if known.has("stops", words[at]):
            return words[at + 1 :][-most:]
    return words[-most:]


def _trimmed(clause: str, known: Reporting) -> str:
    """Take times and adverbs off both ends."""
    leads = _either(known, "leads", "lead_patterns")
    tails = _either(known, "tails", "tail_patterns")
    shorter = clause
    for _ in range(4):
        shorter = re.sub(rf"^(?:{leads})\s*", "", shorter)
        shorter = re.sub(rf"\s*(?:{tails})$", "", shorter).strip()
    return shorter


def _either(known: Reporting, words: str, patterns: str) -> str:
    return "|".join([*known.words.get(patterns, ()), _any(known.words.get(words, ()))])


def _cut_behind(behind: str, known: Reporting) -> str:
    """Return the name that begins where the cue ends."""
    clause = re.split(f"[{re.escape(_PUNCTUATION)}\0]", behind.lstrip(), maxsplit=1)[0]
    if known.strategy == "unspaced":
        # “By” names a source only with a word of saying behind it.
        name, *said = re.split(_any(known.words["ends"]), clause, maxsplit=1)
        return name.strip() if said and 1 < len(name) <= _LONGEST["unspaced"] else ""
    kept: list[str] = []
    for word in clause.split()[:8]:
        if known.has("stops", word) or known.has("that", word):
            break
        kept.append(word)
    name = " ".join(kept)
    return "" if kept and known.has("no_source", kept[0]) else name


def _is_pronoun(source: str, known: Reporting) -> bool:
    return known.has("pronouns", source)
