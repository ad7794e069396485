"""
What it costs to find the items that a text is near, among so many.

    python -m bench.near_items [ITEMS…]

Fills the index with signatures of texts that share nothing, as dense as those of real
items of four hundred words are, then with one item, and looks up an article of 2,000
words that copies a part of it. Prints CPU time, rows read and what was found.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

#: Runs in an item of four hundred words; the least of so many numbers lies this low.
RUNS = 220
ROUNDS = 20
WORDS, COPIED, OF_ITEM = 2_000, 150, 400


def main(*counts: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings.test")
    with tempfile.TemporaryDirectory(prefix="dateline-near-") as folder:
        os.environ["DATELINE_DATA"] = folder
        import django

        django.setup()
        for count in counts or (1_000, 1_000_000):
            _measure(count, Path(folder) / f"{count}.sqlite3")


def _measure(count: int, path: Path) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = str(path)
    call_command("migrate", verbosity=0)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for rows in _signatures(count):
            cursor.executemany(
                "INSERT INTO sources_wiresignature (value, item_id) VALUES (%s, %s)",
                rows,
            )
    _look_up(count)
    path.unlink()


def _signatures(count: int) -> Iterator[list[tuple[int, int]]]:
    from dateline.sources.likeness import BANDS

    chance = random.Random(count)
    for band in range(BANDS):
        least = sorted(
            (int(min(chance.expovariate(RUNS), 0.999) * 2**32), item)
            for item in range(1, count + 1)
        )
        yield [(band << 32 | value, item) for value, item in least]


def _look_up(count: int) -> None:
    from dateline.sources.actions.signing import sign_item
    from dateline.sources.likeness import words_of
    from dateline.sources.near_items import items_near
    from tests.publishing.sourced import an_item

    chance = random.Random(1)
    text, told = _text(chance, WORDS), _text(chance, OF_ITEM)
    item: Any = an_item(" ".join(told), pk=count + 1)
    sign_item(item)
    words = words_of(" ".join([*text[:900], *told[:COPIED], *text[900:]]))
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        found = items_near(words)
        spent.append(time.process_time() - began)
    print(
        f"{count:9,} items: CPU {median(spent) * 1000:.1f} ms, "
        f"the copied one {'found' if item.pk in found else 'missed'}, "
        f"{len(found) - (item.pk in found)} others to compare"
    )


def _text(chance: random.Random, words: int) -> list[str]:
    letters = "abcdefghiklmnoprstuvw"
    return ["".join(chance.choices(letters, k=7)) for _ in range(words)]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
