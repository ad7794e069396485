"""Numbers as they are written in figures, and how exactly they are meant."""

import math
import re
from dataclasses import replace
from decimal import Decimal

from dateline.publishing.claims.claim import Quantity

_NEAR, _ABOUT = 0.05, 0.10
_ROUND, _LONGEST = 100, 30
_APART = re.compile(r"[٬'’\s]")


def read_figures(written: str) -> float:
    """Return the value of a number with its marks of thousands and of decimals."""
    plain = _APART.sub("", written[:_LONGEST]).replace("٫", ".").replace(",", ".")
    whole, *parts = plain.split(".")
    if parts and len(parts[-1]) == len("000") and _are_groups(parts):
        return float(whole + "".join(parts))
    try:
        return float(plain)
    except ValueError:
        return float(re.sub(r"\D", "", plain))


def _are_groups(parts: list[str]) -> bool:
    """Tell “1,25,000” and “1.250.000” from a number with decimals."""
    return all(len(part) in (len("00"), len("000")) for part in parts)


def agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers may be the same: a range, or one of them rounded."""
    if one.least <= other.most and other.least <= one.most:
        return True
    most = max(one.value, other.value)
    gap = abs(one.value - other.value)
    return gap <= _NEAR * most and gap <= max(_half(one.value), _half(other.value))


def scaled(one: Quantity, scale: float) -> Quantity:
    """Return a number with the “million” that it leaves out."""
    return replace(
        one,
        value=one.value * scale,
        least=one.least * scale,
        most=one.most * scale,
    )


def widened(value: float, how: str) -> tuple[float, float]:
    """Return what a number may stand for behind “about”, “at least” or “at most”."""
    if how == "about":
        return value * (1 - _ABOUT), value * (1 + _ABOUT)
    if how == "least":
        return value, value * 2
    if how == "most":
        return 0.0, value
    return value, value


def _half(value: float) -> float:
    """Return half of the last place that a number may be rounded to."""
    if not value or (value < _ROUND and value == int(value)):
        return 0.0
    place = Decimal(str(value)).normalize().as_tuple().exponent
    return math.pow(10, int(place)) / 2
