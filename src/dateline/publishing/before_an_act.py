"""What holds before an act: the policy, what readers have, what the text rests on."""

from typing import Any

from dateline.articles.models import Article, Attribution, StatementMark
from dateline.editions.queries import original_of
from dateline.pagestore.tags import once
from dateline.plumbing.prepared import Prepared
from dateline.publishing.models import GatePolicy, Override, Publication

_POLICY = Prepared(lambda: GatePolicy.objects.order_by("pk")[:1])
_PUBLICATION = Prepared(
    lambda *, article: Publication.objects.select_related("version").filter(
        article_id=article
    )
)
_ATTRIBUTIONS = Prepared(
    lambda *, articles: (
        Attribution.objects.filter(article_id__in=articles)
        .select_related("source")
        .prefetch_related("wire_item", "citation__kept_copy", "citation__wire_item")
    )
)
_MARKS = Prepared(
    lambda *, article: (
        StatementMark.objects.filter(article_id=article)
        .select_related("marked_by")
        .prefetch_related("marked_by__contributors")
    )
)
_OVERRIDES = Prepared(
    lambda *, article: Override.objects.filter(article_id=article).order_by("pk")
)


def gate_policy() -> GatePolicy:
    """Return the gate's one row, asked for once in each act."""
    policy: GatePolicy = once(
        "gate_policy", lambda: _POLICY.first() or GatePolicy.load()
    )
    return policy


def publication_of(copy: Article) -> Publication | None:
    """
    Return what readers have of an article, or had before it was killed.

    Asked for once for each copy, which keeps it.
    """
    known: Any = Article._meta.get_field("publication")
    if copy.pk and not known.is_cached(copy):
        if row := _PUBLICATION.first(article=copy.pk):
            row.article = copy
        else:
            known.set_cached_value(copy, None)
    publication: Publication | None = getattr(copy, "publication", None)
    return publication


def content_readers_have(copy: Article) -> dict[str, Any] | None:
    """Return the snapshot that is public of an article, or was before it was killed."""
    publication = publication_of(copy)
    return publication.version.content if publication else None


def attributions_laid(copy: Article) -> list[Attribution]:
    """Return what the spans of an article rest on, and those of its original."""
    texts = sorted({copy.pk, original_of(copy).pk})
    return once(f"attributions {copy.pk}", lambda: _ATTRIBUTIONS(articles=texts))


def marks_laid(copy: Article) -> dict[str, StatementMark]:
    """Return who stands for what, by the handle that the mark hangs on."""

    def ask() -> dict[str, StatementMark]:
        return {row.span: row for row in _MARKS(article=copy.pk)}

    return once(f"marks {copy.pk}", ask)


def overrides_of(copy: Article) -> list[Override]:
    """Return when and why the gate was made to let the article pass, oldest first."""
    return once(f"overrides {copy.pk}", lambda: _OVERRIDES(article=copy.pk))
