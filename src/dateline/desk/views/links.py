"""What a reader's page asks the desk: where what it shows is edited."""

from datetime import date
from typing import Any

from django.http import JsonResponse
from django.urls import reverse
from django.views.generic import View

from dateline.articles.vocabulary import Form
from dateline.publishing.models import Publication

LONGEST_PATH = 300


class EditLinkView(View):
    """
    Tell signed-in staff where a published page is edited.

    The page itself is the same for everyone and so can be kept; its script asks here.
    """

    def get(self, request: Any) -> JsonResponse:
        if not request.user.has_perm("articles.change_article"):
            return JsonResponse({}, status=403)
        publication = _published_at(request.GET.get("path", "")[:LONGEST_PATH])
        if publication is None:
            return JsonResponse({}, status=404)
        url = reverse("articles:edit", args=(publication.article_id,))
        return JsonResponse({"url": url, "text": "Edit this"})


def _published_at(path: str) -> Publication | None:
    parts = [part for part in path.split("/") if part]
    if len(parts) == len(("code", "purpose")):
        return Publication.objects.filter(
            language=parts[0], purpose=parts[1], form=Form.STANDING
        ).first()
    if len(parts) != len(("code", "year", "month", "day", "slug")):
        return None
    code, *day, slug = parts
    if not _is_day(day):
        return None
    return Publication.objects.filter(
        language=code, date="-".join(day), slug=slug, form=Form.ARTICLE
    ).first()


def _is_day(parts: list[str]) -> bool:
    try:
        date.fromisoformat("-".join(parts))
    except ValueError:
        return False
    return True
