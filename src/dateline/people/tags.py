"""The names of what pages read of contributors."""

from collections.abc import Collection

OTHER = "other"
"""Every language in which nothing is said in its own words."""


def contributor(slug: str, language: str, told: Collection[str] = ()) -> str:
    """Name what a contributor's own list is called. Bylines keep their names."""
    return f"contributor:{slug}:{language if language in told else OTHER}"


def profile(slug: str, language: str, told: Collection[str] = ()) -> str:
    """Name what stands beside a contributor's name: role, portrait, biography."""
    return f"profile:{slug}:{language if language in told else OTHER}"
