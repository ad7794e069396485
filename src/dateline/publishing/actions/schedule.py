"""Publication at a minute to come."""

import logging
from datetime import datetime

from django.db import transaction

from dateline.articles.models import Article
from dateline.pagestore.actions import purge
from dateline.people.models import User
from dateline.plumbing import clock, outbox
from dateline.publishing import log, rules, tags
from dateline.publishing.actions import passing
from dateline.publishing.actions.publish import go_public, refuse_publishing
from dateline.publishing.chain import spell_time
from dateline.publishing.facts import may_use_door
from dateline.publishing.models import Schedule
from dateline.publishing.snapshots import snapshot
from dateline.publishing.vocabulary import Act

logger = logging.getLogger(__name__)


@transaction.atomic
def schedule_article(
    article: Article,
    *,
    by: User,
    due_at: datetime,
    seen_revision: int | None = None,
) -> Schedule:
    """
    Approve the newest draft to become public at `due_at`.

    Later drafts do not go with it. All rules are asked now and again at the minute.

    :raises rules.ActRefused: with every reason at once
    """
    copy = passing.take(article)
    rules.raise_if_any(
        [
            *rules.refuse_actor(may_use_door=may_use_door(by)),
            *rules.refuse_unseen_draft(seen_revision, copy.latest_revision_id),
            *rules.refuse_past(due_at, now=clock.now()),
            *_refuse_second(copy),
            *refuse_publishing(copy, snapshot(copy), by=by, at=due_at),
        ]
    )
    revision = copy.latest_revision or copy.save_revision(user=by)
    payload = {"due_at": spell_time(due_at), "revision": revision.pk}
    entry = log.append(Act.SCHEDULE, copy, by=by, payload=payload)
    purge([tags.HEAD], cause=f"article.scheduled {copy.pk}")
    return Schedule.objects.create(
        article=copy, revision=revision, due_at=due_at, approved_by=by, entry=entry
    )


def _refuse_second(copy: Article) -> list[rules.Refusal]:
    pending = Schedule.objects.filter(article=copy, done_at__isnull=True).first()
    if pending is None:
        return []
    when = f"{pending.due_at:%Y-%m-%d %H:%M} UTC"
    return [rules.AlreadyScheduled(f"It is scheduled for {when}: lift that first.")]


@transaction.atomic
def lift_schedule(article: Article, *, by: User) -> None:
    """
    Take back a pending schedule.

    :raises rules.ActRefused: nothing is scheduled, or `by` may not
    """
    copy = passing.take(article)
    pending = Schedule.objects.filter(article=copy, done_at__isnull=True).first()
    refusals = [*rules.refuse_actor(may_use_door=may_use_door(by))]
    if pending is None:
        refusals.append(rules.NotScheduled("Nothing is scheduled."))
    rules.raise_if_any(refusals)
    pending = passing.settled(pending)
    entry = log.append(Act.UNSCHEDULE, copy, by=by, payload={})
    pending.done_at, pending.outcome = entry.recorded_at, "lifted"
    pending.save(update_fields=["done_at", "outcome"])
    purge([tags.HEAD], cause=f"article.unscheduled {copy.pk}")


def publish_due() -> int:
    """
    Publish everything whose minute has come; return how many went out.

    Each goes in a transaction of its own. One that is refused at its minute is
    closed with the reasons, and the desk hears of it (``schedule.refused``).
    """
    due = Schedule.objects.filter(done_at__isnull=True, due_at__lte=clock.now())
    return sum(
        _publish_one(pk) for pk in due.order_by("due_at").values_list("pk", flat=True)
    )


def _publish_one(pk: int) -> bool:
    try:
        with transaction.atomic():
            return _publish_locked(pk)
    except rules.ActRefused as refused:
        _close_refused(pk, refused)
        return False
    except Exception:
        # One broken article must not keep the others from their minute.
        logger.exception("schedule failed schedule=%s", pk)
        return False


def _publish_locked(pk: int) -> bool:
    schedule = (
        Schedule.objects.select_for_update(of=("self",))
        .select_related("article", "revision", "approved_by")
        .filter(pk=pk, done_at__isnull=True)
        .first()
    )
    if schedule is None:
        return False
    passing.take(schedule.article)
    approved = schedule.revision.as_object()
    content = snapshot(approved)
    rules.raise_if_any(
        [
            *rules.refuse_actor(may_use_door=may_use_door(schedule.approved_by)),
            *refuse_publishing(approved, content, by=schedule.approved_by),
        ]
    )
    go_public(approved, content, by=schedule.approved_by, revision=schedule.revision_id)
    schedule.done_at, schedule.outcome = clock.now(), "published"
    schedule.save(update_fields=["done_at", "outcome"])
    return True


@transaction.atomic
def _close_refused(pk: int, refused: rules.ActRefused) -> None:
    schedule = Schedule.objects.get(pk=pk)
    schedule.done_at, schedule.outcome = clock.now(), f"refused: {refused}"
    schedule.save(update_fields=["done_at", "outcome"])
    outbox.record(
        "schedule.refused",
        {"article": schedule.article_id, "reasons": [r.code for r in refused.refusals]},
    )
