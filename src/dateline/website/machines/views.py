"""What machines ask for over HTTP."""

import datetime
from collections.abc import Callable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.views.decorators.http import require_safe

from dateline.editions.models import Edition
from dateline.editions.queries import get_newsroom, live_editions
from dateline.editions.tags import Part
from dateline.plumbing import clock
from dateline.publishing import signing
from dateline.publishing.queries import standing_pages
from dateline.publishing.tags import Shows
from dateline.website.machines import (
    atom,
    feeds,
    json_feed,
    lists,
    log_head,
    robots,
    rss,
    security_txt,
    sitemaps,
    trust_txt,
)
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


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return _xml(sitemaps.index())


@require_safe
def sitemap_of_day(
    request: HttpRequest, year: str, month: str, day: str, part: str = "1"
) -> HttpResponse:
    """Answer with the addresses of a day's articles."""
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    return _xml(sitemaps.day(date, int(part)))


@require_safe
def standing_sitemap(request: HttpRequest) -> HttpResponse:
    return _xml(sitemaps.standing())


@require_safe
def news_sitemap(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with an edition's news of two days."""
    edition = _edition(code)
    if edition is None:
        raise Http404
    document, stale_at = sitemaps.news(edition)
    return _true_until(stale_at, _xml(document))


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    return _text(robots.render())


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Answer with security.txt; without a contact there is none."""
    now = clock.now()
    newsroom = get_newsroom(Part.SECURITY)
    text = security_txt.render(newsroom, live_editions(), now)
    return _true_until(security_txt.moves_at(now), _text(text))


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    codes = [edition.code for edition in live_editions()]
    newsroom = get_newsroom(Part.HOUSE, Part.PUBLISHER, Part.TRUST)
    pages = standing_pages(codes, shows=Shows.PATH)
    return _text(trust_txt.render(newsroom, pages))


@require_safe
def head_of_log(request: HttpRequest) -> HttpResponse:
    answer = JsonResponse(log_head.head(), json_dumps_params={"indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def key_of_log(request: HttpRequest) -> HttpResponse:
    return HttpResponse(signing.public_key_pem(), content_type="application/x-pem-file")


def _true_until(moment: datetime.datetime | None, answer: HttpResponse) -> HttpResponse:
    """Say, for whoever keeps the page, when the clock makes another of it."""
    # Django's response has no such attribute, and lets it be set.
    answer.page_stale_at = moment  # type: ignore[attr-defined]
    return answer


def _xml(document: bytes | None) -> HttpResponse:
    if document is None:
        raise Http404
    return HttpResponse(document, content_type="application/xml; charset=utf-8")


def _text(text: str | None) -> HttpResponse:
    if text is None:
        raise Http404
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
