"""Whose hands a text went through."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from dateline.articles.models import Article
from dateline.editions.queries import original_of


def accounts_that_acted(copy: Article) -> set[int]:
    """Return the accounts that wrote the text, or the text it was translated from."""
    texts = {copy.pk, original_of(copy).pk}
    kind = ContentType.objects.get_for_model(Article)
    revisions = Revision.objects.filter(
        base_content_type=kind, object_id__in=[str(pk) for pk in texts]
    )
    acted = set(
        revisions.order_by().values_list("user_id", flat=True).distinct()
    ) | set(Article.objects.filter(pk__in=texts).values_list("created_by", flat=True))
    return {account for account in acted if account is not None}
