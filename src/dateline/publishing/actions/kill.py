"""Withdraw what is public; put away what never was."""

from django.db import transaction

from dateline.articles.models import Article
from dateline.people.models import User
from dateline.plumbing import clock, outbox
from dateline.publishing import log, rules
from dateline.publishing.actions import passing, stale
from dateline.publishing.before_an_act import publication_of
from dateline.publishing.chain import commitment, new_nonce
from dateline.publishing.facts import may_use_door
from dateline.publishing.models import Publication, Schedule, Tombstone
from dateline.publishing.vocabulary import Act, PublicState


@transaction.atomic
def kill_article(article: Article, *, by: User, desk: str, reason: str) -> Tombstone:
    """
    Withdraw a public article for good. Its addresses answer 410 from now on.

    The tombstone says which desk withdrew it, when and why.

    :raises rules.ActRefused: with every reason at once
    """
    copy = passing.take(article)
    publication = publication_of(copy)
    rules.raise_if_any(
        [
            *rules.refuse_actor(may_use_door=may_use_door(by)),
            *_refuse_killing(publication, desk, reason),
        ]
    )
    publication = passing.settled(publication)
    told, nonce = {"desk": desk.strip(), "reason": reason.strip()}, new_nonce()
    digest = commitment(told, nonce)
    entry = log.append(Act.KILL, copy, by=by, payload={"note_hash": digest})
    left = passing.place(publication, None)
    Publication.objects.filter(pk=publication.pk).update(
        state=PublicState.KILLED, entry=entry, updated_at=entry.recorded_at
    )
    passing.count_day(publication)
    Article.objects.filter(pk=copy.pk).update(live=False, live_revision=None)
    tombstone = Tombstone.objects.create(
        publication=publication,
        entry=entry,
        killed_at=entry.recorded_at,
        nonce=nonce,
        **told,
    )
    passing.settle_translations(copy)
    made_stale = left | stale.by_vanishing(publication)
    passing.tell("article.killed", publication, entry, made_stale, hard=True)
    return tombstone


def _refuse_killing(
    publication: Publication | None, desk: str, reason: str
) -> list[rules.Refusal]:
    if publication is None:
        return [rules.NotPublic("It was never public: spike it instead.")]
    if not publication.is_public:
        return [rules.AlreadyKilled("It has been withdrawn already.")]
    found = [*rules.refuse_missing_reason(reason, what="why it is withdrawn")]
    if not desk.strip():
        found.append(rules.ReasonMissing("Say which desk withdraws it.", place="desk"))
    return found


@transaction.atomic
def spike_article(article: Article, *, by: User) -> None:
    """
    Put a draft on the spike: not used, kept.

    :raises rules.ActRefused: it is public, or about to be
    """
    copy = passing.take(article)
    found: list[rules.Refusal] = []
    if publication_of(copy):
        found.append(
            rules.AlreadyPublic("It is or was public: only a draft can be spiked.")
        )
    if Schedule.objects.filter(article=copy, done_at__isnull=True).exists():
        found.append(
            rules.AlreadyScheduled("It is scheduled: lift the schedule first.")
        )
    rules.raise_if_any(found)
    Article.objects.filter(pk=copy.pk).update(spiked_at=clock.now())
    outbox.record("article.spiked", {"article": copy.pk, "by": by.pk})


@transaction.atomic
def unspike_article(article: Article, *, by: User) -> None:
    """Take a draft off the spike."""
    copy = passing.take(article)
    Article.objects.filter(pk=copy.pk).update(spiked_at=None)
    outbox.record("article.unspiked", {"article": copy.pk, "by": by.pk})
