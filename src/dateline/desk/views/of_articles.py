"""What the views have in common that look at an article or change its ledger."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import View

from dateline.articles.models import Article


class ForWriters(View):
    """A view for whoever may write articles, and has `permissions` besides."""

    request: Any
    permissions: ClassVar[tuple[str, ...]] = ()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        asked = ("articles.change_article", *self.permissions)
        if not request.user.has_perms(asked):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OfAnArticle(ForWriters):
    """A view of one article, named by its number in the address."""

    def dispatch(self, request: Any, pk: int) -> Any:
        self._number = pk
        return super().dispatch(request)

    @cached_property
    def article(self) -> Article:
        return get_object_or_404(Article, pk=self._number)

    def is_held_by_another(self) -> bool:
        """Tell whether somebody else holds the article, and say so to who asks."""
        lock = self.article.get_lock()
        is_held = lock is not None and lock.for_user(self.request.user)
        if is_held:
            messages.error(self.request, "Someone else holds this article.")
        return is_held
