"""Every statement of an article, what it rests on, and a way to give it a source."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from dateline import languages
from dateline.articles.actions import (
    NotOneStatement,
    attribute_span,
    hold_statement,
    mark_statement,
    release_statement,
)
from dateline.articles.models import Article
from dateline.articles.statements.vocabulary import Standing
from dateline.articles.vocabulary import MarkKind, Status
from dateline.desk.choosing import recent_sources
from dateline.desk.numbers import number_in
from dateline.desk.statement_lines import (
    open_sides,
    settled_rows,
    statement_lines,
)
from dateline.desk.views.gate import shown_at
from dateline.desk.views.of_articles import OfAnArticle
from dateline.publishing.gating import gate_facts
from dateline.publishing.snapshots import snapshot
from dateline.sources.models import Source

LONGEST_ID = 12


class StatementsView(OfAnArticle):
    """The list; a POST attributes or marks one statement of it, or takes that off."""

    def get(self, _request: HttpRequest, status: int = 200) -> HttpResponse:
        content = snapshot(self.article)
        gate = gate_facts(self.article, content)
        context = {
            "article": self.article,
            "gate": shown_at(self.article, gate),
            "judged": statement_lines(gate.judged, content),
            "statuses": Status.choices,
            "pairs": open_sides(gate),
            "contradictions": settled_rows(self.article, content),
            "unsourced": Standing.UNSOURCED,
            "sources": recent_sources(self.article),
            "kinds": MarkKind.choices,
            "language": languages.LANGUAGES[self.article.language],
        }
        return TemplateResponse(
            self.request, "desk/statements.html", context, status=status
        )

    def post(self, request: Any) -> HttpResponse:
        if self.is_held_by_another():
            return self.get(request, status=409)
        try:
            self._rest(request)
        except (NotOneStatement, ValueError) as refusal:
            messages.error(request, str(refusal))
            return self.get(request, status=422)
        return redirect("desk:statements", self.article.pk)

    @transaction.atomic
    def _rest(self, request: Any) -> None:
        chosen, _, which = request.POST.get("rests_on", "").partition(":")
        statement = request.POST.get("statement", "")[:LONGEST_ID]
        if "release" in request.POST:
            release_statement(self.article, statement, by=request.user)
            return
        if chosen == "mark" and which in MarkKind.values:
            span = hold_statement(self.article, statement, by=request.user)
            fresh = Article.objects.get(pk=self.article.pk)
            mark_statement(fresh, span, kind=MarkKind(which), by=request.user)
        elif chosen == "source" and (number := number_in(which)) is not None:
            source = get_object_or_404(Source, pk=number)
            span = hold_statement(self.article, statement, by=request.user)
            attribute_span(self.article, span, source=source, by=request.user)
        else:
            raise ValueError("Choose a source, or what you stand for.")
