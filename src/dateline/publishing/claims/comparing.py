"""Whether two sentences cannot both be right."""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dateline.publishing.claims.claim import PEOPLE, Claim, Quantity
from dateline.publishing.claims.figures import agree, scaled

_HALF, _MOST, _NEARLY_ALL = 0.5, 0.6, 0.75
_LEAST_DENIED, _LEAST_TIMED, _LEAST_UNKNOWN, _LEAST_PLACED = 3, 3, 3, 2
_PAIRS, _LEAST_PAIRS, _SOME = 4, 2, 0.4
_MINUTES = 10
_MUCH_MORE = 2
_TOO_FAR = 10


class Difference(NamedTuple):
    """What each of two sentences says to the one question."""

    says: tuple[str, str]
    values: tuple[float, float] = (math.nan, math.nan)


def may_differ(one: Claim, other: Claim) -> bool:
    """Tell, quickly, whether it is worth comparing two claims."""
    if not one.keys.isdisjoint(other.keys):
        return True
    return (
        one.denials != other.denials and len(one.about & other.about) >= _LEAST_DENIED
    )


def differ(one: Claim, other: Claim) -> Difference | None:
    """Return on what two sentences differ, if they do."""
    if _at_other_times(one, other):
        return None
    if _clash(one.places, other.places):
        return _in_place(one, other)
    return _in_number(one, other) or _in_time(one, other) or _in_denial(one, other)


def differ_beside(first: Claim, second: Claim) -> Difference | None:
    """Return on what a bare answer differs with a sentence before it."""
    if _at_other_times(first, second) or _clash(first.places, second.places):
        return None
    if second.bare is not None and second.asked <= first.about:
        return _answered(first.quantities, second.bare)
    if (
        first.bare is not None
        and first.bare.unit
        and not first.asked
        and second.quantities
    ):
        return _numbers(first.bare, second.quantities[0])
    return None


def _answered(asked: Iterable[Quantity], answer: Quantity) -> Difference | None:
    """Compare a bare answer with the first number to which it may be one."""
    held = list(asked)
    if any(agree(one, answer) for one in held):
        return None
    return next((found for one in held if (found := _numbers(one, answer))), None)


def _numbers(asked: Quantity, answer: Quantity) -> Difference | None:
    """Compare a number with one that leaves out what it counts."""
    is_alike = (
        answer.unit in ("", asked.unit)
        and answer.noun in ("", asked.noun)
        and answer.befell in ("", asked.befell)
    )
    if (
        not is_alike
        or asked.is_part
        or answer.is_part
        or not (asked.unit or asked.noun or asked.is_great)
        or _are_around_others(asked, answer)
    ):
        return None
    if asked.scale > 1 and answer.scale == 1 and not answer.unit:
        # “It costs 8.3 million. The union says 6.9.”
        answer = scaled(answer, asked.scale)
    low, high = sorted((asked.value, answer.value))
    is_far = low <= 0 or high / low > _TOO_FAR
    return None if is_far or agree(asked, answer) else _difference(asked, answer)


def _difference(one: Quantity, other: Quantity) -> Difference:
    return Difference((one.text, other.text), (one.value, other.value))


def _at_other_times(one: Claim, other: Claim) -> bool:
    """Tell whether they speak of other days."""
    if one.is_past != other.is_past:
        return True
    kinds = {kind for kind, _ in one.times} & {kind for kind, _ in other.times}
    if any(
        _clash(_of_kind(one.times, kind), _of_kind(other.times, kind)) for kind in kinds
    ):
        return True
    return bool(_of_kind(one.times, "year")) != bool(_of_kind(other.times, "year"))


def _of_kind(told: Iterable[tuple[str, str]], kind: str) -> frozenset[str]:
    return frozenset(one for its, one in told if its == kind)


def _clash(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _in_number(one: Claim, other: Claim) -> Difference | None:
    for a, b in _counted_alike(one, other):
        if not agree(a, b) and not _also_says(a, other) and not _also_says(b, one):
            return _difference(a, b)
    return None


def _also_says(quantity: Quantity, claim: Claim) -> bool:
    """Tell whether the other sentence has this very number, too."""
    return any(agree(quantity, other) for other in claim.quantities)


def _counted_alike(one: Claim, other: Claim) -> Iterator[tuple[Quantity, Quantity]]:
    for a in one.quantities:
        for b in other.quantities:
            if (
                _is_alike(a, b)
                and not _are_around_others(a, b)
                and not _is_narrower(a, b, other)
                and not _is_narrower(b, a, one)
                and not _tells_of_some(one, other, a, b)
                and _is_one_matter(one, other, a, b)
            ):
                yield a, b


def _is_alike(a: Quantity, b: Quantity) -> bool:
    """Tell whether two numbers count or measure one kind of thing."""
    if a.is_part or b.is_part or a.is_change != b.is_change:
        return False
    if a.befell != b.befell or not _is_one_unit(a, b):
        return False
    if a.unit or b.unit:
        return not (a.noun and b.noun and a.noun != b.noun)
    if not (a.noun and b.noun):
        return bool(a.befell) or (not (a.noun or b.noun) and a.is_great and b.is_great)
    return bool({a.noun} & {*b.kinds} or {b.noun} & {*a.kinds}) or PEOPLE in (
        a.noun,
        b.noun,
    )


def _tells_of_some(one: Claim, other: Claim, a: Quantity, b: Quantity) -> bool:
    """Tell whether the smaller number is of those to whom much more applies."""
    if a.unit or one.is_unspaced:
        return False
    small, great = (one, other) if a.value < b.value else (other, one)
    counted = {*a.kinds, *b.kinds}
    more = small.about - great.about - counted
    return len(more) >= _MUCH_MORE and great.about - counted <= small.about


def _are_around_others(a: Quantity, b: Quantity) -> bool:
    """Tell “in the valley” from “in the hills”."""
    return any(
        _clash(_of_kind(a.around, word), _of_kind(b.around, word))
        for word in {word for word, _ in a.around} & {word for word, _ in b.around}
    )


def _is_narrower(a: Quantity, b: Quantity, other: Claim) -> bool:
    """
    Tell whether a smaller number counts but some of what the greater one does.

    There cannot be more children among the dead than dead.
    """
    if a.unit or a.value > b.value:
        return False
    told = other.about | {b.noun, PEOPLE, b.befell, ""}
    return a.noun not in told or (a.narrowed not in told)


def _is_one_unit(a: Quantity, b: Quantity) -> bool:
    if a.unit == b.unit:
        return True
    return (
        "" in (a.unit, b.unit) and a.is_great and b.is_great and not (a.noun and b.noun)
    )


def _is_one_matter(one: Claim, other: Claim, a: Quantity, b: Quantity) -> bool:
    """Tell whether two sentences are about one thing beside what they count."""
    ones, others = one.about - {a.noun, b.noun}, other.about - {a.noun, b.noun}
    shared, least = len(ones & others), min(len(ones), len(others))
    if one.is_unspaced:
        return bool(a.befell) or _is_enough(shared, least, _LEAST_PAIRS, _SOME)
    if not (one.is_known and other.is_known):
        return _is_enough(shared, least, _LEAST_UNKNOWN, _MOST)
    if a.befell:
        return shared > 0 or least < _LEAST_DENIED
    if a.noun and b.noun and (a.noun == b.noun or not a.unit):
        # What is counted is a word in common already, what is measured is none.
        return not least or shared > (_NEARLY_ALL if a.unit else _HALF) * least
    least_shared = 2 if a.unit and a.noun != b.noun else min(2, least)
    # “The library costs 9 million” and “the pool costs 14” share half.
    return least > 0 and _is_enough(shared, least, least_shared, _NEARLY_ALL)


def _is_enough(shared: int, least: int, least_shared: int, part: float) -> bool:
    return shared >= least_shared and shared >= part * least


def _share(one: Claim, other: Claim, least_shared: int, part: float) -> bool:
    shared, least = (
        len(one.about & other.about),
        min(len(one.about), len(other.about)),
    )
    if one.is_unspaced:
        return _is_enough(shared, least, _PAIRS, _HALF)
    return _is_enough(shared, least, least_shared, part)


def _in_time(one: Claim, other: Claim) -> Difference | None:
    if len(one.clocks) != 1 or len(other.clocks) != 1:
        return None
    (a, told), (b, said) = one.clocks[0], other.clocks[0]
    if abs(a - b) < _MINUTES or not _share(one, other, _LEAST_TIMED, _MOST):
        return None
    return Difference((told, said), (float(a), float(b)))


def _in_place(one: Claim, other: Claim) -> Difference | None:
    """Compare where one thing was that both spoke of before, and nothing is counted."""
    if one.quantities or other.quantities or one.denials != other.denials:
        return None
    if len(one.located) != 1 or len(other.located) != 1:
        return None
    (place, word, told), (there, other_word, said) = one.located[0], other.located[0]
    shared = one.about & other.about
    least = min(len(one.about - {place}), len(other.about - {there}))
    if word != other_word or not shared & one.definite & other.definite:
        return None
    if len(shared) < _LEAST_PLACED or len(shared) < _NEARLY_ALL * least:
        return None
    return Difference((told, said))


def _in_denial(one: Claim, other: Claim) -> Difference | None:
    ones, others = one.denials - other.denials, other.denials - one.denials
    if bool(ones) == bool(others):
        return None
    if not _share(one, other, _LEAST_DENIED, _NEARLY_ALL):
        return None
    return Difference(("", ""))
