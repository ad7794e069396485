"""An article at its address, for machines: ninjs beside the page."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from dateline.publishing import queries
from dateline.publishing.models import Publication
from dateline.website.copy import article_view
from dateline.website.environment import words
from dateline.website.machines import ninjs
from dateline.website.machines.blocks_html import readings_of
from dateline.website.pages import Paper
from dateline.website.views.rendering import Elsewhere, Missing, day_of, in_an_edition

GONE = 410


@in_an_edition
def article(
    request: HttpRequest, paper: Paper, year: int, month: int, day: int, slug: str
) -> HttpResponse:
    """Answer with an article, or with what is left of a withdrawn one."""
    on = day_of(year, month, day)
    publication = queries.get_publication(paper.code, on, slug)
    if publication is None:
        moved = queries.moved_to(paper.code, on, slug)
        raise Elsewhere(f"{moved.path}{ninjs.FILE}") if moved else Missing
    if publication.is_public:
        return _answer(_item(publication, paper), 200)
    stone = queries.tombstone_of(publication)
    return _answer(ninjs.tombstone(publication, stone, paper), GONE)


def _item(publication: Publication, paper: Paper) -> ninjs.Node:
    shown = article_view(publication, publication.version)
    content = publication.version.content
    times = [publication.version.published_at]
    times += [row.corrected_at for row in shown.redactions]
    return ninjs.item(
        ninjs.Piece(
            article=shown,
            content=content,
            paper=paper,
            readings=readings_of([content]),
            gettext=words(paper.code).gettext,
            changed_at=max(times),
        )
    )


def _answer(node: ninjs.Node, status: int) -> HttpResponse:
    answer = JsonResponse(
        node,
        status=status,
        content_type=f"{ninjs.TYPE}; charset=utf-8",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    # Public, as a feed is: another system's page may fetch it too.
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
