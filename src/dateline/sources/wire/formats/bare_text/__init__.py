"""
The bare text of a web page, with all its menus and footers.

It knows no publication and no layout. Each line is judged by its shape, its words
and its neighbors (``lines``); runs of sentences become candidate bodies (``body``);
the one whose surroundings look most like the head of an article wins (``head``).
"""

import math
import re
from collections import Counter

from dateline.sources.wire.drafts import TEXT_KINDS, Block, BlockKind, WireItemDraft
from dateline.sources.wire.formats.bare_text.body import Body, Known, read_body
from dateline.sources.wire.formats.bare_text.head import Head, read_head
from dateline.sources.wire.formats.bare_text.lines import Line, LineKind, read_lines
from dateline.sources.wire.formats.bare_text.phrases import keyed
from dateline.sources.wire.formats.bare_text.wrapping import RawLine, unwrap
from dateline.sources.wire.limits import WireLimits
from dateline.sources.wire.refusals import ArticleNotFound, OriginalTooLarge
from dateline.sources.wire.spoken import language_of

_INVISIBLE = re.compile(
    r"^[\u200b\u2060\ufeff]+|[\u200b\u2060\ufeff]+$|[\x00-\x08\x0e-\x1f\x7f]"
)
#: A gap this long is layout; patterns that meet it would take very long over it.
_LONG_GAP = re.compile(r"[^\S\n]{8,}")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CANDIDATES = 12
#: A sentence this short below buttons may be a caption without a label.
_CAPTION_LIKE = 40
_SHORTEST_PULL_QUOTE = 25
_QUOTES = "\"'“”„«»‘’ .,"
_LONGEST_SAMPLE = 2000
#: Languages too alike to be told apart by a few lines, and their months differ.
_ALIKE = dict.fromkeys(("hr", "bs", "sr"), ("sr-Latn", "hr", "bs"))
_LIGHTEST_ARTICLE = 80
_LIGHTEST_LONE_TEXT = 240


def read_bare_text(text: str, limits: WireLimits) -> list[WireItemDraft]:
    """
    Return the one article on the page.

    :raises ArticleNotFound: no run of sentences on it looks like an article
    :raises OriginalTooLarge: it has more lines than a page
    """
    return [read_bare_lines(_raw_lines(text), limits)]


def read_bare_lines(raw: list[RawLine], limits: WireLimits) -> WireItemDraft:
    """
    Return the article among the lines, of which each says if it stands apart.

    :raises ArticleNotFound: no run of sentences looks like an article
    :raises OriginalTooLarge: there are more lines than a page has
    """
    if len(raw) > limits.lines:
        raise OriginalTooLarge("It has more lines than a page of news.")
    lines = read_lines(raw, _languages(language_of(_longest(raw))))
    body, head = _likeliest(lines)
    return _draft(lines, body, head)


def article_lines(
    blocks: tuple[Block, ...], *, headline: str, names: str | None
) -> tuple[Block, ...]:
    """
    Return the blocks of a text already found, without what only surrounds it.

    A block that markup makes a paragraph needs no full stop to be one; menus,
    credits, pointers elsewhere and the box about the author go.
    """
    raw = [RawLine(block.text, is_apart=True) for block in blocks]
    lines = read_lines(raw, _languages(language_of(_longest(raw))))
    kept = [n for n, line in enumerate(lines) if not _is_beside(line)]
    end = _end_of_text(lines, kept, headline, names)
    return tuple(blocks[n] for n in kept if n < end)


def _is_beside(line: Line) -> bool:
    return line.kind in _BESIDE


_BESIDE = frozenset(
    {
        LineKind.CAPTION,
        LineKind.CREDIT,
        LineKind.AGE,
        LineKind.ONWARD,
        LineKind.ADVERTISEMENT,
        LineKind.INTERFACE,
        LineKind.CLOSING,
        LineKind.CRUMBS,
    }
)


def _end_of_text(
    lines: list[Line], kept: list[int], headline: str, names: str | None
) -> int:
    """Return where the text of the article is over, if something follows it."""
    first = next((n for n in kept if lines[n].is_sentence), None)
    if first is None:
        return len(lines)
    known = Known(headline, frozenset({keyed(names)} if names else ()))
    body = read_body(lines, first, known)
    after = [n for n in kept if n > body.end]
    is_more = sum(lines[n].weight for n in after if lines[n].is_sentence) > body.weight
    return len(lines) if is_more else (after[0] if after else len(lines))


def _raw_lines(text: str) -> list[RawLine]:
    raw: list[RawLine] = []
    is_apart = True
    for piece in _BREAKS.split(text):
        line = _LONG_GAP.sub(" ", _INVISIBLE.sub("", piece)).strip()
        if line:
            raw.append(RawLine(line, is_apart))
        is_apart = not line
    return unwrap(raw)


def _longest(raw: list[RawLine]) -> str:
    """Return the lines most likely to be text, for telling the language."""
    short = (line.text for line in raw if len(line.text) < _LONGEST_SAMPLE)
    texts = sorted(short, key=len, reverse=True)
    return "\n".join(texts[:8])


def _languages(language: str | None) -> tuple[str, ...]:
    """Return whose months to look for: the page's own, and English everywhere."""
    alike = _ALIKE.get(language or "", ())
    return tuple(dict.fromkeys(c for c in (language, *alike, "en") if c))


def _likeliest(lines: list[Line]) -> tuple[Body, Head]:
    scored = []
    for body in _candidates(lines):
        head = read_head(lines, body)
        scored.append((_score(body, head, lines), -body.start, body, head))
    if not scored:
        raise ArticleNotFound
    _, _, body, head = max(scored, key=lambda entry: entry[:2])
    body, head = _again(lines, body, head)
    if body.weight < (_LIGHTEST_ARTICLE if head.headline else _LIGHTEST_LONE_TEXT):
        raise ArticleNotFound
    return body, head


def _candidates(lines: list[Line]) -> list[Body]:
    """Return the heaviest runs of text, none inside another."""
    bodies: list[Body] = []
    known = Known(repeated=_repeated(lines))
    at = 0
    while at < len(lines):
        if lines[at].kind is LineKind.PROSE:
            bodies.append(read_body(lines, at, known))
            at = bodies[-1].end
        at += 1
    bodies.sort(key=lambda body: body.weight, reverse=True)
    return bodies[:_CANDIDATES]


def _score(body: Body, head: Head, lines: list[Line]) -> float:
    place = body.start / max(len(lines), 1)
    return 2.2 * math.log2(1 + body.weight / 100) + head.evidence - place


def _repeated(lines: list[Line]) -> frozenset[str]:
    seen = Counter(line.text for line in lines if line.kind is LineKind.TITLE)
    return frozenset(text for text, count in seen.items() if count > 1)


def _again(lines: list[Line], body: Body, head: Head) -> tuple[Body, Head]:
    """Read the body once more, now that the headline and the names are known."""
    start = _first_text(lines, body, head)
    names = {keyed(head.byline)} if head.byline else set()
    known = Known(head.headline or "", frozenset(names), _repeated(lines))
    body = read_body(lines, start, known)
    return body, read_head(lines, body)


def _first_text(lines: list[Line], body: Body, head: Head) -> int:
    """Return where the text begins: a short sentence may stand first."""
    floor = head.headline_at if head.headline_at is not None else body.start - 1
    at = body.start
    while (
        at - 1 > floor
        and lines[at - 1].kind is LineKind.REMARK
        and not lines[at - 1].is_item
    ):
        at -= 1
    is_long = at < body.start and lines[at].weight > _CAPTION_LIKE
    above = [n for n in lines[floor + 1 : at] if n.kind is not LineKind.INTERFACE]
    above = above if is_long else lines[floor + 1 : at]
    is_below_credit = bool(above) and above[-1].kind is LineKind.CREDIT
    return at if is_below_credit or at == body.start else body.start


def _captions_above(lines: list[Line], body: Body, head: Head) -> tuple[Block, ...]:
    """Return the captions of pictures between the headline and the text."""
    first = body.start if head.headline_at is None else head.headline_at
    captions = (n for n in lines[first : body.start] if n.kind is LineKind.CAPTION)
    return tuple(Block(n.text, BlockKind.CAPTION) for n in captions)


def _without_pull_quotes(
    blocks: tuple[Block, ...], standfirst: str | None
) -> tuple[Block, ...]:
    """Return the blocks without those that only repeat a sentence of the text."""
    whole = [b.text for b in blocks if b.kind in TEXT_KINDS] + [standfirst or ""]
    return tuple(b for b in blocks if not _repeats(b.text.strip(_QUOTES), whole))


def _repeats(text: str, whole: list[str]) -> bool:
    if len(text) < _SHORTEST_PULL_QUOTE:
        return False
    longer = (t for t in whole if len(t) > len(text) + _SHORTEST_PULL_QUOTE)
    return text == whole[-1].strip(_QUOTES) or any(text in t for t in longer)


def _draft(lines: list[Line], body: Body, head: Head) -> WireItemDraft:
    blocks = _captions_above(lines, body, head) + _without_pull_quotes(
        body.blocks(lines), head.standfirst
    )
    text = "\n".join(b.text for b in blocks if b.kind is not BlockKind.CAPTION)
    return WireItemDraft(
        format="bare_text",
        headline=head.headline,
        byline=head.byline,
        published_at=head.published_at,
        language=language_of(text),
        section=head.section,
        standfirst=head.standfirst,
        blocks=blocks,
    )
