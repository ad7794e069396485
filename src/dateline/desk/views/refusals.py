"""Saying why an act was refused, each reason with the way to where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from dateline.articles.models import Article
from dateline.publishing.rules import ActRefused, Refusal

PLACES = {
    "headline": ("Headline", "#id_headline"),
    "lede": ("Lede", "#id_lede"),
    "body": ("Body", "#panel-child-copy-child-body-wrapper"),
    "language": ("Language", "#id_language"),
    "section": ("Section", "#id_section"),
    "slug": ("Address", "#id_slug"),
    "bylines": ("Byline", "#id_bylines-FORMS"),
    "embargoed_until_at": ("Embargo", "#id_embargoed_until_at"),
    "picture": ("Caption", "#id_lead_caption"),
    "lead_picture": ("Lead picture", "#id_lead_alt"),
}
WAYS = {
    "accusation": ("Answer for it", "desk:accusations"),
    "interest": ("What readers are told", "interests:edit"),
    "interests": ("Another is meant", "desk:interests"),
    "picture": ("Picture", "wagtailimages:edit"),
    "wire_item": ("Wire item", "desk:wire_item"),
    "source": ("Source", "desk:source"),
}
"""What a finding names beside its place in the text, and the screen that shows it."""
HERE = ("reason", "desk", "due_at", "passages")


@dataclass(frozen=True)
class Mending:
    """One refusal as the desk shows it."""

    code: str
    message: str
    label: str = ""
    url: str = ""
    passages: tuple["Passage", ...] = ()


@dataclass(frozen=True)
class Passage:
    """One place in the text that a refusal is about."""

    text: str
    says: str
    url: str
    ways: tuple[tuple[str, str], ...] = ()
    """Where else it is mended: words and address."""


def mendings(article: Article, refusals: tuple[Refusal, ...]) -> list[Mending]:
    """Return each refusal with the link that leads to where it is mended."""
    edit = reverse("articles:edit", args=(article.pk,))
    found = [_mending(article, refusal, edit) for refusal in refusals]
    return [
        replace(mending, passages=tuple(_passages(refusal, edit)))
        for mending, refusal in zip(found, refusals, strict=True)
    ]


def _passages(refusal: Refusal, edit: str) -> Iterator[Passage]:
    for finding in refusal.findings:
        yield Passage(
            finding.text,
            finding.says,
            edit + _anchor(finding.place),
            tuple(way for told in finding.ways if (way := _way(told))),
        )


def _way(told: str) -> tuple[str, str] | None:
    kind, _, key = told.partition(":")
    if kind not in WAYS:
        return None
    label, name = WAYS[kind]
    return label, reverse(name, args=(key,))


def _anchor(place: str) -> str:
    if place in PLACES:
        return PLACES[place][1]
    return f"#block-{place}-section" if place else ""


def _mending(article: Article, refusal: Refusal, edit: str) -> Mending:
    if refusal.code == "edition-not-live":
        editions = reverse("editions:list")
        return Mending(refusal.code, refusal.message, "Editions", editions)
    if refusal.place == "wire_item" and article.wire_item_id:
        item = reverse("desk:wire_item", args=(article.wire_item_id,))
        return Mending(refusal.code, refusal.message, "Wire item", item)
    if refusal.place in PLACES:
        label, anchor = PLACES[refusal.place]
        return Mending(refusal.code, refusal.message, label, edit + anchor)
    if refusal.place in HERE:
        return Mending(refusal.code, refusal.message, "", f"#id_{refusal.place}")
    return Mending(refusal.code, refusal.message)


def say_refusals(
    request: HttpRequest, article: Article, refused: ActRefused
) -> HttpResponse:
    """Show every reason on the article's own page, and go there."""
    rows: list[tuple[Any, ...]] = [
        (m.message, _link(m)) for m in mendings(article, refused.refusals)
    ]
    listed = format_html_join("", "<li>{} {}</li>", rows)
    text = format_html("It was not published.<ul>{}</ul>", listed)
    messages.error(request, text)
    return redirect("articles:edit", article.pk)


def _link(mending: Mending) -> str:
    if not mending.url:
        return ""
    return format_html('<a href="{}">{}</a>', mending.url, mending.label or "Mend it")
