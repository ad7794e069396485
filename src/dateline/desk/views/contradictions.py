"""Sources that differ are put side by side, resolved, or found not to differ."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from dateline.articles.models import Article, Contradiction
from dateline.articles.vocabulary import Settled
from dateline.desk.numbers import number_in
from dateline.desk.views.of_articles import OfAnArticle
from dateline.publishing.actions import drop_contradiction, settle_contradiction
from dateline.publishing.actions.differ import ContradictionRefused

MOST_HANDLES = 20
LONGEST_HANDLE = 64


class ContradictionsView(OfAnArticle):
    """A POST settles one, and leads back to the statements."""

    def post(self, request: Any) -> HttpResponse:
        article = self.article
        known = _known(request, article)
        state = request.POST.get("state", "")
        if not self.is_held_by_another():
            if state == "drop" and known is not None:
                drop_contradiction(known)
            else:
                _settle(request, article, state, known)
        return redirect("desk:statements", article.pk)


def _settle(
    request: Any, article: Article, state: str, known: Contradiction | None
) -> None:
    handles = request.POST.getlist("side")[:MOST_HANDLES]
    try:
        settle_contradiction(
            article,
            {
                handle[:LONGEST_HANDLE]: request.POST.get(f"says-{handle}", "")
                for handle in handles
            },
            by=request.user,
            question=request.POST.get("question", ""),
            state=Settled(state) if state in Settled.values else Settled.OPEN,
            reason=request.POST.get("reason", ""),
            known=known,
        )
    except ContradictionRefused as refusal:
        messages.error(request, str(refusal))


def _known(request: HttpRequest, article: Article) -> Contradiction | None:
    known = number_in(request.POST.get("known", ""))
    if known is None:
        return None
    return get_object_or_404(Contradiction, pk=known, article=article)
