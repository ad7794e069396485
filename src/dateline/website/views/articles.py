"""An article at its address, its versions, what changed between two; standing pages."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from dateline.articles.vocabulary import Purpose
from dateline.publishing import queries
from dateline.publishing.models import Publication, Version
from dateline.publishing.tags import Shows
from dateline.publishing.vocabulary import ListKind
from dateline.website.cards import cards
from dateline.website.copy import article_view, title_view, version_view
from dateline.website.differences import differences
from dateline.website.machines import ninjs
from dateline.website.pages import (
    ArticlePage,
    DifferencesPage,
    Feed,
    Head,
    Paper,
    StandingPage,
    TombstonePage,
    VersionLine,
    VersionPage,
    VersionsPage,
)
from dateline.website.views.rendering import (
    Elsewhere,
    Missing,
    day_of,
    head,
    in_an_edition,
    render,
)

MORE = 4
GONE = 410


@in_an_edition
def article(
    request: HttpRequest, paper: Paper, year: int, month: int, day: int, slug: str
) -> HttpResponseBase:
    publication = _at_address(paper, year, month, day, slug)
    if not publication.is_public:
        return _tombstone(paper, publication)
    shown = article_view(publication, publication.version)
    page = ArticlePage(
        paper=paper,
        head=head(
            paper,
            publication.path,
            shown.headline,
            description=shown.lede,
            feeds=(Feed("ninjs", publication.path + ninjs.FILE, ninjs.TYPE),),
        ),
        article=shown,
        more=cards(_more(publication), Shows.TEASER),
    )
    return render("article", page)


def _at_address(  # noqa: PLR0913  (an address has so many parts)
    paper: Paper,
    year: int,
    month: int,
    day: int,
    slug: str,
    rest: str = "",
    *,
    shows: Shows = Shows.ARTICLE,
) -> Publication:
    """
    Return what stands at an address, public or killed.

    :raises Elsewhere: it moved
    :raises Missing: nothing ever stood there
    """
    on = day_of(year, month, day)
    if found := queries.get_publication(paper.code, on, slug, shows=shows):
        return found
    if moved := queries.moved_to(paper.code, on, slug):
        raise Elsewhere(moved.path + rest)
    raise Missing


def _more(publication: Publication) -> list[Publication]:
    """Return what to read next: the same story, or the same section."""
    # The lists go by what was published, whatever the desk has since called it.
    content = publication.version.content
    kind = ListKind.STORY if content["story"] else ListKind.SECTION
    key = content[kind.value]
    if not key:
        return []
    found = queries.newest(publication.language, kind, key, limit=MORE + 1, shows=None)
    return [row for row in found if row.pk != publication.pk][:MORE]


def _tombstone(paper: Paper, publication: Publication) -> HttpResponse:
    stone = queries.tombstone_of(publication)
    page = TombstonePage(
        paper=paper,
        head=Head(title=paper.name, is_indexed=False),
        desk=stone.desk,
        killed_at=stone.killed_at,
        reason=stone.reason,
        published_at=publication.published_at,
        entry_number=stone.entry.sequence,
        entry_hash=stone.entry.hash,
    )
    return render("tombstone", page, status=GONE)


@in_an_edition
def versions(
    request: HttpRequest, paper: Paper, year: int, month: int, day: int, slug: str
) -> HttpResponse:
    publication = _at_address(paper, year, month, day, slug, "versions/")
    if not publication.is_public:
        return _tombstone(paper, publication)
    shown = version_view(publication, publication.version)
    lines = [_line(row, publication) for row in queries.versions_of(publication)]
    page = VersionsPage(
        paper=paper,
        head=head(paper, request.path, shown.headline),
        article=shown,
        versions=tuple(reversed(lines)),
    )
    return render("versions", page)


def _line(version: Version, publication: Publication) -> VersionLine:
    path, number = f"{publication.path}versions/", version.number
    return VersionLine(
        number=number,
        act=version.act,
        published_at=version.published_at,
        url=f"{path}{number}/",
        note=version.note,
        compare_url=f"{path}{number - 1}-{number}/" if number > 1 else "",
        is_current=version.pk == publication.version_id,
        is_redacted=version.redacted_by_id is not None,
        entry_hash=version.entry.hash,
    )


@in_an_edition
def version(  # noqa: PLR0913  (an address has so many parts)
    request: HttpRequest,
    paper: Paper,
    *,
    year: int,
    month: int,
    day: int,
    slug: str,
    number: int,
) -> HttpResponse:
    """Show one version as it stood."""
    rest = f"versions/{number}/"
    publication = _at_address(paper, year, month, day, slug, rest, shows=Shows.TITLE)
    if not publication.is_public:
        return _tombstone(paper, publication)
    found, path = _version(publication, number), f"{publication.path}versions/"
    page = VersionPage(
        paper=paper,
        head=Head(title=publication.headline, is_indexed=False),
        article=version_view(publication, found),
        shown=_line(found, publication),
        versions_url=path,
        previous_url=f"{path}{number - 1}/" if number > 1 else "",
        next_url=f"{path}{number + 1}/"
        if queries.has_version(publication, number + 1)
        else "",
    )
    return render("version", page)


@in_an_edition
def compared(  # noqa: PLR0913  (an address has so many parts)
    request: HttpRequest,
    paper: Paper,
    *,
    year: int,
    month: int,
    day: int,
    slug: str,
    first: int,
    second: int,
) -> HttpResponse:
    """Show what changed from one version to another."""
    rest = f"versions/{first}-{second}/"
    publication = _at_address(paper, year, month, day, slug, rest, shows=Shows.TITLE)
    if not publication.is_public:
        return _tombstone(paper, publication)
    old, new = _version(publication, first), _version(publication, second)
    parts = differences(old.content, new.content)
    page = DifferencesPage(
        paper=paper,
        head=Head(title=publication.headline, is_indexed=False),
        article=title_view(publication),
        old=_line(old, publication),
        new=_line(new, publication),
        parts=tuple(parts),
        versions_url=f"{publication.path}versions/",
        is_same=old.content == new.content,
    )
    return render("differences", page)


def _version(publication: Publication, number: int) -> Version:
    if found := queries.get_version(publication, number):
        return found
    raise Missing


@in_an_edition
def standing(request: HttpRequest, paper: Paper, purpose: str) -> HttpResponse:
    publication = _standing(paper, purpose)
    if not publication.is_public:
        return _tombstone(paper, publication)
    shown = article_view(publication, publication.version)
    page = StandingPage(
        paper=paper,
        head=head(paper, publication.path, shown.headline, description=shown.lede),
        article=shown,
    )
    return render("standing", page)


def _standing(paper: Paper, purpose: str) -> Publication:
    if purpose in Purpose.values and (
        found := queries.get_standing(paper.code, purpose)
    ):
        return found
    raise Missing
