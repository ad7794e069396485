"""The lines of a bare text page, each with what kind of line it is."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from dateline.sources.wire.formats.bare_text.credits import (
    NO_CREDITS,
    Credits,
    read_credits,
)
from dateline.sources.wire.formats.bare_text.phrases import keyed, phrases
from dateline.sources.wire.formats.bare_text.shapes import (
    ends_open,
    ends_sentence,
    has_sentence_inside,
    marks_no_ends,
    weight_of,
    without_bullet,
    word_count,
)
from dateline.sources.wire.formats.bare_text.wrapping import RawLine


class LineKind(StrEnum):
    PROSE = "prose"
    REMARK = "remark"
    TITLE = "title"
    LABEL = "label"
    CREDIT = "credit"
    AGE = "age"
    CRUMBS = "crumbs"
    CAPTION = "caption"
    ONWARD = "onward"
    ADVERTISEMENT = "advertisement"
    INTERFACE = "interface"
    BOILERPLATE = "boilerplate"
    CLOSING = "closing"


#: Kinds that can be text of an article.
SENTENCES = frozenset({LineKind.PROSE, LineKind.REMARK})
#: Kinds that can be a headline, a crosshead or a teaser.
TITLES = frozenset({LineKind.TITLE, LineKind.LABEL})

_PROSE_WEIGHT = 70
_UNMARKED_PROSE_WEIGHT = 110
_MENU_WEIGHT = 260
#: A line beyond this is data of some kind.
_HEAVIEST_PARAGRAPH = 50_000
_LABEL_WEIGHT = 26
_LABEL_WORDS = 3
#: A paragraph with more words is text even without a full stop.
_TITLE_WORDS = 6
_FEWEST_CRUMBS, _STATION_WORDS = 2, 4
#: A line of digits and marks with fewer is a counter; 5:15 is a time.
_DIGITS_OF_TIME = 3
_CAPTION_WEIGHT = 380
_LONGEST_CRUMBS = 200
_STRONG = 2
_MARKERS = " \t\u00a0>›»▸→•*#|·–—-"
_CRUMB = re.compile(r"\s*[>›»▸→]\s*|\s+/\s+|\s+::\s+")
_MENU = re.compile(r"\s*[|•·]\s*")
#: Who is asked to write somewhere is being asked by the page, not told by it.
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
#: Which picture of how many.
_COUNTER = re.compile(r"^\d{1,3}\s*(?:/|of|von|sur|de|di|из|з|من|od)\s*\d{1,3}\W*$")
_COPYRIGHT = re.compile(r"^\s*(?:©|\(c\)|copyright\b|ⓒ)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    position: int
    text: str
    kind: LineKind
    weight: int
    #: Whether blank lines stand above it.
    is_apart: bool
    credits: Credits = NO_CREDITS
    #: Whether it carries the mark of a list.
    is_item: bool = False

    @property
    def is_sentence(self) -> bool:
        return self.kind in SENTENCES

    @property
    def is_title(self) -> bool:
        return self.kind in TITLES


def read_lines(raw: list[RawLine], languages: tuple[str, ...]) -> list[Line]:
    """Return the lines with their kinds."""
    lines = [_read_line(n, line, languages) for n, line in enumerate(raw)]
    return _with_labeled_captions(lines)


def _with_labeled_captions(lines: list[Line]) -> list[Line]:
    """Return the lines, a line below a caption's lone label being the caption."""
    read = lines[:1]
    for above, line in pairwise(lines):
        is_label = phrases().is_one("caption", above.text) and above.text[-1] in ",:："
        is_caption = is_label and not line.credits.times
        read.append(replace(line, kind=LineKind.CAPTION) if is_caption else line)
    return read


def _read_line(position: int, line: RawLine, languages: tuple[str, ...]) -> Line:
    raw = line.text
    item = without_bullet(raw)
    if item is not None and raw[0].isdigit() and read_credits(raw, languages).times:
        item = None  # "22. November" is a day, not the twenty-second item
    text = item if item is not None else raw
    weight = weight_of(text)
    kind, told = _kind(text, weight, languages)
    kind = _as_marked_up(kind, line, text)
    if kind in TITLES and item is not None and weight > _LABEL_WEIGHT:
        kind = LineKind.REMARK
    return Line(
        position,
        text if kind in SENTENCES else raw,
        kind,
        weight,
        line.is_apart,
        told,
        is_item=item is not None,
    )


def _as_marked_up(kind: LineKind, line: RawLine, text: str) -> LineKind:
    """Return the kind that markup gives a line whose shape leaves it open."""
    if kind is LineKind.TITLE and line.is_paragraph and word_count(text) > _TITLE_WORDS:
        return LineKind.REMARK
    return LineKind.TITLE if kind in SENTENCES and line.is_heading else kind


def _kind(
    text: str, weight: int, languages: tuple[str, ...]
) -> tuple[LineKind, Credits]:
    if weight > _HEAVIEST_PARAGRAPH:
        return LineKind.INTERFACE, NO_CREDITS
    known = _kind_by_words(text, weight)
    if known:
        return known, NO_CREDITS
    told = read_credits(text, languages)
    if told.tells_age and not told.times:
        return LineKind.AGE, told
    if not told.is_bare:
        return LineKind.CREDIT, told
    if weight < _CAPTION_WEIGHT and phrases().count_inside("signature", text):
        return LineKind.CREDIT, NO_CREDITS
    return _kind_by_shape(text, weight), NO_CREDITS


def _kind_by_words(text: str, weight: int) -> LineKind | None:
    table, bare = phrases(), text.strip(_MARKERS)
    if _COUNTER.match(bare):
        return LineKind.INTERFACE
    if not keyed(bare) and weight < _PROSE_WEIGHT:
        return LineKind.INTERFACE if not _has_date_digits(bare) else None
    for role, kind in (
        ("advertisement", LineKind.ADVERTISEMENT),
        ("onward", LineKind.ONWARD),
        ("closing", LineKind.CLOSING),
        ("interface", LineKind.INTERFACE),
        ("reading_time", LineKind.INTERFACE),
    ):
        if table.is_one(role, bare):
            return kind
    return _kind_by_beginning(bare, weight) or _kind_by_marks(text, weight)


def _has_date_digits(text: str) -> bool:
    return sum(1 for c in text if c.isdigit()) >= _DIGITS_OF_TIME


def _kind_by_beginning(bare: str, weight: int) -> LineKind | None:
    table = phrases()
    head, colon, _ = bare.replace("：", ":").partition(":")
    if colon and table.is_one("onward", head):
        return LineKind.ONWARD
    if colon and table.is_one("closing", head):
        return LineKind.CLOSING
    if _is_caption(bare, weight):
        return LineKind.CAPTION
    if ends_sentence(bare) or weight > _UNMARKED_PROSE_WEIGHT:
        return None
    return LineKind.CRUMBS if is_crumbs(bare) else _kind_by_first_words(bare, weight)


def _kind_by_first_words(bare: str, weight: int) -> LineKind | None:
    table, key = phrases(), keyed(bare)
    if table.begins("onward", key):
        return LineKind.ONWARD
    if table.begins("interface", key) and weight < _PROSE_WEIGHT:
        return LineKind.INTERFACE
    return LineKind.CLOSING if table.begins("closing", key) else None


@lru_cache(maxsize=1)
def _caption_pattern() -> re.Pattern[str]:
    label = f"(?:{'|'.join(map(re.escape, phrases().labels('caption')))})"
    return re.compile(
        "|".join(
            (
                rf"(?:^|[\s(（\[|/.。]){label}\s*[:：©]",
                rf"(?:^|[\s.]){label}\s[^.:]{{2,50}}/[^.:/]{{2,30}}$",
                r"^image (?:source|caption|credit),",
                r"^(?:图为|圖為|資料照片)",
                r"©\s?\S+(?:\s\S+){0,4}$",
                rf"[(（\[](?:[^()（）]{{0,25}}\W)?{label}\b[^()（）]{{2,60}}[)）\]]$",
                r"[(（][^()（）]{2,20}[摄攝影][)）]$",
            )
        )
    )


def _is_caption(bare: str, weight: int) -> bool:
    if weight > _CAPTION_WEIGHT or _COPYRIGHT.match(bare):
        return False
    return bool(_caption_pattern().search(bare.casefold()))


def _kind_by_marks(text: str, weight: int) -> LineKind | None:
    if _COPYRIGHT.match(text):
        return LineKind.CLOSING
    cues = phrases().count_inside("boilerplate", text)
    cues += ends_sentence(text) and bool(_MAIL.search(text))
    if cues >= _STRONG or (cues and weight < _CAPTION_WEIGHT):
        return LineKind.BOILERPLATE
    if ends_sentence(text):
        return None
    if is_crumbs(text):
        return LineKind.CRUMBS
    return LineKind.INTERFACE if _is_menu(text, weight) else None


def is_crumbs(text: str) -> bool:
    """Tell whether the line is a path: Home › World › Europe."""
    if weight_of(text) > _LONGEST_CRUMBS:
        return False
    parts = [part for part in _CRUMB.split(text) if part]
    if len(parts) < _FEWEST_CRUMBS:
        return False
    is_from_home = phrases().is_one("home", parts[0])
    return is_from_home or (
        len(parts) > _FEWEST_CRUMBS
        and all(word_count(p) <= _STATION_WORDS for p in parts[:-1])
    )


def crumbs_of(text: str) -> list[str]:
    """Return the stations of the path, without the home page."""
    parts = [part.strip() for part in _CRUMB.split(text) if part.strip()]
    return [part for part in parts if not phrases().is_one("home", part)]


def _is_menu(text: str, weight: int) -> bool:
    parts = [part for part in _MENU.split(text) if part]
    if len(parts) > _LABEL_WORDS and all(
        word_count(p) <= _STATION_WORDS for p in parts
    ):
        return True
    return (
        weight > _MENU_WEIGHT
        and not has_sentence_inside(text)
        and not marks_no_ends(text)
    )


def _kind_by_shape(text: str, weight: int) -> LineKind:
    if ends_sentence(text):
        if weight >= _PROSE_WEIGHT:
            return LineKind.PROSE
        return LineKind.REMARK if word_count(text) > 1 else LineKind.LABEL
    if _is_unmarked_prose(text, weight):
        return LineKind.PROSE
    if ends_open(text) and word_count(text) > _LABEL_WORDS:
        return LineKind.REMARK
    is_label = weight <= _LABEL_WEIGHT and word_count(text) <= _LABEL_WORDS
    return LineKind.LABEL if is_label else LineKind.TITLE


def _is_unmarked_prose(text: str, weight: int) -> bool:
    """Tell a paragraph whose end carries no mark: Thai, a quotation, a slip."""
    if marks_no_ends(text):
        return weight > _UNMARKED_PROSE_WEIGHT
    if weight > _UNMARKED_PROSE_WEIGHT and ends_open(text):
        return True
    return weight > 1.5 * _UNMARKED_PROSE_WEIGHT and has_sentence_inside(text)
