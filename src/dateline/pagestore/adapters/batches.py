"""Many things in portions that a cache takes at once."""

from collections.abc import Iterable, Iterator


def batches(
    items: Iterable[str], *, most: int, largest: int = 1 << 30
) -> Iterator[list[str]]:
    """Yield the items in lists of at most `most`, and `largest` characters each."""
    batch: list[str] = []
    size = 0
    for item in items:
        if batch and (len(batch) >= most or size + len(item) + 1 > largest):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += len(item) + 1
    if batch:
        yield batch
