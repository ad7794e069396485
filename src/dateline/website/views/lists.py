"""Lists of articles: latest, section, topic, place, story, contributor, a day."""

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from dateline.languages.dates import format_date
from dateline.publishing import queries
from dateline.publishing.models import Publication
from dateline.publishing.queries import Cursor
from dateline.publishing.vocabulary import ListKind
from dateline.website.cards import by_day, cards
from dateline.website.copy import bylines
from dateline.website.environment import words
from dateline.website.machines.lists import ListOfArticles, find_list
from dateline.website.pages import (
    Byline,
    CorrectionsPage,
    CorrectionView,
    DayPage,
    ListPage,
    Paper,
)
from dateline.website.views.rendering import (
    Missing,
    day_of,
    feeds_of,
    head,
    in_an_edition,
    render,
)

CARDS_A_PAGE = 30
CORRECTIONS_A_PAGE = 50


@in_an_edition
def latest(request: HttpRequest, paper: Paper, before: str = "") -> HttpResponse:
    """Everything, by the minute."""
    title = words(paper.code).gettext("Latest")
    shown = ListOfArticles(paper.code, ListKind.LATEST, "", title)
    return _list(request, paper, shown, f"/{paper.code}/latest/", before)


@in_an_edition
def listing(
    request: HttpRequest, paper: Paper, folder: str, slug: str, before: str = ""
) -> HttpResponse:
    shown = find_list(paper.code, folder, slug)
    if shown is None:
        raise Missing
    return _list(request, paper, shown, shown.path, before)


def _list(
    request: HttpRequest, paper: Paper, shown: ListOfArticles, path: str, before: str
) -> HttpResponse:
    cursor = cursor_of(before, queries.is_of_publication)
    found = queries.newest(
        paper.code,
        shown.kind,
        shown.key,
        limit=CARDS_A_PAGE + 1,
        before=cursor,
        shows=None,
    )
    if cursor and not found:
        raise Missing
    page = ListPage(
        paper=paper,
        head=head(paper, request.path, shown.name, feeds=feeds_of(path, shown.name)),
        kind=shown.kind.value,
        title=shown.name,
        days=by_day(cards(found[:CARDS_A_PAGE]), paper),
        older=older_than(path, found),
        newest=path if cursor else "",
        contributor=_contributor(shown),
    )
    return render("list", page)


def cursor_of(text: str, is_known: Callable[[Cursor], bool]) -> Cursor | None:
    """
    Return the place in a list that an address names, if it names one.

    :raises Missing: it is of no use. Any moment would do, and so a stranger could
        have pages without end rendered and kept.
    """
    if not text:
        return None
    cursor = Cursor.parse(text)
    if cursor is None or cursor.spelled() != text or not is_known(cursor):
        raise Missing
    return cursor


def older_than(path: str, found: list[Publication]) -> str:
    """Return where the list goes on, addressed by the last article shown."""
    if len(found) <= CARDS_A_PAGE:
        return ""
    last = found[CARDS_A_PAGE - 1]
    return f"{path}before/{Cursor(last.published_at, last.pk).spelled()}/"


def _contributor(shown: ListOfArticles) -> Byline | None:
    if shown.kind != ListKind.CONTRIBUTOR:
        return None
    told = {"slug": shown.key, "name": shown.name, "kind": "person"}
    return bylines([told], shown.code)[0]


@in_an_edition
def corrections(request: HttpRequest, paper: Paper, before: str = "") -> HttpResponse:
    cursor = cursor_of(before, queries.is_of_correction)
    path = f"/{paper.code}/corrections/"
    found = queries.newest_corrections(
        paper.code, limit=CORRECTIONS_A_PAGE + 1, before=cursor
    )
    if cursor and not found:
        raise Missing
    older = ""
    if len(found) > CORRECTIONS_A_PAGE:
        last = found[CORRECTIONS_A_PAGE - 1]
        older = f"{path}before/{Cursor(last.corrected_at, last.pk).spelled()}/"
    title = words(paper.code).gettext("Corrections")
    page = CorrectionsPage(
        paper=paper,
        head=head(paper, request.path, title, feeds=feeds_of(path, title)),
        corrections=tuple(
            CorrectionView(
                row.text,
                row.corrected_at,
                row.publication.headline,
                row.publication.path,
            )
            for row in found[:CORRECTIONS_A_PAGE]
        ),
        older=older,
        newest=path if cursor else "",
    )
    return render("corrections", page)


@in_an_edition
def archive(
    request: HttpRequest, paper: Paper, year: int, month: int, day: int
) -> HttpResponse:
    """One day of the paper, with the month round it."""
    on = day_of(year, month, day)
    start, end = _bounds(on, paper)
    published = queries.of_day(paper.code, start, end)
    found = published.articles
    previous, following = _neighbors(paper, published, end)
    if not found and previous is None and following is None:
        raise Missing
    page = DayPage(
        paper=paper,
        head=head(paper, request.path, format_date(paper.code, on)),
        day=on,
        cards=cards(found),
        previous=previous,
        next=following,
        weeks=_weeks(on),
        days_with_news=_days_with_news(paper, on),
        previous_month=previous
        and min(previous, on.replace(day=1) - timedelta(days=1)),
    )
    return render("day", page, status=200 if found else 404)


def _bounds(on: date, paper: Paper) -> tuple[datetime, datetime]:
    zone = ZoneInfo(paper.timezone)
    begins = datetime.combine(on, time.min, zone)
    try:
        ends = datetime.combine(on + timedelta(days=1), time.min, zone)
        return begins.astimezone(UTC), ends.astimezone(UTC)
    except OverflowError:
        raise Missing from None


def _neighbors(
    paper: Paper, day: queries.Day, end: datetime
) -> tuple[date | None, date | None]:
    zone = ZoneInfo(paper.timezone)
    after = queries.neighbor_day(paper.code, end, earlier=False)
    return (
        day.before.astimezone(zone).date() if day.before else None,
        after.astimezone(zone).date() if after else None,
    )


def _weeks(on: date) -> tuple[tuple[date | None, ...], ...]:
    weeks = calendar.Calendar().monthdatescalendar(on.year, on.month)
    return tuple(
        tuple(one if one.month == on.month else None for one in week) for week in weeks
    )


def _days_with_news(paper: Paper, on: date) -> frozenset[date]:
    first = on.replace(day=1)
    last = first.replace(day=calendar.monthrange(on.year, on.month)[1])
    start, end = _bounds(first, paper)[0], _bounds(last, paper)[1]
    return frozenset(queries.days_between(paper.code, start, end, paper.timezone))
