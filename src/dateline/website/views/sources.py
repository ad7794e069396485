"""The page of a source: who it is, and what is published from it."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from dateline.editions.queries import live_editions
from dateline.pagestore.tags import read
from dateline.publishing import queries
from dateline.publishing.lists import UNNAMED
from dateline.publishing.queries import FromSource
from dateline.publishing.vocabulary import ListKind
from dateline.sources import tags
from dateline.sources.models import Source
from dateline.sources.queries import public_words, standing_source
from dateline.sources.vocabulary import SourceKind
from dateline.website.cards import by_day, cards
from dateline.website.environment import words
from dateline.website.pages import Link, Paper, SourcePage, SourceView, SourceWord
from dateline.website.views.lists import CARDS_A_PAGE, cursor_of, older_than
from dateline.website.views.rendering import (
    Elsewhere,
    Missing,
    head,
    in_an_edition,
    render,
)
from dateline.website.wording import UNNAMED_SOURCES

#: Whoever looks for a person by name should find what they did, not what they told us.
_PEOPLE = frozenset({SourceKind.PERSON, SourceKind.EYEWITNESS})


@in_an_edition
def source(
    request: HttpRequest, paper: Paper, key: str, before: str = ""
) -> HttpResponse:
    cursor = cursor_of(before, queries.is_of_publication)
    row = _known(paper, key)
    told = queries.from_source(paper.code, key, is_counted=cursor is None)
    if told is None:
        raise Missing
    found = queries.newest(
        paper.code,
        ListKind.SOURCE,
        key,
        limit=CARDS_A_PAGE + 1,
        before=cursor,
        shows=None,
    )
    if cursor and not found:
        raise Missing
    path = f"/{paper.code}/sources/{key}/"
    shown = _view(row, paper, told, is_first=cursor is None)
    page = SourcePage(
        paper=paper,
        head=replace(
            head(paper, request.path, shown.name, description=shown.description),
            is_indexed=shown.kind not in _PEOPLE,
        ),
        kind=ListKind.SOURCE.value,
        title=shown.name,
        days=by_day(cards(found[:CARDS_A_PAGE]), paper),
        older=older_than(path, found),
        newest=path if cursor else "",
        beside=_policy(paper) if row is None else (),
        source=shown,
    )
    return render("source", page)


def _known(paper: Paper, key: str) -> Source | None:
    """
    Return the source of a number; None is all those that are not named.

    :raises Elsewhere: it is one with another source
    :raises Missing: there is none, or it has no page of its own
    """
    if key == UNNAMED:
        return None
    row = Source.objects.filter(pk=int(key)).select_related("merged_into").first()
    read(tags.source(int(key)))
    if row is None or row.kind == SourceKind.UNNAMED:
        raise Missing
    if row.merged_into_id:
        now = standing_source(row)
        read(tags.source(now.pk))
        if queries.from_source(paper.code, str(now.pk), is_counted=False) is None:
            raise Missing
        raise Elsewhere(f"/{paper.code}/sources/{now.pk}/")
    return row


def _view(
    row: Source | None, paper: Paper, told: FromSource, *, is_first: bool
) -> SourceView:
    if row is None:
        shown = SourceView(words(paper.code).gettext(UNNAMED_SOURCES), "unnamed")
    else:
        read(*row.tags_in(paper.code))
        shown = SourceView(row.name_in(paper.code), row.kind)
    if not is_first:
        return shown
    shown = replace(shown, articles=told.articles, statements=told.statements)
    return _with_its_own(shown, row, paper) if row else shown


def _with_its_own(shown: SourceView, row: Source, paper: Paper) -> SourceView:
    notes, corrections = public_words(row)
    is_described = row.kind not in _PEOPLE and _is_of_the_house(paper)
    return replace(
        shown,
        url=row.url,
        description=row.description if is_described else "",
        notes=tuple(SourceWord(one.text, one.noted_at.date()) for one in notes),
        corrections=tuple(
            SourceWord(one.text, one.corrected_on, one.address) for one in corrections
        ),
    )


def _is_of_the_house(paper: Paper) -> bool:
    """Tell whether an edition is in the language in which the desk writes."""
    live = live_editions()
    chief = next((edition for edition in live if edition.is_default), live[0])
    return chief.code == paper.code


def _policy(paper: Paper) -> tuple[Link, ...]:
    """Return the page on how the paper uses sources, if it has one."""
    links: Iterable[Link] = paper.standing
    return tuple(link for link in links if link.url.endswith("/sources-policy/"))
