"""
Read the demonstration paper's files into plain values.

No database and no clock: the moment of loading is handed in, since all days of
the paper are counted from it. The format is told in ``paper/README.md``.
"""

import hashlib
import re
import tomllib
from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from babel import dates

from dateline import languages
from dateline.articles.spans import wrap
from dateline.articles.vocabulary import MarkKind
from dateline.languages.dates import format_date
from dateline.languages.numerals import with_own_digits
from dateline.languages.sentences import cut_sentences

PAPER = Path(__file__).parent / "paper"
MARKED = {
    "=seen": MarkKind.OBSERVATION,
    "=known": MarkKind.COMMON_KNOWLEDGE,
    "=view": MarkKind.OPINION,
}


class UnreadablePaper(ValueError):
    """A file of the demonstration paper is not as its README says."""


@dataclass(frozen=True)
class Block:
    """
    One block of a body, `value` as the desk's editor would keep it.

    `rests_on` is what a table, a fact box or a caption rests on as a whole.
    """

    type: str
    value: Any
    rests_on: str = ""


@dataclass(frozen=True)
class Body:
    """
    A body and, for each of its spans, what it rests on.

    That is the key of a source or citation, or what its writer stands for in their
    own name.
    """

    blocks: tuple[Block, ...]
    attributions: dict[str, str]
    marks: dict[str, MarkKind]
    texts: dict[str, str] = field(default_factory=dict)

    def span_of(self, opening: str) -> str | None:
        """Return the one attributed span whose text begins so."""
        found = [s for s in self.attributions if self.texts[s].startswith(opening)]
        if len(found) > 1:
            raise UnreadablePaper(f"“{opening}” begins several spans")
        return found[0] if found else None


@dataclass(frozen=True)
class Change:
    """What happened to an article after it was published."""

    kind: str
    at: datetime
    note: str


@dataclass(frozen=True)
class Kill:
    at: datetime
    desk: str
    reason: str


@dataclass(frozen=True)
class Difference:
    """
    A question that sources answer differently, or numbers that only look so.

    `answers` is by the first words of each passage what it says, in its own words.
    """

    answers: dict[str, str]
    question: str = ""
    state: str = "open"
    reason: str = ""


@dataclass(frozen=True)
class Piece:
    """One article or standing page in one language, with all its versions."""

    group: str
    language: str
    headline: str
    lede: str
    slug: str
    bodies: tuple[Body, ...]
    changes: tuple[Change, ...] = ()
    purpose: str = ""
    section: str = ""
    genre: str = "news"
    byline: tuple[str, ...] = ()
    dateline: str = ""
    place: str = ""
    topics: tuple[str, ...] = ()
    story: str = ""
    picture: str = ""
    caption: str = ""
    alt: str = ""
    headline_from: str = ""
    lede_from: str = ""
    caption_from: str = ""
    differences: tuple[Difference, ...] = ()
    confirmed: dict[str, str] = field(default_factory=dict)
    state: str = "published"
    published: datetime | None = None
    embargoed_until: datetime | None = None
    kill: Kill | None = None
    slugline: str = ""
    ednote: str = ""
    urgency: int = 5

    @property
    def key(self) -> str:
        return f"{self.group}/{self.language}"

    @property
    def body(self) -> Body:
        return self.bodies[-1]

    def above(self) -> dict[str, str]:
        """Return what stands above the body by its handle, with what it rests on."""
        told = {
            "headline": self.headline_from,
            "lede": self.lede_from,
            "picture": self.caption_from,
        }
        return {handle: key for handle, key in told.items() if key}


@dataclass(frozen=True)
class Kept:
    """A page, mail or file of which somebody kept a copy, as it was then."""

    name: str
    text: str
    at: datetime
    address: str = ""


@dataclass(frozen=True)
class Cited:
    """
    Where a source said something, and on whom it rests in turn.

    Without a source it is a step that the one above describes and does not name.
    """

    source: str
    by: str
    at: datetime
    described_as: str = ""
    kept: Kept | None = None
    wire: str = ""
    place: str = ""
    rests_on: str = ""


@dataclass(frozen=True)
class Correction:
    """What a source said about a mistake of its own."""

    source: str
    by: str
    at: datetime
    text: str
    address: str = ""


@dataclass(frozen=True)
class WireFile:
    """One item that an invented agency sent."""

    uri: str
    version: str
    received: datetime
    language: str
    by: str
    headline: str
    section: str
    urgency: int
    paragraphs: tuple[str, ...]
    pubstatus: str = "usable"


@dataclass(frozen=True)
class Paper:
    """The whole paper."""

    newsroom: dict[str, Any]
    editions: dict[str, dict[str, Any]]
    sections: dict[str, dict[str, str]]
    stories: dict[str, dict[str, str]]
    places: dict[str, dict[str, Any]]
    contributors: dict[str, dict[str, Any]]
    sources: dict[str, dict[str, Any]]
    pieces: tuple[Piece, ...]
    wire: tuple[WireFile, ...] = ()
    citations: dict[str, Cited] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    def groups(self) -> dict[str, list[Piece]]:
        """Return the articles by group: one subject, several languages."""
        found: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            if not piece.purpose:
                found.setdefault(piece.group, []).append(piece)
        return found


def read_paper(at: datetime, folder: Path = PAPER) -> Paper:
    """
    Return the paper as it stands if it is loaded at that moment.

    :raises UnreadablePaper: a file is not as the README says
    """
    frame = _toml(folder / "paper.toml")
    sources: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("sources*.toml")):
        sources |= _toml(path)
    wire = _toml(folder / "wire.toml")
    ledger = _ledger(folder / "citations.toml")
    articles = [_piece(path, at) for path in sorted(folder.glob("articles/*/*.md"))]
    standing = [_piece(path, at) for path in sorted(folder.glob("standing/*/*.md"))]
    return Paper(
        newsroom=frame["newsroom"],
        editions=frame["editions"],
        sections=frame["sections"],
        stories=frame["stories"],
        places=frame["places"],
        contributors=_toml(folder / "contributors.toml"),
        sources=sources,
        pieces=(*articles, *standing),
        wire=tuple(_wire_file(entry, at) for entry in wire.get("items", [])),
        citations={
            key: _cited(entry, folder / "kept", at)
            for key, entry in ledger.get("citations", {}).items()
        },
        corrections=tuple(
            _correction(entry, at) for entry in ledger.get("corrections", [])
        ),
    )


def _ledger(path: Path) -> dict[str, Any]:
    """Return what the paper cites from; a paper may keep nothing."""
    return _toml(path) if path.exists() else {}


def _correction(entry: dict[str, Any], at: datetime) -> Correction:
    told = {"text": with_days(entry["text"], "en", at.date())}
    return Correction(**entry | told | {"at": moment(entry["at"], at)})


def _cited(entry: dict[str, Any], folder: Path, at: datetime) -> Cited:
    told = dict(entry)
    name, language = told.pop("kept", ""), told.pop("language", "en")
    address = told.pop("address", "")
    told |= {"at": moment(told["at"], at), "source": told.get("source", "")}
    if name:
        text = (folder / name).read_text(encoding="utf-8")
        text = with_days(text, language, at.date())
        told["kept"] = Kept(name, text, told["at"], address)
    return Cited(**told)


def _wire_file(entry: dict[str, Any], at: datetime) -> WireFile:
    paragraphs = tuple(entry["paragraphs"])
    received = moment(entry["received"], at)
    return WireFile(**entry | {"paragraphs": paragraphs, "received": received})


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UnreadablePaper(f"{path.name}: {error}") from error


# --- One file -----------------------------------------------------------------

_FRONT = re.compile(r"\A\+\+\+\n(?P<front>.*?)\n\+\+\+\n(?P<text>.*)\Z", re.DOTALL)
_SAME_NAME = (
    "headline",
    "lede",
    "slug",
    "section",
    "genre",
    "dateline",
    "place",
    "story",
    "picture",
    "caption",
    "alt",
    "headline_from",
    "lede_from",
    "caption_from",
    "state",
    "slugline",
    "ednote",
    "urgency",
)


def _piece(path: Path, at: datetime) -> Piece:
    found = _FRONT.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise UnreadablePaper(f"{path}: the front matter is not between +++ lines")
    is_standing = path.parent.parent.name == "standing"
    group, language = path.parent.name, path.stem
    if is_standing:
        group, language = path.stem, path.parent.name
    try:
        front = tomllib.loads(with_days(found["front"], language, at.date()))
        text = with_days(found["text"], language, at.date())
        return Piece(
            group=group,
            language=language,
            purpose=group if is_standing else "",
            bodies=_bodies(text, front.get("changes", []), f"{group}/{language}"),
            **_fields(front, at),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadablePaper(f"{group}/{language}: {error}") from error


def _fields(front: dict[str, Any], at: datetime) -> dict[str, Any]:
    taken: dict[str, Any] = {name: front[name] for name in _SAME_NAME if name in front}
    for name in ("byline", "topics"):
        taken[name] = tuple(front.get(name, ()))
    for name in ("published", "embargoed_until"):
        taken[name] = moment(front[name], at) if name in front else None
    if "kill" in front:
        kill = front["kill"]
        taken["kill"] = Kill(moment(kill["at"], at), kill["desk"], kill["reason"])
    taken["confirmed"] = front.get("confirmed", {})
    taken["differences"] = tuple(
        Difference(**told) for told in front.get("differences", [])
    )
    taken["changes"] = tuple(
        Change(change["kind"], moment(change["at"], at), change["note"])
        for change in front.get("changes", [])
    )
    return taken


def _bodies(text: str, changes: list[dict[str, str]], key: str) -> tuple[Body, ...]:
    """Return the body before each change, and as it stands after the last."""
    texts = [text]
    for change in reversed(changes):
        if texts[0].count(change["now"]) != 1:
            raise UnreadablePaper(
                f"the change “{change['now'][:40]}…” is not in it once"
            )
        texts.insert(0, texts[0].replace(change["now"], change["was"]))
    return tuple(_body(version, key) for version in texts)


# --- Days ---------------------------------------------------------------------

_DAY = re.compile(r"\{\{D(?P<shift>[+-]\d+)?(?: (?P<form>long|year|weekday))?\}\}")
_MOMENT = re.compile(
    r"(?:D(?P<day>[+-]\d+)? (?P<hour>\d\d):(?P<minute>\d\d))"
    r"|(?:T-(?P<hours>\d+):(?P<minutes>\d\d))"
)


def with_days(text: str, language: str, today: date) -> str:
    """Return `text` with its moving days written out in that language."""

    def written(found: re.Match[str]) -> str:
        day = today + timedelta(days=int(found["shift"] or 0))
        return _written_day(day, language, found["form"] or "")

    return _DAY.sub(written, text)


def _written_day(day: date, language: str, form: str) -> str:
    if form == "long":
        return format_date(language, day)
    locale = languages.LANGUAGES[language].locale_id or "en"
    if form == "year":
        text = str(day.year)
    elif form == "weekday":
        text = dates.format_date(day, "EEEE", locale=locale)
    else:
        text = dates.format_skeleton("MMMMd", day, locale=locale)
    return with_own_digits(language, text)


def moment(text: str, at: datetime) -> datetime:
    """Return the moment that `text` ("D-2 08:15", "T-0:35") means at loading."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise UnreadablePaper(f"“{text}” is no moment")
    if found["hours"]:
        ago = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        return at - ago
    day = at.date() + timedelta(days=int(found["day"] or 0))
    hour, minute = int(found["hour"]), int(found["minute"])
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


# --- Text ---------------------------------------------------------------------

_SPAN = re.compile(r"\[(?P<text>[^\[\]]+)\]\{(?P<key>=?[a-z0-9-]+)\}")
_EMPHASIS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
)
_SPAN_START = 16


class _Spans:
    """Hands out span ids: the same for the same passage in every version."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.language = key.rpartition("/")[2]
        self.sources: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.marks: dict[str, MarkKind] = {}
        # A list item is one statement, however many sentences it has.
        self.is_whole = False

    def html(self, text: str) -> str:
        """Return one paragraph's HTML."""
        plain = 0
        parts = []
        for found in _SPAN.finditer(text):
            parts.append(_inline(text[plain : found.start()]))
            parts.append(self._span(found["text"], found["key"]))
            plain = found.end()
        return "".join([*parts, _inline(text[plain:])])

    def _span(self, text: str, source: str) -> str:
        if kind := MARKED.get(source):
            return "".join(self._marked(text, kind))
        span = self._new(text, source)
        self.sources[span], self.texts[span] = source, text
        return wrap(_inline(text), span)

    def _marked(self, text: str, kind: MarkKind) -> Iterator[str]:
        """Yield each sentence as a span of its own: a mark stands for one."""
        end = 0
        for start, stop in self._cut(text):
            sentence = text[start:stop]
            span = self._new(sentence, kind)
            self.marks[span] = kind
            yield _inline(text[end:start]) + wrap(_inline(sentence), span)
            end = stop
        yield _inline(text[end:])

    def _cut(self, text: str) -> list[tuple[int, int]]:
        if self.is_whole:
            return [(0, len(text))]
        return [(at.start, at.end) for at in cut_sentences(text, self.language)]

    def whole(self, text: str, source: str) -> str:
        """Return `text` as one span: a quotation is its speaker's from end to end."""
        return self._span(text, source) if source else _inline(text)

    def _new(self, text: str, source: str) -> str:
        start = text[:_SPAN_START]
        for again in range(100):
            digest = hashlib.sha256(f"{self.key} {source} {start} {again}".encode())
            span = b32encode(digest.digest())[:12].decode().lower()
            if span not in self.sources and span not in self.marks:
                return span
        raise UnreadablePaper(f"“{start}” begins too many spans")


def _inline(text: str) -> str:
    if re.search(r"\]\{|\{=", text):
        raise UnreadablePaper(f"a span is not closed in “{text.strip()[:60]}”")
    html = escape(text, quote=False)
    for pattern, replacement in _EMPHASIS:
        html = pattern.sub(replacement, html)
    return html


# --- Blocks -------------------------------------------------------------------

_SPEAKER = re.compile(r"(?:—|——)\s*(?P<who>.+?)(?:\s*\{(?P<key>=?[a-z0-9-]+)\})?\s*\Z")
_WHOSE = re.compile(r"\A(?P<text>.*?)(?:\s*\{(?P<key>=?[a-z0-9-]+)\})?\s*\Z", re.DOTALL)
_PICTURE = re.compile(r"!\[(?P<picture>[a-z0-9-]+)\]\s*(?P<caption>.*)\Z", re.DOTALL)
_RELATED = re.compile(r"\[\[(?P<group>[a-z0-9-]+)\]\]\Z")
_FENCE = re.compile(r":::(?P<kind>fact|gallery)\s+(?P<title>.+)\Z")
_NUMBERED = re.compile(r"\d+\.\s+")
_ROLE = re.compile(r"[,،，、]\s*")


def _body(text: str, key: str) -> Body:
    spans = _Spans(key)
    blocks = tuple(_block(chunk, spans) for chunk in _chunks(text))
    return Body(blocks, spans.sources, spans.marks, spans.texts)


def _chunks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each block; a fence holds its empty lines together."""
    chunk: list[str] = []
    is_fenced = False
    for line in map(str.rstrip, [*text.splitlines(), ""]):
        if line.startswith(":::"):
            is_fenced = line != ":::"
        if line or is_fenced:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        raise UnreadablePaper(f"“{chunk[0]}” is not closed")


def _block(lines: list[str], spans: _Spans) -> Block:
    first = lines[0]
    if first.startswith("## "):
        title, key = _whose(first[3:])
        return Block("crosshead", title, key)
    if first.startswith(":::"):
        return _fenced(lines, spans)
    if first.startswith(">"):
        return _quotation([line.removeprefix(">").strip() for line in lines], spans)
    if first.startswith("|"):
        return _table(lines)
    if first.startswith("- ") or _NUMBERED.match(first):
        return _list(lines, spans)
    return _prose(_joined(lines), spans)


def _whose(text: str) -> tuple[str, str]:
    """Return a line without the key at its end, and that key."""
    found = _WHOSE.match(text)
    return (found["text"].strip(), found["key"] or "") if found else (text, "")


def _prose(whole: str, spans: _Spans) -> Block:
    if found := _PICTURE.match(whole):
        caption, key = _whose(found["caption"])
        return Block("picture", {"picture": found["picture"], "caption": caption}, key)
    if found := _RELATED.match(whole):
        return Block("related", found["group"])
    return Block("paragraph", f"<p>{spans.html(whole)}</p>")


_WIDE = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])\n|\n(?=[\u3000-\u9fff\uff00-\uffef])"
)


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one; Chinese has no space where the line broke."""
    return _WIDE.sub("", "\n".join(lines)).replace("\n", " ")


def _quotation(lines: list[str], spans: _Spans) -> Block:
    marked = [line for line in lines if line.startswith(("=", "—"))]
    text = _joined(line for line in lines if line not in marked)
    value = {"role": "", "speaker": "", "original": "", "original_language": ""}
    source = ""
    for line in marked:
        if found := _SPEAKER.match(line):
            speaker, *role = _ROLE.split(found["who"], maxsplit=1)
            value |= {"speaker": speaker, "role": role[0] if role else ""}
            source = found["key"] or ""
        elif re.fullmatch(r"= \([A-Za-z-]+\)", line):
            value["original_language"] = line[3:-1]
        else:
            value["original"] = line.removeprefix("=").strip()
    return Block("quotation", value | {"text": f"<p>{spans.whole(text, source)}</p>"})


def _table(lines: list[str]) -> Block:
    caption, key = _whose(lines.pop(0)[2:] if lines[0].startswith("|=") else "")
    rows = "\n".join(line.strip("| ") for line in lines)
    return Block("table", {"caption": caption, "header": True, "rows": rows}, key)


def _list(lines: list[str], spans: _Spans) -> Block:
    is_ordered = not lines[0].startswith("- ")
    items: list[str] = []
    for line in lines:
        if line.startswith("- ") or _NUMBERED.match(line):
            items.append(
                line[2:] if line.startswith("- ") else _NUMBERED.sub("", line, 1)
            )
        else:
            items[-1] = _joined([items[-1], line.strip()])
    spans.is_whole = True
    html = [f"<p>{spans.html(item)}</p>" for item in items]
    spans.is_whole = False
    return Block("list", {"ordered": is_ordered, "items": html})


def _fenced(lines: list[str], spans: _Spans) -> Block:
    found = _FENCE.match(lines[0])
    if found is None:
        raise UnreadablePaper(f"“{lines[0]}” opens nothing that we know")
    title, key = _whose(found["title"])
    inner = list(_chunks("\n".join(lines[1:-1])))
    if found["kind"] == "gallery":
        pictures = [_PICTURE.match(line) for chunk in inner for line in chunk]
        shown = [
            {"picture": p["picture"], "caption": p["caption"]} for p in pictures if p
        ]
        return Block("gallery", {"title": title, "pictures": shown}, key)
    text = "".join(_fact(_block(chunk, spans)) for chunk in inner)
    return Block("fact_box", {"title": title, "text": text}, key)


def _fact(block: Block) -> str:
    if block.type == "paragraph":
        return str(block.value)
    if block.type == "list":
        items = (
            item.removeprefix("<p>").removesuffix("</p>")
            for item in block.value["items"]
        )
        return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    raise UnreadablePaper(f"a fact box holds no {block.type}")
