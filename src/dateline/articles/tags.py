"""The names of what pages read of sections, stories, places and topics."""


def named(kind: str, slug: str, language: str) -> str:
    """Name what a section, a story or a place is called in a language."""
    return f"{kind}:{slug}:{language}"


def sections(language: str) -> str:
    """Name all sections in their order, as every masthead shows them."""
    return f"sections:{language}"


def topic(code: str) -> str:
    """Name a topic, in all languages: only a release changes topics."""
    return f"topic:{code}"
