"""A draft as readers would get it. Only the desk asks for this."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from dateline.articles.vocabulary import Form
from dateline.editions.models import Edition
from dateline.plumbing import clock
from dateline.website.copy import drafted_view
from dateline.website.pages import ArticlePage, Head, StandingPage
from dateline.website.papers import paper_of
from dateline.website.views.rendering import render


def render_preview(request: HttpRequest, content: Mapping[str, Any]) -> HttpResponse:
    """Return the reader's page of a public snapshot that is not public yet."""
    editions = list(Edition.objects.all())
    edition = next(one for one in editions if one.code == content["language"])
    paper = paper_of(edition, [one for one in editions if one.is_live])
    head = Head(title=content["headline"], is_indexed=False)
    shown = drafted_view(content, at=clock.now())
    if content["form"] == Form.STANDING:
        return render("standing", StandingPage(paper=paper, head=head, article=shown))
    return render("article", ArticlePage(paper=paper, head=head, article=shown))
