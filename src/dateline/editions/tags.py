"""The names of what pages read of editions and of the newsroom."""

from enum import StrEnum

EDITIONS = "editions"
"""Which editions readers can open, and in what order."""


def edition(code: str) -> str:
    """Name an edition's title and motto, and that readers can open it."""
    return f"edition:{code}"


def edition_place(code: str) -> str:
    """Name where an edition is made, as its front's nameplate says."""
    return f"edition:{code}:place"


def description(code: str) -> str:
    """Name what an edition's feeds say of it."""
    return f"edition:{code}:description"


class Part(StrEnum):
    """What a page can show of the newsroom."""

    HOUSE = "newsroom"
    """Its social accounts, and whether it is a demonstration."""
    PLACE = "newsroom:place"
    """Where it is, for the fronts of editions that say nothing else."""
    ZONE = "newsroom:zone"
    """In which zone it counts its days."""
    PUBLISHER = "newsroom:publisher"
    """Its name, address and the like, as machines are told them."""
    TRUST = "newsroom:trust"
    SECURITY = "newsroom:security"
