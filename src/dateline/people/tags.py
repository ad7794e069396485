"""The names of what pages read of contributors."""

OTHER = "other"
"""Every language that has no name of its own and shows the common one."""


def contributor(slug: str, language: str) -> str:
    """Name what a contributor's own list is called. Bylines keep their names."""
    return f"contributor:{slug}:{language}"


def profile(slug: str, language: str) -> str:
    """Name a contributor's role and biography."""
    return f"profile:{slug}:{language}"


def portrait(slug: str) -> str:
    return f"portrait:{slug}"
