"""Saying that a text means another of the name of one of our interests."""

from django.db import transaction

from dateline.articles.models import Article
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.interests import named_in
from dateline.publishing.models import Interest, Namesake
from dateline.publishing.snapshots import snapshot

SHORTEST_REASON, LONGEST_REASON = 10, 500


class NamesakeRefused(ValueError):
    """It cannot be said so, and the message says why."""


@transaction.atomic
def say_namesake(
    article: Article, interest: Interest, *, by: User, reason: str
) -> Namesake:
    """
    Say that the passages of the newest draft mean another of that name.

    It holds for these passages: where others name it, it is asked again.

    :raises NamesakeRefused: the text does not name it, or no reason is given
    """
    text = reason.strip()
    if not SHORTEST_REASON <= len(text) <= LONGEST_REASON:
        raise NamesakeRefused("Say in a sentence who else is meant.")
    copy = Article.objects.get(pk=article.pk)
    named = {one.interest.pk: one.words for one in named_in(snapshot(copy))}
    if interest.pk not in named:
        raise NamesakeRefused("The draft does not name it.")
    return Namesake.objects.update_or_create(
        article=copy,
        interest=interest,
        defaults={
            "words": named[interest.pk],
            "reason": text,
            "said_by": by,
            "said_at": clock.now(),
        },
    )[0]
