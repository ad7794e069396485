"""
Events: recorded in the act's own transaction, delivered after it, until done.

A handler subscribes by name in its package's ``handlers.py``, loaded by the
app's ``ready()``. Handlers must be idempotent: a crash between a handler's
work and the mark "done" makes it run again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from dateline.plumbing import clock
from dateline.plumbing.models import Delivery, Event

log = logging.getLogger(__name__)
Handler = Callable[[dict[str, Any]], None]
_subscriptions: dict[str, dict[str, Handler]] = {}
LONGEST_WAIT = timedelta(minutes=10)


def subscribe(event_name: str, handler: Handler) -> None:
    """Have `handler` called with the payload of each event of that name."""
    key = f"{handler.__module__}.{handler.__qualname__}"
    _subscriptions.setdefault(event_name, {})[key] = handler


def record(event_name: str, payload: dict[str, Any]) -> Event:
    """
    Record that something happened. Call it inside the act's transaction.

    :raises RuntimeError: outside a transaction the event could outlive its act
    """
    if not transaction.get_connection().in_atomic_block:
        msg = f"Event {event_name} was recorded outside a transaction."
        raise RuntimeError(msg)
    now = clock.now()
    event = Event.objects.create(name=event_name, payload=payload, recorded_at=now)
    Delivery.objects.bulk_create(
        Delivery(event=event, handler=key, due_at=now)
        for key in sorted(_subscriptions.get(event_name, {}))
    )
    return event


def deliver_due(limit: int = 100) -> int:
    """Run the handlers that are due; return how many finished."""
    due = (
        Delivery.objects.select_related("event")
        .filter(done_at__isnull=True, due_at__lte=clock.now())
        .order_by("due_at", "id")[:limit]
    )
    return sum(_deliver(delivery) for delivery in due)


def _deliver(delivery: Delivery) -> bool:
    handler = _subscriptions.get(delivery.event.name, {}).get(delivery.handler)
    try:
        if handler is None:
            # A release may drop a handler while its deliveries are still due.
            log.warning("outbox handler gone handler=%s", delivery.handler)
        else:
            with transaction.atomic():
                handler(delivery.event.payload)
    except Exception as error:
        log.exception("outbox delivery failed handler=%s", delivery.handler)
        _postpone(delivery, error)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        done_at=clock.now(), attempts=F("attempts") + 1, last_error=""
    )
    return True


def _postpone(delivery: Delivery, error: Exception) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=F("attempts") + 1,
        due_at=_next_try(delivery.attempts),
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def _next_try(attempts: int) -> datetime:
    return clock.now() + min(LONGEST_WAIT, timedelta(seconds=2 ** min(attempts, 12)))
