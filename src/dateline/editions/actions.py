"""Tying translations together."""

from django.core.exceptions import ValidationError
from django.db import transaction

from dateline.articles.models import Article
from dateline.editions.models import Translation
from dateline.editions.queries import original_of
from dateline.plumbing import clock
from dateline.plumbing.prepared import Prepared


@transaction.atomic
def link_translation(original: Article, article: Article) -> Translation:
    """
    Record that `article` carries `original` into another edition.

    :raises ValidationError: same language, a translation of a translation, or
        the language already has one
    """
    if original.language == article.language:
        raise ValidationError("A translation is in another language than its original.")
    if Translation.objects.filter(article=original).exists():
        raise ValidationError("Link it to the original, not to another translation.")
    existing = Translation.objects.filter(
        original=original, article__language=article.language
    ).exclude(article=article)
    if existing.exists():
        raise ValidationError(
            "The original already has a translation in this language."
        )
    link, _ = Translation.objects.get_or_create(
        article=article, defaults={"original": original}
    )
    return link


def mark_translations_stale(original: Article) -> list[int]:
    """Mark the translations of a changed original; return their articles' ids."""
    ids = _TRANSLATIONS(original=original.pk)
    if ids:
        links = Translation.objects.filter(original=original)
        links.filter(is_stale=False).update(is_stale=True, stale_since_at=clock.now())
    return ids


_TRANSLATIONS = Prepared(
    lambda *, original: Translation.objects.filter(original_id=original).values_list(
        "article_id", flat=True
    )
)


def mark_fresh(article: Article) -> None:
    """Note that a translation was published after its original's last change."""
    if original_of(article) is not article:
        links = Translation.objects.filter(article=article)
        links.update(is_stale=False, stale_since_at=None)
