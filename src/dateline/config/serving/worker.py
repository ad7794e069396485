"""
The worker process: what happens without anybody asking for a page.

Three threads. One keeps the minute: purges left over, due schedules, deliveries of
the outbox, the heartbeat. One runs queued tasks, however long they take, so that no
long task makes an embargo late. One looks after kept pages, when nobody else wants
the processor.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

import django

from dateline.config.serving import lifeline

log = logging.getLogger("dateline.worker")
TICK_SECONDS = 0.5
LEISURE = 15
# After a failure (a database that went away) the loop waits before it looks again.
AFTER_FAILURE_SECONDS = 5.0


def main(parent: int) -> None:
    """Work until told to stop."""
    lifeline.die_with(parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings.base")
    django.setup()
    closing = threading.Event()

    def close(number: int, frame: FrameType | None) -> None:
        del number, frame
        closing.set()

    signal.signal(signal.SIGTERM, close)
    signal.signal(signal.SIGINT, close)
    from dateline.config.serving import duties

    tasks = threading.Thread(
        target=_repeat, args=(duties.run_tasks, closing), name="tasks", daemon=True
    )
    pages = threading.Thread(
        target=_at_leisure, args=(duties.keep_pages, closing), daemon=True
    )
    for duty in duties.tell_caches():
        # A cache that does not answer keeps no other waiting.
        threading.Thread(target=_repeat, args=(duty, closing), daemon=True).start()
    duties.requeue_interrupted_tasks()
    tasks.start()
    pages.start()
    _repeat(duties.keep_the_minute, closing)
    # A task that does not end in time is ended with the process, and run again.
    tasks.join(timeout=2.0)


def _at_leisure(duty: Callable[[int], None], closing: threading.Event) -> None:
    if sys.platform == "linux":
        # Of this thread alone, as Linux has it.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LEISURE)
    _repeat(duty, closing)


def _repeat(duty: Callable[[int], None], closing: threading.Event) -> None:
    from django.db import close_old_connections

    tick = 0
    wait = 0.0
    while not closing.wait(wait):
        try:
            close_old_connections()
            duty(tick)
            wait = TICK_SECONDS
        except Exception:
            log.exception("duty failed", extra={"duty": str(duty)})
            wait = AFTER_FAILURE_SECONDS
        tick += 1


if __name__ == "__main__":
    main(int(sys.argv[1]))
