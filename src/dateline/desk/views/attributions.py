"""What the editor asks and tells of the sources of single passages."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from dateline.articles.actions import attribute_span
from dateline.articles.models import Article, Attribution
from dateline.articles.spans import HANDLE
from dateline.sources.models import Source

MOST_ROWS = 5000
LARGEST_REQUEST = 2000
LONGEST_NUMBER = 18


class AttributionsView(View):
    """The sources of an article's spans, as JSON; a POST lays one span to a source."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("articles.change_article"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> JsonResponse:
        article = request.GET.get("article", "")
        if not article.isdecimal() or len(article) > LONGEST_NUMBER:
            return _refused("Say which article.")
        rows = Attribution.objects.filter(article_id=int(article))
        listed = [_row(row) for row in rows.select_related("source")[:MOST_ROWS]]
        return JsonResponse({"attributions": listed})

    def post(self, request: Any) -> JsonResponse:
        told = _told(request)
        if told is None:
            return _refused("Say which article, which span and which source.")
        article = get_object_or_404(Article, pk=told["article"])
        lock = article.get_lock()
        if lock is not None and lock.for_user(request.user):
            return _refused("Someone else holds this article.", status=409)
        source = get_object_or_404(Source, pk=told["source"])
        row = attribute_span(article, told["span"], source=source, by=request.user)
        return JsonResponse(_row(row))


def _told(request: HttpRequest) -> dict[str, Any] | None:
    if len(request.body) > LARGEST_REQUEST:
        return None
    try:
        told = json.loads(request.body)
    except ValueError:
        return None
    return told if isinstance(told, dict) and _is_whole(told) else None


def _is_whole(told: dict[str, Any]) -> bool:
    numbers = [told.get("article"), told.get("source")]
    if not all(type(n) is int and 0 < n < 2**63 for n in numbers):
        return False
    span = told.get("span")
    return isinstance(span, str) and bool(HANDLE.fullmatch(span))


def _row(row: Attribution) -> dict[str, str]:
    return {"span": row.span, "source": row.source.name, "kind": row.source.kind}


def _refused(message: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
