"""Sources that differ are put side by side, resolved, or found not to differ."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View

from dateline.articles.models import Article, Contradiction
from dateline.articles.vocabulary import Settled
from dateline.publishing.actions import drop_contradiction, settle_contradiction
from dateline.publishing.actions.differ import ContradictionRefused

MOST_HANDLES = 20
LONGEST_HANDLE = 64
LONGEST_NUMBER = 12


class ContradictionsView(View):
    """A POST settles one, and leads back to the statements."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("articles.change_article"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: Any, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        lock = article.get_lock()
        known = _known(request, article)
        state = request.POST.get("state", "")
        if lock is not None and lock.for_user(request.user):
            messages.error(request, "Someone else holds this article.")
        elif state == "drop" and known is not None:
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
    told = request.POST.get("known", "")
    if not told.isdecimal() or len(told) > LONGEST_NUMBER:
        return None
    return get_object_or_404(Contradiction, pk=int(told), article=article)
