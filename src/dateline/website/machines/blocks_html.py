"""
A body as plain HTML for feeds: no classes, no notes in the margin, no scripts.

Its pieces were cleaned when they were stored; they are cleaned again here, because
a feed reader shows them on somebody else's page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from django.conf import settings
from markupsafe import Markup, escape

from dateline.languages import find
from dateline.publishing.queries import by_uid
from dateline.sources.models import Picture
from dateline.sources.renditions import (
    FALLBACK_WIDTH,
    address,
    pictures_by_id,
    scaled_height,
    widths_of,
)
from dateline.website.machines.addresses import absolute

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
    related = by_uid(sorted(uids)) if uids else {}
    return Readings(
        pictures_by_id(ids), {uid: row.path for uid, row in related.items()}
    )


def body_html(
    content: Mapping[str, Any], readings: Readings, gettext: Callable[[str], str]
) -> str:
    """Return the lead picture and the whole body of a snapshot."""
    writer = _Writer(readings, gettext)
    dateline = content.get("dateline", "")
    parts = [
        writer.picture(content["picture"]) if content.get("picture") else "",
        Markup("<p><b>{}</b></p>").format(dateline) if dateline else "",
        *(writer.block(block) for block in content["body"]),
    ]
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


def clean(html: str) -> Markup:
    """Return inline HTML that is safe anywhere, its links made absolute."""
    return Markup(  # noqa: S704  (cleaned in the same breath)
        nh3.clean(
            html,
            tags=INLINE,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            url_relative=("rewrite_with_base", settings.DATELINE_SITE_URL + "/"),
            link_rel=None,
        )
    )


class _Writer:
    """Writes one body; a block of an unknown type is left out, as a reader does."""

    def __init__(self, readings: Readings, gettext: Callable[[str], str]) -> None:
        self.readings = readings
        self.gettext = gettext

    def block(self, block: Mapping[str, Any]) -> str:
        write = getattr(self, f"_{block['type']}", None)
        return str(write(block["value"])) if write else ""

    def picture(self, value: Mapping[str, Any]) -> Markup:
        row = self.readings.pictures.get(value["id"])
        if row is None:
            return Markup("")
        width = max(w for w in widths_of(row) if w <= FALLBACK_WIDTH)
        shown = min(width, row.width)
        image = Markup('<img src="{}" width="{}" height="{}" alt="{}">').format(
            absolute(address(row, width, "jpg")),
            shown,
            scaled_height(row, shown),
            value["alt"],
        )
        under = " ".join(filter(None, (value["caption"], value["credit"])))
        return _figure(image, escape(under))

    _picture = picture

    def _paragraph(self, value: str) -> Markup:
        return clean(value)

    def _crosshead(self, value: str) -> Markup:
        return Markup("<h2>{}</h2>").format(value)

    def _quotation(self, value: Mapping[str, Any]) -> Markup:
        language = find(value["original_language"] or "")
        original = Markup('<p lang="{}">{}</p>').format(
            language.tag if language else "und", value["original"]
        )
        quoted = Markup("<blockquote>{}{}</blockquote>").format(
            clean(value["text"]), original if value["original"] else ""
        )
        who = ", ".join(filter(None, (value["speaker"], value["role"])))
        return _figure(quoted, escape(who))

    def _gallery(self, value: Mapping[str, Any]) -> Markup:
        title = self._crosshead(value["title"]) if value["title"] else Markup("")
        return title + Markup("").join(map(self.picture, value["pictures"]))

    def _list(self, value: Mapping[str, Any]) -> Markup:
        items = Markup("").join(
            Markup("<li>{}</li>").format(clean(item)) for item in value["items"]
        )
        tag = "ol" if value["ordered"] else "ul"
        return Markup("<{0}>{1}</{0}>").format(tag, items)

    def _table(self, value: Mapping[str, Any]) -> Markup:
        rows = [
            _row(cells, "th" if value["header"] and not index else "td")
            for index, cells in enumerate(value["rows"])
        ]
        caption = Markup("<caption>{}</caption>").format(value["caption"])
        return Markup("<table>{}{}</table>").format(
            caption if value["caption"] else "", Markup("").join(rows)
        )

    def _fact_box(self, value: Mapping[str, Any]) -> Markup:
        return Markup("<hr><h3>{}</h3>{}<hr>").format(
            value["title"], clean(value["text"])
        )

    def _related(self, value: Mapping[str, Any]) -> Markup:
        # A link into the paper leads nowhere once the article was withdrawn.
        url = self.readings.paths.get(value["article"] or "", value["url"])
        if not url:
            return Markup("")
        return Markup("<p>{}: {}</p>").format(
            self.gettext("Read also"), _link(url, value["title"])
        )

    def _embed(self, value: Mapping[str, Any]) -> Markup:
        site = Markup(" ({})").format(value["site"]) if value["site"] else ""
        told = Markup("<br>{}").format(value["description"])
        return Markup("<p>{}{}{}</p>").format(
            _link(value["url"], value["title"]),
            site,
            told if value["description"] else "",
        )

    def _audio(self, value: Mapping[str, Any]) -> Markup:
        file = value["file"]
        return Markup("<p>{}</p>").format(_link(file["url"], value["title"]))

    _video = _audio


def _figure(inside: Markup, under: Markup) -> Markup:
    caption = Markup("<figcaption>{}</figcaption>").format(under) if under else ""
    return Markup("<figure>{}{}</figure>").format(inside, caption)


def _row(cells: list[str], tag: str) -> Markup:
    made = (Markup("<{0}>{1}</{0}>").format(tag, cell) for cell in cells)
    return Markup("<tr>{}</tr>").format(Markup("").join(made))


def _link(url: str, text: str) -> Markup:
    return clean(Markup('<a href="{}">{}</a>').format(absolute(url), text or url))
