"""Where readers arrive: the address of the house, and each edition's front."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dateline import languages
from dateline.articles.queries import all_sections
from dateline.editions.queries import live_editions, place_of
from dateline.publishing.models import Publication
from dateline.publishing.queries import considered, newest_of_each, read_pictures
from dateline.publishing.tags import Shows
from dateline.publishing.vocabulary import ListKind
from dateline.website.cards import by_day, card, cards
from dateline.website.pages import (
    FrontPage,
    Link,
    Paper,
    SectionRow,
    Trouble,
    Weight,
)
from dateline.website.views.rendering import (
    feeds_of,
    head,
    in_an_edition,
    render,
    trouble,
)

CONSIDERED = 60
SECONDS = 2
BRIEFS = 12
CARDS_IN_A_ROW = 5
FEW = 1
FRESH = timedelta(hours=36)


@require_safe
def door(request: HttpRequest) -> HttpResponseBase:
    """Lead to the edition that the reader's browser asks for."""
    editions = live_editions()
    if not editions:
        return trouble(request, Trouble.MISSING, status=404)
    chief = next((e.code for e in editions if e.is_default), editions[0].code)
    header = request.headers.get("Accept-Language")
    code = languages.negotiate(header, [e.code for e in editions], chief)
    answer = HttpResponseRedirect(f"/{code}/")
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


@in_an_edition
def front(request: HttpRequest, paper: Paper) -> HttpResponse:
    found = considered(paper.code, limit=CONSIDERED)
    chosen = leading(found)
    shown = {row.pk for row in chosen}
    rest = [row for row in found if row.pk not in shown]
    rows = _articles_of_sections(paper.code, shown)
    read_pictures([*chosen, *(articles[0] for articles in rows.values())])
    page = FrontPage(
        paper=paper,
        head=head(
            paper,
            request.path,
            description=paper.motto,
            feeds=feeds_of(request.path, paper.name),
        ),
        day=found[0].published_at if found else None,
        place=place_of(paper.code),
        lead=card(chosen[0]) if chosen else None,
        seconds=cards(chosen[1:]),
        briefs=by_day(cards(rest[:BRIEFS], Shows.TITLE), paper),
        rows=tuple(_rows(paper.code, rows)),
        latest_url=f"/{paper.code}/latest/",
    )
    return render("front", page)


def leading(found: list[Publication]) -> list[Publication]:
    """
    Return what leads the front: the most urgent of the last day and a half.

    Where those are too few, the newest after them fill up. The day and a half is
    counted from the newest article, not from the clock, so that a page that was
    rendered once stays true until something is published.
    """
    if not found:
        return []
    since = found[0].published_at - FRESH
    fresh = [row for row in found if row.published_at >= since]
    ranked = sorted(fresh, key=lambda row: (row.urgency, -row.published_at.timestamp()))
    return [*ranked, *found[len(fresh) :]][: 1 + SECONDS]


def _articles_of_sections(code: str, shown: set[int]) -> dict[str, list[Publication]]:
    """
    Return by section what the front shows of it, beside what leads the page.

    The weightiest leads its section; the rest stay in the order of time.
    """
    sections = [section.slug for section in all_sections()]
    newest = newest_of_each(
        code, ListKind.SECTION, sections, limit=CARDS_IN_A_ROW + 1 + SECONDS
    )
    found = {}
    for section, articles in newest.items():
        left = [row for row in articles if row.pk not in shown][:CARDS_IN_A_ROW]
        if left:
            lead = min(left, key=lambda row: row.urgency)
            found[section] = [lead, *(row for row in left if row.pk != lead.pk)]
    return found


def _rows(code: str, found: dict[str, list[Publication]]) -> list[SectionRow]:
    rows = []
    for section in all_sections():
        if section.slug in found:
            lead, *rest = found[section.slug]
            link = Link(section.name_in(code), f"/{code}/sections/{section.slug}/")
            rows.append(SectionRow(link, card(lead), cards(rest, Shows.TITLE)))
    return weighed(rows)


def weighed(rows: list[SectionRow]) -> list[SectionRow]:
    """Give each section its weight: a front of equal rows would be a catalogue."""
    done: list[SectionRow] = []
    while len(done) < len(rows):
        small = [len(row.cards) <= FEW for row in rows[len(done) : len(done) + 2]]
        if small == [True, True]:
            pair = rows[len(done) : len(done) + 2]
            done += [replace(row, weight=Weight.HALF) for row in pair]
        else:
            row = rows[len(done)]
            done.append(replace(row, weight=_weight(row, done)))
    return done


def _weight(row: SectionRow, above: list[SectionRow]) -> Weight:
    if row.lead.picture is None:
        return Weight.TEXT
    if all(one.weight != Weight.WIDE for one in above) and len(row.cards) > FEW:
        return Weight.WIDE
    return Weight.TEXT if above and above[-1].weight == Weight.SIDE else Weight.SIDE
