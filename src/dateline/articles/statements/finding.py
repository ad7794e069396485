"""From an article's content to its statements, in the order of the text."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dateline.articles.statements.marked_text import MarkedText, SpanUse, read_html
from dateline.articles.statements.splitting import UNSPACED, split_words
from dateline.articles.statements.vocabulary import (
    HEADLINE,
    LEAD_PICTURE,
    LEDE,
    Part,
    Statement,
)
from dateline.languages.sentences import cut_sentences

#: A crosshead of more words, or letters where words have no spaces, states something.
_LONGEST_LABEL, _LONGEST_UNSPACED_LABEL = 8, 18


@dataclass(frozen=True, slots=True)
class Text:
    """One stretch of running text, and the statements that it is cut into."""

    part: Part
    handle: str
    marked: MarkedText
    statements: tuple[Statement, ...] = ()


def find_statements(content: Mapping[str, Any]) -> list[Statement]:
    """Return what a snapshot states, or a working copy with its raw body."""
    return [one for text in find_texts(content) for one in text.statements]


def placed(texts: Iterable[Text]) -> Iterator[tuple[Text, int]]:
    """Yield each text with its place among those of its block: a list has many."""
    places: Counter[str] = Counter()
    for text in texts:
        yield text, places[text.handle]
        places[text.handle] += 1


def find_texts(content: Mapping[str, Any]) -> list[Text]:
    """Return the texts of a snapshot with their statements, in their order."""
    code = content["language"]
    seen: Counter[str] = Counter()
    return [
        replace(text, statements=tuple(_cut(text, code, seen)))
        for text in _texts(content)
    ]


def _cut(text: Text, code: str, seen: Counter[str]) -> Iterator[Statement]:
    places = [(0, len(text.marked.text))]
    if text.part is Part.SENTENCE:
        places = list(_sentences(text.marked.text, code))
    for start, end in places:
        statement = _statement(text, start, end, seen)
        if statement.words:
            yield statement


def _sentences(text: str, code: str) -> Iterator[tuple[int, int]]:
    for paragraph in re.finditer(r"[^\n]+", text):
        for at in cut_sentences(paragraph[0], code):
            yield paragraph.start() + at.start, paragraph.start() + at.end


def words_of(text: str) -> str:
    """Return the words of a text without marks and capitals, as one hash of them."""
    words = " ".join(split_words(text.casefold()))
    return _hash(words) if words else ""


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    return base64.b32encode(digest)[:16].decode("ascii").lower()


def _statement(whole: Text, start: int, end: int, seen: Counter[str]) -> Statement:
    text = whole.marked.text[start:end]
    words = words_of(text)
    told = f"{whole.part}:{words}"
    seen[told] += 1
    uses = (
        SpanUse(use.span, max(use.start, start), min(use.end, end))
        for use in whole.marked.spans
        if use.start < end and use.end > start
    )
    return Statement(
        id=_hash(f"{told}:{seen[told]}")[:12],
        part=whole.part,
        handle=whole.handle,
        text=text,
        start=start,
        end=end,
        spans=tuple(uses),
        words=words,
    )


def _texts(content: Mapping[str, Any]) -> Iterator[Text]:
    yield Text(Part.HEADLINE, HEADLINE, MarkedText(content["headline"]))
    yield Text(Part.LEDE, LEDE, MarkedText(content["lede"]))
    if content.get("picture"):
        caption = str(content["picture"].get("caption") or "")
        yield Text(Part.CAPTION, LEAD_PICTURE, MarkedText(caption))
    for block in content["body"]:
        read = _READERS.get(block["type"])
        if read is not None:
            yield from read(str(block["id"]), block["value"])


def _paragraph(handle: str, value: Any) -> Iterator[Text]:
    yield Text(Part.SENTENCE, handle, read_html(str(value)))


def _crosshead(handle: str, value: Any) -> Iterator[Text]:
    text = str(value)
    is_long = len(text.split()) > _LONGEST_LABEL
    if is_long or len(UNSPACED.findall(text)) > _LONGEST_UNSPACED_LABEL:
        yield Text(Part.CROSSHEAD, handle, MarkedText(text))


def _quotation(handle: str, value: Any) -> Iterator[Text]:
    yield Text(Part.QUOTATION, handle, read_html(str(value["text"])))


def _list(handle: str, value: Any) -> Iterator[Text]:
    for item in value["items"]:
        # A draft's raw body has each item with its id, a snapshot its text alone.
        told = item["value"] if isinstance(item, Mapping) else item
        yield Text(Part.LIST_ITEM, handle, read_html(str(told)))


def _table(handle: str, value: Any) -> Iterator[Text]:
    rows = value["rows"]
    lines = [rows] if isinstance(rows, str) else map(" | ".join, rows)
    text = "\n".join([value.get("caption") or "", *lines]).strip()
    yield Text(Part.TABLE, handle, MarkedText(text))


def _fact_box(handle: str, value: Any) -> Iterator[Text]:
    yield Text(Part.FACT_BOX, handle, read_html(str(value["text"])))


def _picture(handle: str, value: Any) -> Iterator[Text]:
    told = str(value.get("caption") or "")
    yield Text(Part.CAPTION, handle, MarkedText(told))


def _gallery(handle: str, value: Any) -> Iterator[Text]:
    for item in value["pictures"]:
        yield from _picture(handle, item.get("value", item))


_READERS: dict[str, Callable[[str, Any], Iterator[Text]]] = {
    "paragraph": _paragraph,
    "crosshead": _crosshead,
    "quotation": _quotation,
    "list": _list,
    "table": _table,
    "fact_box": _fact_box,
    "picture": _picture,
    "gallery": _gallery,
}
