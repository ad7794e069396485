"""The newsroom's own interests that a draft names, and what readers are told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from dateline import languages
from dateline.desk.numbers import number_in
from dateline.desk.views.of_articles import OfAnArticle
from dateline.publishing.actions.disclose import NamesakeRefused, say_namesake
from dateline.publishing.interests import interest_facts
from dateline.publishing.models import Interest, Namesake
from dateline.publishing.snapshots import snapshot


class InterestsView(OfAnArticle):
    """The list; a POST says that another of that name is meant."""

    def get(self, _request: Any, status: int = 200) -> HttpResponse:
        content = snapshot(self.article)
        rows = Namesake.objects.filter(article=self.article).select_related("said_by")
        said = {row.interest_id: row for row in rows}
        told = {row["interest"]: row["text"] for row in content.get("disclosures", ())}
        context = {
            "article": self.article,
            "named": [
                (fact, told.get(fact.interest), said.get(fact.interest))
                for fact in interest_facts(self.article, content)
            ],
            "language": languages.LANGUAGES[self.article.language],
        }
        return TemplateResponse(
            self.request, "desk/interests.html", context, status=status
        )

    def post(self, request: Any) -> HttpResponse:
        which = number_in(request.POST.get("interest", ""))
        if which is None:
            return self.get(request, status=422)
        interest = get_object_or_404(Interest, pk=which)
        try:
            say_namesake(
                self.article,
                interest,
                by=request.user,
                reason=request.POST.get("reason", ""),
            )
        except NamesakeRefused as refusal:
            messages.error(request, str(refusal))
            return self.get(request, status=422)
        return redirect("desk:interests", self.article.pk)
