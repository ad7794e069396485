"""Whose hands a text went through."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from dateline.articles.models import Article
from dateline.editions.queries import original_of

_KNOWN = "_accounts_that_acted"


def accounts_that_acted(copy: Article) -> set[int]:
    """
    Return the accounts that wrote the text, or the text it was translated from.

    An act asks several times, and gets the same answer for the same draft.
    """
    known = copy.__dict__.get(_KNOWN)
    if known is None or known[0] != copy.latest_revision_id:
        known = copy.__dict__[_KNOWN] = copy.latest_revision_id, _that_acted(copy)
    acted: set[int] = known[1]
    return acted


def _that_acted(copy: Article) -> set[int]:
    texts = {copy.pk, original_of(copy).pk}
    kind = ContentType.objects.get_for_model(Article)
    revisions = Revision.objects.filter(
        base_content_type=kind, object_id__in=[str(pk) for pk in texts]
    )
    acted = set(
        revisions.order_by().values_list("user_id", flat=True).distinct()
    ) | set(Article.objects.filter(pk__in=texts).values_list("created_by", flat=True))
    return {account for account in acted if account is not None}
