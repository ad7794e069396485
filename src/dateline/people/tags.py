"""The names of what pages read of contributors."""


def contributor(slug: str, language: str) -> str:
    """Name what a contributor's own list is called. Bylines keep their names."""
    return f"contributor:{slug}:{language}"


def profile(slug: str, language: str) -> str:
    """Name what stands beside a contributor's name: role, portrait, biography."""
    return f"profile:{slug}:{language}"
