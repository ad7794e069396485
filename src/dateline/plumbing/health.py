"""Whether the newsroom is well: its database, its folder, its worker."""

import logging
import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from dateline.plumbing import clock
from dateline.plumbing.models import Heartbeat

log = logging.getLogger(__name__)
WORKER = "worker"
LONGEST_SILENCE = timedelta(seconds=60)
_awake_since = time.monotonic()


class Unwell(Exception):
    """One part of the newsroom does not work; the text says how."""


def beat() -> None:
    """Note that the worker is alive."""
    Heartbeat.objects.update_or_create(
        process=WORKER, defaults={"seen_at": clock.now()}
    )


def examine() -> dict[str, str]:
    """Return for each part ``ok`` or what is wrong with it."""
    return {name: _verdict(examination) for name, examination in _PARTS.items()}


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer a monitor: 200 when every part is well, 503 when one is not."""
    del request
    parts = examine()
    is_well = set(parts.values()) == {"ok"}
    if not is_well:
        log.error("unwell", extra=parts)
    answer = JsonResponse(
        {"status": "ok" if is_well else "unwell"} | parts,
        status=200 if is_well else 503,
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _verdict(examination: Callable[[], None]) -> str:
    try:
        examination()
    except Unwell as error:
        return str(error)
    return "ok"


def _examine_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Unwell("does not answer") from error


def _examine_folder() -> None:
    try:
        with tempfile.TemporaryFile(dir=Path(settings.DATELINE_DATA)) as probe:
            probe.write(b"written")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise Unwell(f"cannot be written: {error.strerror}") from error


def _examine_worker() -> None:
    try:
        seen_at = Heartbeat.objects.values_list("seen_at", flat=True).get(
            process=WORKER
        )
    except (Heartbeat.DoesNotExist, DatabaseError):
        seen_at = None
    if seen_at is not None and clock.now() - seen_at <= LONGEST_SILENCE:
        return
    # The server answers a moment before the worker has first shown itself.
    if time.monotonic() - _awake_since > LONGEST_SILENCE.total_seconds():
        raise Unwell("has not been seen for a minute")


_PARTS: dict[str, Callable[[], None]] = {
    "database": _examine_database,
    "data_folder": _examine_folder,
    "worker": _examine_worker,
}
