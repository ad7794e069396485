"""The quotations of an article, each with what it hangs on and what is compared."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline import languages
from dateline.articles.statements.finding import Text
from dateline.articles.statements.vocabulary import Part, Statement
from dateline.publishing.quotations.marks import quoted_passages
from dateline.publishing.quotations.spelling import UNSPACED

_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
#: Two letters of a script without spaces count as a word.
_LETTERS_A_WORD = 2
#: An opening and a closing mark, and a stop behind them.
_MARKS = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation; `compared` is its original where it is a translation."""

    statement: str
    place: str
    text: str
    start: int
    handles: tuple[str, ...]
    compared: str
    original_language: str = ""

    @property
    def words(self) -> int:
        letters = len(_UNSPACED.findall(self.compared))
        others = len(_WORD.findall(_UNSPACED.sub(" ", self.compared)))
        return others + letters // _LETTERS_A_WORD


def find_quotations(
    content: Mapping[str, Any], texts: Iterable[Text]
) -> Iterator[Quotation]:
    """Yield each quotation of a snapshot: in marks, and in quotation blocks."""
    blocks = {str(block["id"]): block["value"] for block in content["body"]}
    for text in texts:
        if text.part is Part.QUOTATION:
            for statement in text.statements:
                yield _of_block(statement, blocks[text.handle], content["language"])
        else:
            yield from _in_marks(text, content["language"])


def _of_block(statement: Statement, value: Mapping[str, Any], code: str) -> Quotation:
    original = str(value.get("original") or "").strip()
    language = languages.find(str(value.get("original_language") or code))
    told = language.code if language else ""
    # An original in the article's own language must be what the reader reads.
    is_translated = bool(original) and told != code
    return Quotation(
        statement=statement.id,
        place=statement.handle,
        text=statement.text,
        start=statement.start,
        handles=statement.handles,
        compared=original if is_translated else _inside_marks(statement.text, code),
        original_language=told if is_translated else "",
    )


def _inside_marks(text: str, code: str) -> str:
    """Return a block's text without marks that stand round all of it."""
    bare = text.strip()
    found = quoted_passages(bare, code)
    is_whole = len(found) == 1 and len(bare) - (found[0].end - found[0].start) <= _MARKS
    return bare[found[0].start : found[0].end] if is_whole else bare


def _in_marks(text: Text, code: str) -> Iterator[Quotation]:
    for passage in quoted_passages(text.marked.text, code):
        held = [
            one
            for one in text.statements
            if one.start < passage.end and one.end > passage.start
        ]
        spans = (
            use.span
            for use in text.marked.spans
            if use.start < passage.end and use.end > passage.start
        )
        quoted = text.marked.text[passage.start : passage.end].strip()
        if held:
            yield Quotation(
                statement=held[0].id,
                place=text.handle,
                text=quoted,
                start=passage.start - held[0].start,
                handles=(text.handle, *dict.fromkeys(spans)),
                compared=quoted,
            )
