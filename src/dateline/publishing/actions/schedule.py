"""Publication at a minute to come."""

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import DatabaseError, transaction

from dateline.articles.models import Article
from dateline.pagestore.actions import purge
from dateline.people.models import User
from dateline.plumbing import clock, outbox
from dateline.publishing import log, rules, tags
from dateline.publishing.actions import passing
from dateline.publishing.actions.publish import go_public, refuse_publishing
from dateline.publishing.chain import spell_time
from dateline.publishing.facts import may_use_door
from dateline.publishing.models import GatePolicy, Schedule
from dateline.publishing.rules.retrying import is_ready
from dateline.publishing.snapshots import snapshot
from dateline.publishing.vocabulary import Act

logger = logging.getLogger(__name__)
_LONGEST_TROUBLE, _MOST_TRIES = 300, 1_000


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
    closed with the reasons, and the desk hears of it (``schedule.refused``). One that
    breaks stays open and is tried again after 1, 2, 4 and at last 60 minutes, or as
    soon as its draft, the policy or the schedule is another.
    """
    return sum(_publish_one(due) for due in _ready())


@dataclass(frozen=True, slots=True)
class _Due:
    """A schedule as it was read: whoever writes its next try first has it."""

    pk: int
    tries: int
    tried_at: datetime | None
    is_changed: bool
    depends_on: str


_DECIDING = (
    "due_at",
    "revision_id",
    "approved_by_id",
    "article__latest_revision_id",
    "article__updated_at",
)


def _ready() -> list[_Due]:
    """Return what is to be tried now: what never broke first."""
    now = clock.now()
    open_ones = Schedule.objects.filter(done_at__isnull=True, due_at__lte=now)
    rows = list(
        open_ones.order_by("due_at").values(
            "pk", "tries", "tried_at", "tried_on", *_DECIDING
        )
    )
    policy = GatePolicy.objects.values().first() if rows else None
    found = [_due(row, policy) for row in rows]
    ready = (
        one
        for one in found
        if one.is_changed or is_ready(one.tries, one.tried_at, now=now)
    )
    return sorted(ready, key=lambda one: one.tries)


def _due(row: dict[str, Any], policy: dict[str, Any] | None) -> _Due:
    deciding = [policy, *(row[name] for name in _DECIDING)]
    depends_on = sha256(repr(deciding).encode()).hexdigest()
    is_changed = row["tried_on"] not in ("", depends_on)
    return _Due(row["pk"], row["tries"], row["tried_at"], is_changed, depends_on)


def _publish_one(due: _Due) -> bool:
    try:
        return _claim(due) and _publish_or_close(due.pk)
    except Exception as error:
        # One broken article must not keep the others from their minute.
        logger.exception("schedule failed schedule=%s", due.pk)
        _keep_trouble(due.pk, error)
        return False


def _claim(due: _Due) -> bool:
    """
    Write down that it is tried, before it is: a crash on the way counts as a try.

    Of two workers that read the same row, one writes.
    """
    same = Schedule.objects.filter(
        pk=due.pk, done_at__isnull=True, tries=due.tries, tried_at=due.tried_at
    )
    tries = 1 if due.is_changed else min(due.tries + 1, _MOST_TRIES)
    return bool(
        same.update(
            tries=tries, tried_at=clock.now(), tried_on=due.depends_on, trouble=""
        )
    )


def _publish_or_close(pk: int) -> bool:
    try:
        with transaction.atomic():
            return _publish_locked(pk)
    except rules.ActRefused as refused:
        _close_refused(pk, refused)
        return False


def _keep_trouble(pk: int, error: Exception) -> None:
    told = f"{type(error).__name__}: {error}"[:_LONGEST_TROUBLE]
    try:
        Schedule.objects.filter(pk=pk, done_at__isnull=True).update(trouble=told)
    except DatabaseError:
        # That it was tried is written already: it waits all the same.
        logger.exception("trouble not kept schedule=%s", pk)


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
    """Close it with the reasons, unless somebody lifted it meanwhile."""
    pending = Schedule.objects.select_for_update().filter(pk=pk, done_at__isnull=True)
    schedule = pending.first()
    if schedule is None:
        return
    schedule.done_at, schedule.outcome = clock.now(), f"refused: {refused}"
    schedule.save(update_fields=["done_at", "outcome"])
    outbox.record(
        "schedule.refused",
        {"article": schedule.article_id, "reasons": [r.code for r in refused.refusals]},
    )
