"""
An original as passages, each with its place in the article's text.

The text of bare text is the file itself, so that a place can be pointed to there. The
text of a page or an item is its headline, standfirst and paragraphs, with a blank line
between each two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.languages import find
from dateline.sources.wire.decoding import read_text
from dateline.sources.wire.drafts import BlockKind, WireItemDraft
from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.recognition import Original, read_wire_items
from dateline.sources.wire.refusals import ArticleNotFound

_BETWEEN = 2
#: How the reader of bare text names what it read.
_BARE_TEXT = "bare_text"
_PARAGRAPH = re.compile(r"\S(?:.*\S)?")
_WRAPPED = re.compile(r"\S[^\n]*(?:\n[ \t]*[^\s][^\n]*)*(?<!\s)")
#: A line that begins small carries on the one above.
_CARRIED_ON = re.compile(r"[^\s.!?]\r?\n[a-zà-öø-ÿа-яё]")
_PROSE_END = re.compile(r"[.!?…。！？।॥؟۔။។።:][\"'”’»›」』)\]]*\s*$")
#: A text of which so much is prose is an article alone, with no page round it.
_PROSE_SHARE = 0.8
_SHORTEST_PROSE = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph and where it starts; ``part`` says what it is."""

    text: str
    start: int
    part: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    code: str
    passages: tuple[Passage, ...]


def read_passages(original: Original, language: str | None = None) -> list[ArticleText]:
    """
    Return the passages of every article in the original.

    :raises ReceiveRefusal: it cannot be read; the class says why
    """
    text = read_text(original.content, declared=None, limits=DEFAULT_LIMITS)
    try:
        drafts = read_wire_items(original)
    except ArticleNotFound:
        return [_whole(text, _code(language, None, text))]
    if len(drafts) == 1 and drafts[0].format == _BARE_TEXT:
        return [_bare(text, drafts[0], language)]
    return [_joined(draft, language) for draft in drafts]


def _bare(text: str, draft: WireItemDraft, language: str | None) -> ArticleText:
    code = _code(language, draft.language, text)
    if _is_article_alone(text):
        return _whole(text, code)
    return ArticleText(code, tuple(_located(text, draft)))


def _is_article_alone(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    letters = sum(map(len, lines))
    prose = sum(len(line) for line in lines if _is_prose(line))
    return prose >= _PROSE_SHARE * letters and len(lines) > 0


def _is_prose(line: str) -> bool:
    return len(line) >= _SHORTEST_PROSE and _PROSE_END.search(line) is not None


def _whole(text: str, code: str) -> ArticleText:
    return ArticleText(
        code,
        tuple(
            Passage(found[0], found.start(), _part(found[0], number))
            for number, found in enumerate(_shape(text).finditer(text))
        ),
    )


def _shape(text: str) -> re.Pattern[str]:
    """Return how paragraphs look: a line each, or more where lines were wrapped."""
    return _WRAPPED if _CARRIED_ON.search(text) else _PARAGRAPH


def _part(line: str, number: int) -> str:
    is_headline = number == 0 and _PROSE_END.search(line) is None
    return "headline" if is_headline else BlockKind.PARAGRAPH.value


def _located(text: str, draft: WireItemDraft) -> Iterator[Passage]:
    """Find each passage again in the text, whatever became of its spaces."""
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    solid = "".join(text[at] for at in places)
    reached = 0
    for passage, part in _parts(draft):
        wanted = "".join(passage.split())
        at = solid.find(wanted, reached)
        if not wanted or at < 0:
            continue
        reached = at + len(wanted)
        start, end = places[at], places[reached - 1] + 1
        yield Passage(text[start:end], start, part)


def _parts(draft: WireItemDraft) -> Iterator[tuple[str, str]]:
    if draft.headline:
        yield draft.headline, "headline"
    if draft.standfirst:
        yield draft.standfirst, "standfirst"
    for block in draft.blocks:
        if block.kind != BlockKind.CROSSHEAD:
            yield block.text, block.kind.value


def _joined(draft: WireItemDraft, language: str | None) -> ArticleText:
    passages: list[Passage] = []
    start = 0
    for text, part in _parts(draft):
        passages.append(Passage(text, start, part))
        start += len(text) + _BETWEEN
    whole = "\n\n".join(p.text for p in passages)
    return ArticleText(_code(language, draft.language, whole), tuple(passages))


def _code(asked: str | None, told: str | None, text: str) -> str:
    """Return the language: as asked, as the original tells, or as the text looks."""
    for named in (asked, told):
        known = find(named) if named else None
        if known:
            return known.code
    from py3langid import classify

    guessed = find(classify(text[:4000])[0])
    return guessed.code if guessed else "en"
