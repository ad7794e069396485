"""Wagtail's own ways to the public, closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.generic import View


class Closed(View):
    """Answers whatever is asked with one sentence, and does nothing."""

    template_name = "desk/closed.html"

    def __init__(self, **_options: Any) -> None:
        # A viewset hands its views what they would need; this one needs nothing.
        super().__init__()

    @classmethod
    def as_view(cls, **_options: Any) -> Any:
        return super().as_view()

    def dispatch(
        self, request: HttpRequest, *_args: Any, **_kwargs: Any
    ) -> HttpResponse:
        return TemplateResponse(request, self.template_name, status=403)
