"""
Count the tries to come in before they are made, and take back those that succeed.

Counted before: a hundred tries at once see each other. Kept in the database: every
process sees them. Bounded: old rows are swept at each try, and there are never more
than `MOST_ROWS`.
"""

import unicodedata
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from dateline.people import rules
from dateline.people.models import Tries
from dateline.people.rules import Tried
from dateline.plumbing import clock

MOST_ROWS = 50_000
MOST_SWEPT = 500


@dataclass(frozen=True)
class Count:
    """What is counted, and of whom or of where."""

    what: Tried
    whose: str

    @property
    def key(self) -> str:
        whose = unicodedata.normalize("NFKC", self.whose).strip().casefold()
        return salted_hmac(
            "dateline.people.tries", f"{self.what}:{whose}", algorithm="sha256"
        ).hexdigest()


@transaction.atomic
def count_try(*counts: Count) -> None:
    """
    Note that somebody is about to try.

    :raises TooManyTries: too often of late; nothing is noted
    """
    now = int(clock.now().timestamp())
    rows = [(count, _locked(count)) for count in sorted(counts, key=lambda c: c.key)]
    wait = max(
        rules.seconds_to_wait(row.moments, limit=rules.LIMITS[count.what], now=now)
        for count, row in rows
    )
    if wait:
        raise rules.TooManyTries(wait)
    for _, row in rows:
        row.moments = [*rules.recent(row.moments, now=now), now]
        row.latest_at = clock.now()
        row.save()
    _sweep()


@transaction.atomic
def take_back(*counts: Count) -> None:
    """Take back the latest try: it succeeded."""
    for count in sorted(counts, key=lambda c: c.key):
        row = Tries.objects.select_for_update().filter(pk=count.key).first()
        if row is not None:
            row.moments = row.moments[:-1]
            row.save(update_fields=["moments"])


def forgive(count: Count) -> None:
    """Forget all tries: whoever tried has shown to be the one."""
    Tries.objects.filter(pk=count.key).delete()


def _locked(count: Count) -> Tries:
    Tries.objects.get_or_create(pk=count.key, defaults={"latest_at": clock.now()})
    return Tries.objects.select_for_update().get(pk=count.key)


def _sweep() -> None:
    _delete(Tries.objects.filter(latest_at__lt=clock.now() - rules.WINDOW))
    _delete(Tries.objects.order_by("-latest_at")[MOST_ROWS : MOST_ROWS + MOST_SWEPT])


def _delete(rows: QuerySet[Tries]) -> None:
    # What another process is counting in just now is left for the next sweep: two
    # that waited for each other's rows would wait for ever.
    free = rows.select_for_update(skip_locked=True).values_list("pk", flat=True)
    Tries.objects.filter(pk__in=list(free[:MOST_SWEPT])).delete()
