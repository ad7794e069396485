"""The reader's page of a draft. `website` draws it; the desk only asks by name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.module_loading import import_string

from dateline.articles.models import Article
from dateline.editions.models import Edition
from dateline.publishing.snapshots import snapshot


def preview_article(request: HttpRequest, article: Article) -> HttpResponse:
    """Return the page that readers would get of this draft."""
    if not Edition.objects.filter(code=article.language).exists():
        return TemplateResponse(request, "desk/no_edition.html").render()
    content: dict[str, Any] = snapshot(article)
    render = import_string(settings.DATELINE_READER_PAGE)
    response: HttpResponse = render(request, content)
    response.headers["Cache-Control"] = "no-store"
    return response
