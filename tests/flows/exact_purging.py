"""
Whether acts purge the pages that they change, and how many others.

`python -m tests.flows.exact_purging [ACTS] [SEED] [PAGES]` lets a generated newsroom
act that often and renders its pages before and after each act: all, or so many of them.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.flows.generated_newsroom import House

OLDER = re.compile(rb'href="(/[^"]*/before/[^"]*)"')
HEADERS = ("Content-Type", "Location", "Cache-Control", "ETag", "Vary")
FEW = 2
MOST_NEEDLESS = 0.15
HARD = {"kill", "kill_standing_page", "redact"}


@dataclass(frozen=True)
class Seen:
    """A page as it was rendered, with the tags of what it read."""

    digest: bytes
    body: bytes
    tags: frozenset[str]
    stale_at: datetime | None
    older: tuple[str, ...]


@dataclass
class Tally:
    """What the acts purged."""

    acts: Counter[str] = field(default_factory=Counter)
    purged: Counter[str] = field(default_factory=Counter)
    needless: Counter[str] = field(default_factory=Counter)
    by_tag: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    addresses: int = 0

    @property
    def share(self) -> float:
        return self.needless.total() / max(1, self.purged.total())

    def __str__(self) -> str:
        lines = [
            f"{name:<24}{self.acts[name]:>6}{self.purged[name]:>9}"
            f"{self.needless[name]:>9}{_share(self, name):>8.1%}"
            for name in sorted(self.acts, key=lambda name: -self.needless[name])
        ]
        struck = (f"{name}: {count}" for name, count in self.by_tag.most_common(12))
        total = f"{self.share:.1%} of {self.purged.total()} purged pages needlessly"
        head = f"{'act':<24}{'acts':>6}{'purged':>9}{'needless':>9}{'share':>8}"
        return "\n".join((head, *lines, total, "by tag: " + ", ".join(struck)))


def _share(tally: Tally, name: str) -> float:
    return tally.needless[name] / max(1, tally.purged[name])


def _kind_of(path: str) -> str:
    """Return an address without what names one day, one article, one list."""
    path = re.sub(r"^/(en|ar|uk|fr)/", "/edition/", path)
    path = re.sub(r"/(sections|topics|places|stories|by)/[a-z0-9-]+", r"/\1/one", path)
    return re.sub(r"/[a-z]*-?\d[a-z0-9-]*", "/9", path)


class PageStayedStale(AssertionError):
    """A page changed, and nothing that it read was purged."""


class Watch:
    """
    The pages of a newsroom, rendered before and after each of its acts.

    All of them, or where `most` is given that many: of each kind as many as it goes.
    """

    def __init__(self, house: "House", *, most: int | None = None) -> None:
        from django.test import Client

        self.house = house
        self.most = most
        self.client = Client()
        self.seen: dict[str, Seen] = {}
        self.tally = Tally()

    def step(self, name: str = "") -> None:
        """Have the newsroom do one thing, and compare."""
        from tests.flows.generated_newsroom import ACTS

        name = name or self.house.random.choice(sorted(ACTS))
        self.house.wait()
        with self.house.at_its_time():
            do = ACTS[name](self.house)
        if do is not None:
            self.compare(name, do)

    def compare(self, name: str, do: Callable[[], object]) -> None:
        """Look at the pages, do something, and look again."""
        from dateline.publishing.rules import ActRefused

        with self.house.at_its_time(), suppress(ActRefused):
            self._render_what_is_due()
            number = _newest_purge()
            do()
            self._look_again(name, _purged_since(number, hard=name in HARD))

    def _render_what_is_due(self) -> None:
        known = self.house.addresses()
        if self.most is not None:
            known = self._some(known)
        while missing := [path for path in sorted(known) if self._is_due(path)]:
            for path in missing:
                self.seen[path] = self._render(path)
                if self.most is None:
                    known.update(self.seen[path].older)

    def _some(self, known: set[str]) -> set[str]:
        """Return what is watched already, and as many more as it takes."""
        kinds: dict[str, list[str]] = {}
        for path in sorted(known - self.seen.keys()):
            kinds.setdefault(_kind_of(path), []).append(path)
        names = sorted(kinds, key=lambda _: self.house.random.random())
        more = [self.house.random.choice(kinds[name]) for name in names]
        return {*self.seen, *more[: max(FEW, self.most - len(self.seen))]}

    def _is_due(self, path: str) -> bool:
        seen = self.seen.get(path)
        if seen is None:
            return True
        return seen.stale_at is not None and seen.stale_at < self.house.now

    def _look_again(self, name: str, purged: frozenset[str]) -> None:
        self.tally.acts[name] += 1
        self.tally.addresses = len(self.seen)
        for path, before in list(self.seen.items()):
            now, struck = self._render(path), before.tags & purged
            self.tally.pages += 1
            if now.digest != before.digest and not struck:
                told = _first_difference(before.body, now.body)
                msg = f"{name} left {path} stale: {told}\nit read {sorted(before.tags)}"
                raise PageStayedStale(f"{msg}\npurged were {sorted(purged)[:60]}")
            if struck:
                self._count(name, struck, needless=now.digest == before.digest)
                # A page that is not purged stays, with the tags that it was kept by.
                self.seen[path] = now

    def _count(self, name: str, struck: frozenset[str], *, needless: bool) -> None:
        self.tally.purged[name] += 1
        if needless:
            self.tally.needless[name] += 1
            self.tally.by_tag[" ".join(sorted({t.split(":")[0] for t in struck}))] += 1

    def _render(self, path: str) -> Seen:
        response = self.client.get(path, headers={"accept-language": "ar"})
        told = [f"{name}: {response.get(name)}" for name in HEADERS]
        head = "\n".join([str(response.status_code), *told]).encode()
        return Seen(
            sha256(head + response.content).digest(),
            head + b"\n" + response.content,
            response.page_tags,
            getattr(response, "page_stale_at", None),
            tuple(found.decode() for found in OLDER.findall(response.content)),
        )


def _newest_purge() -> int:
    from dateline.pagestore.models import PurgeCount

    return PurgeCount.objects.values_list("number", flat=True).get()


def _purged_since(number: int, *, hard: bool) -> frozenset[str]:
    from dateline.pagestore.models import Purge

    rows = list(Purge.objects.filter(number__gt=number))
    assert all(row.is_hard is hard for row in rows), "a purge of the wrong hardness"
    return frozenset(tag for row in rows for tag in row.tags)


def _first_difference(before: bytes, now: bytes) -> str:
    pairs = zip(before.decode().splitlines(), now.decode().splitlines(), strict=False)
    return next((f"{a!r} became {b!r}" for a, b in pairs if a != b), "its length")


@contextmanager
def small_pages() -> Iterator[None]:
    """Have a few articles fill every list, as thousands would."""
    sizes = {
        "dateline.website.views.lists": {"CARDS_A_PAGE": 3, "CORRECTIONS_A_PAGE": 2},
        "dateline.website.views.sources": {"CARDS_A_PAGE": 3},
        "dateline.website.views.fronts": {
            "CONSIDERED": 6,
            "BRIEFS": 2,
            "CARDS_IN_A_ROW": 2,
        },
        "dateline.website.views.articles": {"MORE": 2},
        "dateline.website.views.rendering": {"CARDS_BESIDE_TROUBLE": 2},
        "dateline.website.machines.feeds": {"ITEMS": 3},
        "dateline.website.machines.sitemaps": {"ADDRESSES": 3},
    }
    with pytest.MonkeyPatch.context() as patch:
        for module, values in sizes.items():
            for name, value in values.items():
                patch.setattr(import_module(module), name, value)
        yield


def main(acts: int, seed: int, pages: int) -> int:
    from django.db import transaction
    from django.test.utils import setup_test_environment

    import tests.databases
    from tests.flows.generated_newsroom import House

    setup_test_environment()
    tests.databases.prepare(renew=False)
    began = time.monotonic()
    with small_pages(), transaction.atomic():
        watch = Watch(House(Random(seed)), most=pages or None)  # noqa: S311  (dice, not keys)
        for number in range(acts):
            watch.step()
            if number % 10 == 9:
                seconds = time.monotonic() - began
                print(  # noqa: T201  (a command speaks)
                    f"{number + 1} acts, {watch.tally.pages} renders, {seconds:.0f} s"
                )
        print(watch.tally)  # noqa: T201  (a command speaks)
        transaction.set_rollback(True)
    return int(watch.tally.share > MOST_NEEDLESS)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings.test")
    import django

    django.setup()
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(numbers + [200, 1, 0][len(numbers) :])))
