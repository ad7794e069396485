"""Decisions of the ledger: values in, verdict out."""

import re
from dataclasses import dataclass
from datetime import datetime

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class VersionOrder:
    """What tells whether one version of an item is newer than another."""

    version: str
    created_at: datetime | None


def is_newer(coming: VersionOrder, known: VersionOrder) -> bool:
    """
    Tell whether the coming version is the newer one.

    The version's number decides, then the time the agency made it; where neither
    tells, what comes later is newer.
    """
    numbers = _numbers(coming.version), _numbers(known.version)
    if all(numbers) and numbers[0] != numbers[1]:
        return numbers[0] > numbers[1]
    if coming.created_at and known.created_at:
        return coming.created_at >= known.created_at
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBER.findall(version)[:6])
