"""How every reader's page is answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template import engines
from django.views.decorators.http import require_safe

from dateline import languages
from dateline.publishing.queries import newest
from dateline.publishing.tags import Shows
from dateline.website.cards import cards
from dateline.website.machines.open_graph import open_graph
from dateline.website.machines.structured_data import structured_data
from dateline.website.pages import (
    Card,
    Feed,
    Head,
    Page,
    Paper,
    Trouble,
    TroublePage,
)
from dateline.website.papers import any_paper, find_paper

CARDS_BESIDE_TROUBLE = 5


class Missing(Exception):
    """There is nothing at this address."""


class Elsewhere(Exception):
    """What is asked for stands at another address, for good."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


NUMBERS = {"year", "month", "day", "number", "first", "second"}
PaperView = Callable[..., HttpResponseBase]


def in_an_edition(view: PaperView) -> PaperView:
    """Give a view its edition's paper; answer for editions that are not there."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, code: str, **rest: Any) -> HttpResponseBase:
        try:
            paper = known_paper(request, code)
            return view(request, paper, **_with_numbers(rest))
        except Elsewhere as elsewhere:
            return HttpResponseRedirect(elsewhere.path, status=301)
        except Missing:
            return trouble(request, Trouble.MISSING, status=404, code=code)

    return answered


def _with_numbers(parts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: int(part) if name in NUMBERS else part for name, part in parts.items()
    }


def known_paper(request: HttpRequest, code: str) -> Paper:
    """
    Return the live edition of a code.

    :raises Elsewhere: the code is another name of a language (`he` is `iw`)
    :raises Missing: readers can open no such edition
    """
    if paper := find_paper(code, current=request.path):
        return paper
    language = languages.find(code)
    if language and language.code != code:
        rest = request.get_full_path().removeprefix(f"/{code}")
        raise Elsewhere(f"/{language.code}{rest}")
    raise Missing


def render(template: str, page: Page, *, status: int = 200) -> HttpResponse:
    """Print a page, with what machines are told of it in its head."""
    told = replace(
        page.head,
        structured_data=structured_data(page),
        open_graph=tuple(open_graph(page)),
    )
    page = replace(page, head=told)
    text = engines["reader"].get_template(f"website/{template}.html")
    return HttpResponse(text.render({"page": page}), status=status)


def head(
    paper: Paper,
    path: str,
    title: str = "",
    *,
    description: str = "",
    feeds: tuple[Feed, ...] = (),
) -> Head:
    """Return what machines are told of an ordinary page."""
    return Head(
        title=f"{title} – {paper.name}" if title else paper.name,
        description=description,
        canonical=settings.DATELINE_SITE_URL + path,
        feeds=feeds,
    )


def feeds_of(path: str, title: str) -> tuple[Feed, ...]:
    """Return the three feeds of the list at an address."""
    return (
        Feed(title, f"{path}feed.rss", "application/rss+xml"),
        Feed(title, f"{path}feed.atom", "application/atom+xml"),
        Feed(title, f"{path}feed.json", "application/feed+json"),
    )


def trouble(
    request: HttpRequest, kind: Trouble, *, status: int, code: str = ""
) -> HttpResponse:
    """Answer in the paper's voice, in the language of the address if it has one."""
    language = languages.find(code) if code else None
    paper = (find_paper(language.code) if language else None) or any_paper()
    if paper is None:
        return HttpResponse(
            "Nothing is published here yet.\n", "text/plain; charset=utf-8", status
        )
    page = TroublePage(
        paper=paper,
        head=Head(title=paper.name, is_indexed=False),
        trouble=kind,
        latest=_newest_beside(paper),
    )
    return render("trouble", page, status=status)


def _newest_beside(paper: Paper) -> tuple[Card, ...]:
    found = newest(paper.code, limit=CARDS_BESIDE_TROUBLE, shows=None)
    return cards(found, Shows.TEASER)


def day_of(year: int, month: int, day: int) -> date:
    """
    Return the day an address names.

    :raises Missing: the calendar has no such day
    """
    try:
        return date(year, month, day)
    except ValueError:
        raise Missing from None
