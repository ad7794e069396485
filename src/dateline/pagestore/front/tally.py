"""What the fronts of a house count, each in a place of its own, told as one."""

import time

from dateline.pagestore.front.vocabulary import Count, Gauge
from dateline.pagestore.shared import beat, beaten_at
from dateline.pagestore.store import Store

NAME = "front"
LIVES_SECONDS = 5.0
"""A front that has said nothing for so long is gone, and what it held with it."""


class Tally:
    """One front's place among them; a front's successor goes on where it stopped."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._take_place()
        self._before = list(self._words[: len(Count)])

    def _take_place(self) -> None:
        self._shared = self._store.shared
        self._words = self._shared.counters(NAME)

    def share(self, counts: list[int], gauges: dict[Gauge, int]) -> None:
        """Show the others what this front has counted since it began, and how it is."""
        self._store.look()
        if self._store.shared is not self._shared:
            self._take_place()
        for place, count in enumerate(counts):
            self._words[place] = self._before[place] + count
        for gauge, number in gauges.items():
            self._words[len(Count) + gauge] = number
        beat(self._words)

    def counts(self) -> list[int]:
        """Return what all fronts have counted, those that are gone too."""
        places = [words[: len(Count)] for words in self._shared.counted(NAME)]
        return [sum(numbers) for numbers in zip(*places, strict=True)]

    def gauge(self, gauge: Gauge) -> int:
        """Return the sum of what the fronts that live have now."""
        now = time.monotonic()
        return sum(
            words[len(Count) + gauge]
            for words in self._shared.counted(NAME)
            if now - (beaten_at(words) or 0.0) < LIVES_SECONDS
        )
