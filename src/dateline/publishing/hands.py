"""Whose hands a text went through."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from dateline.articles.models import Article
from dateline.editions.queries import original_of
from dateline.plumbing.prepared import Prepared

_KNOWN = "_accounts_that_acted"
_SAVED = Prepared(
    lambda *, kind, texts: (
        Revision.objects.filter(base_content_type_id=kind, object_id__in=texts)
        .order_by()
        .values_list("user_id", flat=True)
        .distinct()
    )
)


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
    texts = {text.pk: text for text in (copy, original_of(copy))}
    kind = ContentType.objects.get_for_model(Article)
    saved = _SAVED(kind=kind.pk, texts=[str(pk) for pk in texts])
    began = (text.created_by_id for text in texts.values())
    return {account for account in (*saved, *began) if account is not None}
