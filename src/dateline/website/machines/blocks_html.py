"""
A body as plain HTML for feeds: no classes, no notes in the margin, no scripts.

Its pieces were cleaned when they were stored; they are cleaned again here, because
a feed reader shows them on somebody else's page. Everything here is HTML already but
what stands in `escape`: a feed has hundreds of pieces, and Markup's own format takes
ten times as long.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from django.conf import settings
from markupsafe import escape

from dateline.languages import find
from dateline.publishing.queries import by_uid
from dateline.publishing.tags import Shows
from dateline.sources.models import Picture
from dateline.sources.renditions import (
    FALLBACK_WIDTH,
    address,
    pictures_by_id,
    scaled_height,
    widths_of,
)
from dateline.website.ledger import differences
from dateline.website.machines.addresses import absolute
from dateline.website.pages import Answer, Difference
from dateline.website.wording import DIFFER, known_as

PIECES_REMEMBERED = 2_000
INLINE = {"a", "b", "br", "em", "i", "p", "strong", "sub", "sup", "ul", "ol", "li"}


@dataclass(frozen=True, slots=True)
class Readings:
    """What bodies refer to, read beforehand: two queries for a whole feed."""

    pictures: Mapping[int, Picture]
    paths: Mapping[str, str]
    """Where related articles stand, by uid; only those that are public."""


def readings_of(contents: Sequence[Mapping[str, Any]]) -> Readings:
    """Return what the bodies of these snapshots refer to."""
    uids = {uid for content in contents for uid in _related_uids(content)}
    ids = {id for content in contents for id in picture_ids(content)}
    related = by_uid(sorted(uids), shows=Shows.PATH) if uids else {}
    return Readings(
        pictures_by_id(ids), {uid: row.path for uid, row in related.items()}
    )


def body_html(
    content: Mapping[str, Any], readings: Readings, gettext: Callable[[str], str]
) -> str:
    """Return the lead picture and the whole body of a snapshot."""
    writer = _Writer(readings, gettext)
    dateline = content.get("dateline", "")
    differing = differences(content)
    parts = [
        writer.picture(content["picture"]) if content.get("picture") else "",
        f"<p><b>{escape(dateline)}</b></p>" if dateline else "",
    ]
    for block in content["body"]:
        parts.append(writer.block(block))
        parts += [writer.difference(row) for row in differing.get(block["id"], ())]
    told = content.get("disclosures", ())
    parts += [f"<p><i>{escape(row['text'])}</i></p>" for row in told]
    return "\n".join(part for part in parts if part)


def picture_ids(content: Mapping[str, Any]) -> Iterator[int]:
    """Yield the pictures that a snapshot shows; one shown twice comes twice."""
    if content.get("picture"):
        yield content["picture"]["id"]
    for value in _values(content, "picture"):
        yield value["id"]
    for value in _values(content, "gallery"):
        yield from (picture["id"] for picture in value["pictures"])


def _related_uids(content: Mapping[str, Any]) -> Iterator[str]:
    for value in _values(content, "related"):
        if value["article"]:
            yield value["article"]


def _values(content: Mapping[str, Any], type: str) -> Iterable[Any]:
    return (block["value"] for block in content["body"] if block["type"] == type)


def clean(html: str) -> str:
    """Return inline HTML that is safe anywhere, its links made absolute."""
    return _clean(html, settings.DATELINE_SITE_URL + "/")


# One article stands in the feeds of all its lists, and thirty times in each of them
# before it has moved out.
@lru_cache(PIECES_REMEMBERED)
def _clean(html: str, base: str) -> str:
    return nh3.clean(
        html,
        tags=INLINE,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", base),
        link_rel=None,
    )


class _Writer:
    """Writes one body; a block of an unknown type is left out, as a reader does."""

    def __init__(self, readings: Readings, gettext: Callable[[str], str]) -> None:
        self.readings = readings
        self.gettext = gettext

    def block(self, block: Mapping[str, Any]) -> str:
        write = getattr(self, f"_{block['type']}", None)
        return str(write(block["value"])) if write else ""

    def picture(self, value: Mapping[str, Any]) -> str:
        row = self.readings.pictures.get(value["id"])
        if row is None:
            return ""
        width = max(w for w in widths_of(row) if w <= FALLBACK_WIDTH)
        shown = min(width, row.width)
        source = escape(absolute(address(row, width, "jpg")))
        size = f'width="{shown}" height="{scaled_height(row, shown)}"'
        image = f'<img src="{source}" {size} alt="{escape(value["alt"])}">'
        archive = self.gettext("Archive picture") if value.get("archive") else ""
        told = (value["caption"], archive and f"({archive})", value["credit"])
        under = " ".join(filter(None, told))
        return _figure(image, under)

    _picture = picture

    def difference(self, row: Difference) -> str:
        """Return what the sources say to one question, side by side."""
        head = f"{self.gettext(DIFFER)}: {row.question}"
        answers = "".join(f"<li>{self._answer(one)}</li>" for one in row.answers)
        because = escape(row.settled_because)
        settled = f"<p>{because}</p>" if because else ""
        return f"<p><b>{escape(head)}</b></p><ul>{answers}</ul>{settled}"

    def _answer(self, answer: Answer) -> str:
        says = self.gettext(known_as(answer.status, second=answer.second))
        told = {"source": answer.name, "second": answer.second}
        return str(escape(f"{answer.says} – {says % told}"))

    def _paragraph(self, value: str) -> str:
        return clean(value)

    def _crosshead(self, value: str) -> str:
        return f"<h2>{escape(value)}</h2>"

    def _quotation(self, value: Mapping[str, Any]) -> str:
        quoted = f"<blockquote>{clean(value['text'])}{_original(value)}</blockquote>"
        return _figure(
            quoted, ", ".join(filter(None, (value["speaker"], value["role"])))
        )

    def _gallery(self, value: Mapping[str, Any]) -> str:
        title = self._crosshead(value["title"]) if value["title"] else ""
        return title + "".join(map(self.picture, value["pictures"]))

    def _list(self, value: Mapping[str, Any]) -> str:
        items = "".join(f"<li>{clean(item)}</li>" for item in value["items"])
        tag = "ol" if value["ordered"] else "ul"
        return f"<{tag}>{items}</{tag}>"

    def _table(self, value: Mapping[str, Any]) -> str:
        rows = "".join(
            _row(cells, "th" if value["header"] and not index else "td")
            for index, cells in enumerate(value["rows"])
        )
        caption = value["caption"]
        over = f"<caption>{escape(caption)}</caption>" if caption else ""
        return f"<table>{over}{rows}</table>"

    def _fact_box(self, value: Mapping[str, Any]) -> str:
        return f"<hr><h3>{escape(value['title'])}</h3>{clean(value['text'])}<hr>"

    def _related(self, value: Mapping[str, Any]) -> str:
        # A link into the paper leads nowhere once the article was withdrawn.
        url = self.readings.paths.get(value["article"] or "", value["url"])
        if not url:
            return ""
        label = escape(self.gettext("Read also"))
        return f"<p>{label}: {_link(url, value['title'])}</p>"

    def _embed(self, value: Mapping[str, Any]) -> str:
        site = f" ({escape(value['site'])})" if value["site"] else ""
        description = value["description"]
        told = f"<br>{escape(description)}" if description else ""
        return f"<p>{_link(value['url'], value['title'])}{site}{told}</p>"

    def _audio(self, value: Mapping[str, Any]) -> str:
        return f"<p>{_link(value['file']['url'], value['title'])}</p>"

    _video = _audio


def _original(value: Mapping[str, Any]) -> str:
    """Return a quotation in the words in which it was said."""
    if not value["original"]:
        return ""
    language = find(value["original_language"] or "")
    tag = language.tag if language else "und"
    return f'<p lang="{escape(tag)}">{escape(value["original"])}</p>'


def _figure(inside: str, under: str) -> str:
    caption = f"<figcaption>{escape(under)}</figcaption>" if under else ""
    return f"<figure>{inside}{caption}</figure>"


def _row(cells: list[str], tag: str) -> str:
    made = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{made}</tr>"


def _link(url: str, text: str) -> str:
    return clean(f'<a href="{escape(absolute(url))}">{escape(text or url)}</a>')
