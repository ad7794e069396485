"""Numbers in what a browser sends."""

#: No table comes to have more rows than so many digits count.
_LONGEST = 12


def number_in(told: str) -> int | None:
    """Return the number of a row; None where it is none, or no row can have it."""
    return int(told) if told.isdecimal() and len(told) <= _LONGEST else None
