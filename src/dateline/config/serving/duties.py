"""What the worker does at each tick."""

import logging
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import connection
from django_tasks_db.compat import (
    DEFAULT_TASK_BACKEND_ALIAS,
    TaskResultStatus,
)
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from dateline.config.serving.fingerprint import epoch
from dateline.config.serving.seat import TROUBLES
from dateline.config.serving.unanswered import write_unanswered_pages
from dateline.config.settings import options
from dateline.pagestore.actions import apply_due, forget_old
from dateline.pagestore.adapters.vocabulary import Cache
from dateline.pagestore.forgetting import forget_other_pages
from dateline.pagestore.opened import page_store
from dateline.pagestore.pressing import press
from dateline.pagestore.telling import tell_due
from dateline.plumbing import health, outbox
from dateline.publishing.actions import publish_due
from dateline.sources.tasks import sign_some_items, watch_links

log = logging.getLogger("dateline.worker")
HEARTBEAT_TICKS = 10
SWEEP_TICKS = 10
UNANSWERED_TICKS = 600
LINK_TICKS = 120
SIGNING_TICKS = 20
FORGET_TICKS = 7_200


def keep_the_minute(tick: int) -> None:
    """Publish what is due now, deliver what the outbox holds, show that we live."""
    # First, so that what a crash left unpurged is purged before anything is added.
    apply_due()
    publish_due()
    outbox.deliver_due()
    if tick % HEARTBEAT_TICKS == 0:
        health.beat()


def keep_pages(tick: int) -> None:
    """Press kept pages, and delete what is too much; write what may be needed."""
    store = page_store()
    if store is None:
        return
    if tick % UNANSWERED_TICKS == 0:
        write_unanswered_pages(store.folder / TROUBLES)
    press(store)
    if tick % SWEEP_TICKS == 0:
        store.sweep()
    if tick % FORGET_TICKS == 0:
        forget_old()


def tell_caches() -> list[Callable[[int], None]]:
    """Return a duty for each cache in front: to tell it what it has not heard."""
    if settings.DATELINE_PURGE_CACHES:
        forget_other_pages(epoch(options.read()))
    return [partial(_tell_cache, cache) for cache in settings.DATELINE_PURGE_CACHES]


def _tell_cache(cache: Cache, tick: int) -> None:
    del tick
    # The next round follows at once while there is more to tell than fits in one.
    while tell_due(cache):
        pass


def run_tasks(tick: int) -> None:
    """Run the queued tasks that are ready, one by one; watch links, sign items."""
    # The worker claims a task under the database's write lock: look first.
    if DBTaskResult.objects.ready().exists():
        _worker().run()
    if tick and tick % LINK_TICKS == 0:
        watch_links(tick // LINK_TICKS)
    if tick % SIGNING_TICKS == 0:
        sign_some_items()


def requeue_interrupted_tasks() -> None:
    """
    Put tasks back that a worker had begun when it was killed.

    Tasks are idempotent by the house's rule. On SQLite no other worker can be at
    work on them; on PostgreSQL one could, so they are left alone there.
    """
    if connection.vendor == "sqlite":
        interrupted = DBTaskResult.objects.running()
        count = interrupted.update(status=TaskResultStatus.READY, started_at=None)
        if count:
            log.warning("tasks begun again after a stop", extra={"count": count})


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id="dateline",
        excluded_queue_names=[],
    )
