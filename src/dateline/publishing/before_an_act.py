"""What holds before an act: the gate's policy, and what readers have of an article."""

from typing import Any

from dateline.articles.models import Article
from dateline.pagestore.tags import once
from dateline.publishing.models import GatePolicy, Publication


def gate_policy() -> GatePolicy:
    """Return the gate's one row, asked for once in each act."""
    policy: GatePolicy = once("gate_policy", GatePolicy.load)
    return policy


def content_readers_have(copy: Article) -> dict[str, Any] | None:
    """Return the snapshot that is public of an article, or was before it was killed."""
    rows = Publication.objects.filter(article_id=copy.pk).select_related("version")
    row = rows.first()
    return row.version.content if row else None
