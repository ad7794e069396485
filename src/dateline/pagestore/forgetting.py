"""When the house opens: caches in front keep no page of other software."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from dateline.pagestore.actions import purge
from dateline.pagestore.adapters.marks import EVERY_PAGE
from dateline.pagestore.models import CacheInFront, PurgeCount
from dateline.pagestore.telling import state_of

FILE = "caches-in-front.json"
"""Beside the pages, which no backup holds: a restored house knows of no cache."""


def forget_other_pages(epoch: str) -> None:
    """
    Have every cache forget all pages, unless they are of this house and epoch.

    `epoch` names all that pages are made by (the software, its settings). Copies of
    another epoch lead to styles that are gone; those from before a backup was
    restored, to articles that are not there.
    """
    if settings.DATELINE_PAGES is None:
        return
    file = settings.DATELINE_PAGES / FILE
    newest = PurgeCount.objects.values_list("number", flat=True).get(pk=1)
    names = sorted(map(str, settings.DATELINE_PURGE_CACHES))
    seen = _seen(file)
    if (seen.get("epoch"), seen.get("caches")) != (epoch, names) or (
        seen.get("newest", 0) > newest
    ):
        _forget_all(newest)
    _write(file, {"epoch": epoch, "caches": names, "newest": newest})


def _forget_all(newest: int) -> None:
    with transaction.atomic():
        for cache in settings.DATELINE_PURGE_CACHES:
            state = state_of(cache)
            CacheInFront.objects.filter(pk=state.pk).update(
                told=min(state.told, newest), settled=min(state.settled, newest)
            )
        purge([EVERY_PAGE], cause="all pages are made anew")


def _seen(file: Path) -> dict[str, Any]:
    """Return what was written at the last opening; nothing if it cannot be read."""
    try:
        seen = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return seen if isinstance(seen, dict) else {}


def _write(file: Path, seen: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(seen), "utf-8")
