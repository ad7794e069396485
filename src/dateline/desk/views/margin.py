"""What the editor asks for its margin while somebody types."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from dateline.articles.models import Article
from dateline.articles.vocabulary import Form
from dateline.desk.margin import NotAForm, margin_of
from dateline.desk.numbers import number_in
from dateline.desk.views.of_articles import ForWriters

#: What the largest article weighs as the editor sends it, and room for another.
LARGEST_FORM = 2_000_000


class MarginView(ForWriters):
    """The statements of a form that is not saved, and what each rests on."""

    def post(self, request: Any) -> JsonResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > LARGEST_FORM:
            return _refused("The text is too long to be looked at while you type.", 413)
        try:
            margin = margin_of(_article(request), request.POST, by=request.user)
        except NotAForm as refusal:
            return _refused(str(refusal), 400)
        return JsonResponse(margin.as_record())


def _article(request: HttpRequest) -> Article:
    number = number_in(request.POST.get("article", ""))
    if number is not None:
        return get_object_or_404(Article, pk=number)
    form = request.POST.get("form", "")
    return Article(
        form=form if form in Form.values else Form.ARTICLE,
        language=settings.LANGUAGE_CODE,
    )


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
