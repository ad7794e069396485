"""Where the text of the article runs, and where it ends."""

from dataclasses import dataclass, field

from dateline.sources.wire.drafts import Block, BlockKind
from dateline.sources.wire.formats.bare_text.lines import Line, LineKind
from dateline.sources.wire.formats.bare_text.phrases import keyed, phrases
from dateline.sources.wire.formats.bare_text.shapes import (
    content_words,
    ends_open,
    share_of,
    word_count,
)

#: What a line between two paragraphs says for the article being over.
_AGAINST = {
    LineKind.CLOSING: 4.0,
    LineKind.AGE: 3.0,
    LineKind.CREDIT: 2.5,
    LineKind.CRUMBS: 2.0,
    LineKind.ONWARD: 0.7,
    LineKind.INTERFACE: 0.4,
    LineKind.BOILERPLATE: 0.5,
    LineKind.CAPTION: -0.4,
    LineKind.ADVERTISEMENT: -0.4,
}
_OVER = 2.0
_FURTHER_TITLE = 0.9
_LONG_TITLE = 1.0
_TWICE_ON_PAGE = 1.5
_NAME_AGAIN = 4.0
_CROSSHEAD_WEIGHT = 85
_TEASER_WORDS = 6
_RELATED = 0.3
_UNRELATED = 0.12
_WEIGHT_THAT_TELLS = 150
_TITLE_AS_TEXT_WEIGHT = 110
_LONG_CROSSHEAD_WEIGHT = 70
_LABEL_WORDS = 3
_SHARED_WORDS = 3
#: An article may begin with a person; it does not end with the second line.
_BEFORE_BIOGRAPHY = 2


@dataclass(slots=True)
class Body:
    """The lines taken from a start on, and what they are about."""

    start: int
    taken: list[tuple[int, BlockKind]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    weight: int = 0

    @property
    def end(self) -> int:
        """The position of the last line of its text."""
        return max((at for at, kind in self.taken if kind in _TEXT), default=self.start)

    def take(self, line: Line, kind: BlockKind) -> None:
        self.taken.append((line.position, kind))
        if kind in _TEXT:
            self.weight += line.weight
            self.words |= content_words(line.text)

    def blocks(self, lines: list[Line]) -> tuple[Block, ...]:
        return tuple(Block(lines[at].text, kind) for at, kind in self.taken)


_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION})


@dataclass(frozen=True, slots=True)
class Known:
    """What the head of the page has told before the body is read again."""

    headline: str = ""
    names: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()


def read_body(lines: list[Line], start: int, known: Known) -> Body:
    """Return the body that begins with the line at the start."""
    body = Body(start, words=content_words(known.headline))
    at = start
    while at < len(lines):
        line = lines[at]
        if _is_text(line, body):
            if _is_about_the_author(line, known, body, lines):
                break
            body.take(
                line, BlockKind.LIST_ITEM if line.is_item else BlockKind.PARAGRAPH
            )
            at += 1
            continue
        onward = _next_text(lines, at, body)
        if onward is None or _is_over(lines, at, onward, body, known):
            break
        _take_between(lines[at:onward], body)
        at = onward
    return body


def _is_text(line: Line, body: Body) -> bool:
    if line.is_sentence:
        return True
    return line.kind is LineKind.BOILERPLATE and _belongs_after_all(line, body)


def _belongs_after_all(line: Line, body: Body) -> bool:
    """Tell whether a paragraph only mentions what every page says somewhere."""
    is_weak = phrases().count_inside("boilerplate", line.text) == 1
    shared = content_words(line.text) & body.words
    return (
        is_weak
        and len(shared) >= _SHARED_WORDS
        and share_of(content_words(line.text), body.words) > _RELATED
    )


def _next_text(lines: list[Line], at: int, body: Body) -> int | None:
    for line in lines[at:]:
        if _is_text(line, body):
            return line.position
    return None


def _is_about_the_author(
    line: Line, known: Known, body: Body, lines: list[Line]
) -> bool:
    """Tell whether the paragraph is the biography that follows an article."""
    key = keyed(line.text[:120])
    if any(" " in name and key.startswith(f"{name} ") for name in known.names):
        return not _text_follows(lines, line.position)
    cues = phrases().count_inside("biography", line.text)
    if not cues or len(body.taken) < _BEFORE_BIOGRAPHY:
        return False
    is_named = any(name in key for name in known.names)
    return (is_named or cues > 1) and not _text_follows(lines, line.position)


def _text_follows(lines: list[Line], at: int) -> bool:
    return sum(1 for line in lines[at + 1 : at + 4] if line.kind is LineKind.PROSE) > 1


def _is_over(lines: list[Line], at: int, onward: int, body: Body, known: Known) -> bool:
    between = lines[at:onward]
    against = sum(_AGAINST.get(line.kind, 0.0) for line in between)
    against += _titles_against(between, known)
    return against + _run_against(lines, onward, between, body) >= _OVER


def _titles_against(between: list[Line], known: Known) -> float:
    titles = [line for line in between if line.is_title]
    against = max(len(titles) - 1, 0) * _FURTHER_TITLE
    for line in titles:
        against += _LONG_TITLE if line.weight > _CROSSHEAD_WEIGHT else 0.0
        against += _TWICE_ON_PAGE if line.text in known.repeated else 0.0
    against += sum(_NAME_AGAIN for line in between if _names_again(line, known))
    return against


def _names_again(line: Line, known: Known) -> bool:
    return line.kind in _NAMING and keyed(line.text) in known.names


_NAMING = frozenset(
    {LineKind.TITLE, LineKind.LABEL, LineKind.CREDIT, LineKind.INTERFACE}
)


def _run_against(
    lines: list[Line], onward: int, between: list[Line], body: Body
) -> float:
    """Weigh the text that would follow: alike and long is for going on."""
    run = _run(lines, onward)
    words = {word for line in run for word in content_words(line.text)}
    weight = sum(line.weight for line in run)
    against = {1: 0.0, 2: -0.7}.get(len(run), -1.2)
    share = share_of(words, body.words)
    if share > _RELATED:
        against -= 1.0
    elif share < _UNRELATED and weight > _WEIGHT_THAT_TELLS:
        against += 1.0
    if not any(line.kind is LineKind.PROSE for line in run):
        against += 0.7
    if len(run) == 1 and any(
        word_count(b.text) >= _TEASER_WORDS for b in between if b.is_title
    ):
        against += 0.7
    return against


def _run(lines: list[Line], onward: int) -> list[Line]:
    run: list[Line] = []
    for line in lines[onward:]:
        if not line.is_sentence:
            break
        run.append(line)
    return run or [lines[onward]]


def _take_between(between: list[Line], body: Body) -> None:
    titles = [line for line in between if line.is_title]
    follows_onward = any(line.kind is LineKind.ONWARD for line in between)
    for line in between:
        if line.kind is LineKind.CAPTION:
            body.take(line, BlockKind.CAPTION)
        elif line.is_title and line is titles[-1] and not follows_onward:
            body.take(line, _kind_of_title(line))


def _kind_of_title(line: Line) -> BlockKind:
    """Tell a crosshead from a paragraph that lost its full stop."""
    if line.weight > _TITLE_AS_TEXT_WEIGHT:
        return BlockKind.PARAGRAPH
    if ends_open(line.text) and word_count(line.text) > _LABEL_WORDS:
        return BlockKind.PARAGRAPH
    if line.weight > _LONG_CROSSHEAD_WEIGHT and any(
        c in line.text for c in ":,،、，："
    ):
        return BlockKind.PARAGRAPH
    return BlockKind.CROSSHEAD
