"""The pages that readers get while nothing can be rendered: written beforehand."""

from collections.abc import Iterator

from dateline.editions.queries import live_editions
from dateline.website.headers import SECURITY
from dateline.website.pages import Head, Paper, Trouble, TroublePage
from dateline.website.papers import any_paper, find_paper
from dateline.website.views.rendering import render

FOR_ANY = "any"
"""The name of the page for addresses that belong to no edition."""


def unanswered_pages() -> Iterator[tuple[str, bytes]]:
    """Yield for each edition its code and its page, and one more for any address."""
    papers = [(edition.code, find_paper(edition.code)) for edition in live_editions()]
    for name, paper in [*papers, (FOR_ANY, any_paper())]:
        if paper is not None:
            yield name, _page(paper)


def _page(paper: Paper) -> bytes:
    head = Head(title=paper.name, is_indexed=False)
    page = TroublePage(paper=paper, head=head, trouble=Trouble.FAILED)
    return render("trouble", page, status=503).content


def security_headers() -> list[tuple[str, str]]:
    """Return what every reader's page says for its reader's protection."""
    return [(name.lower(), value) for name, value in SECURITY.items()]
