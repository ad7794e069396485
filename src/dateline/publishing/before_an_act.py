"""What holds before an act: the policy, what readers have, what the text rests on."""

from typing import Any

from dateline.articles.models import Article, Attribution, StatementMark
from dateline.editions.queries import original_of
from dateline.pagestore.tags import once
from dateline.publishing.models import GatePolicy, Override, Publication


def gate_policy() -> GatePolicy:
    """Return the gate's one row, asked for once in each act."""
    policy: GatePolicy = once("gate_policy", GatePolicy.load)
    return policy


def publication_of(copy: Article) -> Publication | None:
    """
    Return what readers have of an article, or had before it was killed.

    Asked for once for each copy, which keeps it.
    """
    publication: Publication | None = getattr(copy, "publication", None)
    return publication


def content_readers_have(copy: Article) -> dict[str, Any] | None:
    """Return the snapshot that is public of an article, or was before it was killed."""
    publication = publication_of(copy)
    return publication.version.content if publication else None


def attributions_laid(copy: Article) -> list[Attribution]:
    """Return what the spans of an article rest on, and those of its original."""

    def ask() -> list[Attribution]:
        texts = {copy.pk, original_of(copy).pk}
        rows = Attribution.objects.filter(article__in=texts).select_related("source")
        kept = ("wire_item", "citation__kept_copy", "citation__wire_item")
        return list(rows.prefetch_related(*kept))

    return once(f"attributions {copy.pk}", ask)


def marks_laid(copy: Article) -> dict[str, StatementMark]:
    """Return who stands for what, by the handle that the mark hangs on."""

    def ask() -> dict[str, StatementMark]:
        rows = StatementMark.objects.filter(article_id=copy.pk)
        names = rows.select_related("marked_by")
        known = names.prefetch_related("marked_by__contributors")
        return {row.span: row for row in known}

    return once(f"marks {copy.pk}", ask)


def overrides_of(copy: Article) -> list[Override]:
    """Return when and why the gate was made to let the article pass, oldest first."""
    rows = Override.objects.filter(article_id=copy.pk).order_by("pk")
    return once(f"overrides {copy.pk}", lambda: list(rows))
