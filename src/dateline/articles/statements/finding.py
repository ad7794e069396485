"""From an article's content to its statements, in the order of the text."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.articles.statements.marked_text import MarkedText, SpanUse, read_html
from dateline.articles.statements.vocabulary import (
    HEADLINE,
    LEAD_PICTURE,
    LEDE,
    Part,
    Statement,
)
from dateline.languages.sentences import cut_sentences

_WORD = re.compile(r"[^\W_]+")
#: A crosshead of more words, or letters where words have no spaces, states something.
_LONGEST_LABEL, _LONGEST_UNSPACED_LABEL = 8, 18
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of text that is one statement or is cut into several."""

    part: Part
    handle: str
    marked: MarkedText
    start: int = 0
    end: int = -1


def find_statements(content: Mapping[str, Any]) -> list[Statement]:
    """Return what a snapshot states, or a working copy with its raw body."""
    code = content["language"]
    seen: Counter[str] = Counter()
    found = []
    for stretch in _stretches(content, code):
        statement = _statement(stretch, seen)
        if statement.words:
            found.append(statement)
    return found


def words_of(text: str) -> str:
    """Return the words of a text without marks and capitals, as one hash of them."""
    words = " ".join(_WORD.findall(text.casefold()))
    return _hash(words) if words else ""


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    return base64.b32encode(digest)[:16].decode("ascii").lower()


def _statement(stretch: _Stretch, seen: Counter[str]) -> Statement:
    end = stretch.end if stretch.end >= 0 else len(stretch.marked.text)
    text = stretch.marked.text[stretch.start : end]
    words = words_of(text)
    told = f"{stretch.part}:{words}"
    seen[told] += 1
    uses = (
        SpanUse(use.span, max(use.start, stretch.start), min(use.end, end))
        for use in stretch.marked.spans
        if use.start < end and use.end > stretch.start
    )
    return Statement(
        id=_hash(f"{told}:{seen[told]}")[:12],
        part=stretch.part,
        handle=stretch.handle,
        text=text,
        start=stretch.start,
        end=end,
        spans=tuple(uses),
        words=words,
    )


def _stretches(content: Mapping[str, Any], code: str) -> Iterator[_Stretch]:
    yield _Stretch(Part.HEADLINE, HEADLINE, MarkedText(content["headline"]))
    yield _Stretch(Part.LEDE, LEDE, MarkedText(content["lede"]))
    if content.get("picture"):
        caption = str(content["picture"].get("caption") or "")
        yield _Stretch(Part.CAPTION, LEAD_PICTURE, MarkedText(caption))
    for block in content["body"]:
        read = _READERS.get(block["type"])
        if read is not None:
            yield from read(str(block["id"]), block["value"], code)


def _paragraph(handle: str, value: Any, code: str) -> Iterator[_Stretch]:
    marked = read_html(str(value))
    for paragraph in re.finditer(r"[^\n]+", marked.text):
        for at in cut_sentences(paragraph[0], code):
            begin = paragraph.start()
            yield _Stretch(
                Part.SENTENCE, handle, marked, begin + at.start, begin + at.end
            )


def _crosshead(handle: str, value: Any, _code: str) -> Iterator[_Stretch]:
    text = str(value)
    is_long = len(text.split()) > _LONGEST_LABEL
    if is_long or len(_UNSPACED.findall(text)) > _LONGEST_UNSPACED_LABEL:
        yield _Stretch(Part.CROSSHEAD, handle, MarkedText(text))


def _quotation(handle: str, value: Any, _code: str) -> Iterator[_Stretch]:
    yield _Stretch(Part.QUOTATION, handle, read_html(str(value["text"])))


def _list(handle: str, value: Any, _code: str) -> Iterator[_Stretch]:
    for item in value["items"]:
        # A draft's raw body has each item with its id, a snapshot its text alone.
        told = item["value"] if isinstance(item, Mapping) else item
        yield _Stretch(Part.LIST_ITEM, handle, read_html(str(told)))


def _table(handle: str, value: Any, _code: str) -> Iterator[_Stretch]:
    rows = value["rows"]
    lines = [rows] if isinstance(rows, str) else map(" | ".join, rows)
    text = "\n".join([value.get("caption") or "", *lines]).strip()
    yield _Stretch(Part.TABLE, handle, MarkedText(text))


def _fact_box(handle: str, value: Any, _code: str) -> Iterator[_Stretch]:
    yield _Stretch(Part.FACT_BOX, handle, read_html(str(value["text"])))


def _picture(handle: str, value: Any, _code: str) -> Iterator[_Stretch]:
    told = str(value.get("caption") or "")
    yield _Stretch(Part.CAPTION, handle, MarkedText(told))


def _gallery(handle: str, value: Any, code: str) -> Iterator[_Stretch]:
    for item in value["pictures"]:
        yield from _picture(handle, item.get("value", item), code)


_READERS: dict[str, Callable[[str, Any, str], Iterator[_Stretch]]] = {
    "paragraph": _paragraph,
    "crosshead": _crosshead,
    "quotation": _quotation,
    "list": _list,
    "table": _table,
    "fact_box": _fact_box,
    "picture": _picture,
    "gallery": _gallery,
}
