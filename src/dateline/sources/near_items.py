"""Which items of the wire a text is near."""

from collections import Counter
from collections.abc import Sequence

from dateline.plumbing.prepared import Prepared
from dateline.sources.likeness import AGREEING, PART, RUN, shingles, signature
from dateline.sources.models import WireSignature

#: Of more items than these a text is not looked at word by word.
MOST_ITEMS = 8
#: Longer texts are looked up by their first parts.
MOST_PARTS = 60
_AT_ONCE = 900
_AGREEING = Prepared(
    lambda *, values: WireSignature.objects.filter(value__in=values).values_list(
        "value", "item"
    )
)


def items_near(words: Sequence[str]) -> list[int]:
    """
    Return the items that may share a stretch with these words, the likeliest first.

    Each part of the text is looked up by itself, so that one copied paragraph is found
    in a long text too. Two numbers that agree are not yet a copy: compare the words.
    """
    parts = _parts(words)
    asked = list({value for part in parts for value in part})
    items: dict[int, list[int]] = {}
    for at in range(0, len(asked), _AT_ONCE):
        for value, item in _AGREEING(values=asked[at : at + _AT_ONCE]):
            items.setdefault(value, []).append(item)
    best: Counter[int] = Counter()
    for part in parts:
        agreed = Counter(item for value in part for item in items.get(value, ()))
        for item, count in agreed.items():
            best[item] = max(best[item], count)
    return [n for n, count in best.most_common(MOST_ITEMS) if count >= AGREEING]


def _parts(words: Sequence[str]) -> list[list[int]]:
    """Return the signatures of the parts of a text, the last with what is left."""
    count = min(max(1, len(words) // PART), MOST_PARTS)
    ends = [PART * n for n in range(1, count)] + [min(len(words), PART * (count + 1))]
    starts = [0, *ends[:-1]]
    return [
        signature(shingles(words[start : end + RUN - 1]))
        for start, end in zip(starts, ends, strict=True)
    ]
