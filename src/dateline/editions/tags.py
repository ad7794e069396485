"""The names of what pages read of editions and of the newsroom."""

from enum import StrEnum

EDITIONS = "editions"
"""Which editions readers can open, and in what order."""


def edition(code: str) -> str:
    """Name an edition's title, motto and place."""
    return f"edition:{code}"


def description(code: str) -> str:
    """Name what an edition's feeds say of it."""
    return f"edition:{code}:description"


class Part(StrEnum):
    """What a page can show of the newsroom."""

    HOUSE = "newsroom"
    """Its place and social accounts, and whether it is a demonstration."""
    ZONE = "newsroom:zone"
    """In which zone it counts its days."""
    PUBLISHER = "newsroom:publisher"
    """Its name, address and the like, as machines are told them."""
    TRUST = "newsroom:trust"
    SECURITY = "newsroom:security"
