"""What machines ask for over HTTP."""

from collections.abc import Callable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.views.decorators.http import require_safe

from dateline.editions.models import Edition
from dateline.website.machines import atom, feeds, json_feed, lists, rss
from dateline.website.machines.vocabulary import Feed

RENDERERS: dict[str, Callable[[Feed], bytes]] = {
    "rss": rss.render,
    "atom": atom.render,
    "json": json_feed.render,
}


@require_safe
def list_feed(
    request: HttpRequest, code: str, extension: str, folder: str = "", slug: str = ""
) -> HttpResponse:
    """Answer with the feed of one of an edition's lists."""
    edition = _edition(code)
    if edition is None or extension not in RENDERERS:
        return _elsewhere(request, code)
    found = lists.find_list(code, folder, slug)
    if found is None:
        raise Http404
    return _feed(feeds.of_list(edition, found), extension)


@require_safe
def corrections_feed(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """Answer with the feed of an edition's corrections."""
    edition = _edition(code)
    if edition is None or extension not in RENDERERS:
        return _elsewhere(request, code)
    return _feed(feeds.of_corrections(edition), extension)


def _edition(code: str) -> Edition | None:
    return lists.find_edition(code)


def _elsewhere(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from another name of a language to the paper's own, or refuse."""
    own = lists.canonical_code(code)
    if own is None or own == code or lists.find_edition(own) is None:
        raise Http404
    return HttpResponsePermanentRedirect(f"/{own}{request.path[len(code) + 1 :]}")


def _feed(feed: Feed, extension: str) -> HttpResponse:
    answer = HttpResponse(
        RENDERERS[extension](feed),
        content_type=f"{feeds.TYPES[extension]}; charset=utf-8",
    )
    # A feed is public: a reader's program in a browser may fetch it too.
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
