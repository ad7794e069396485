"""The names of what pages read of sections, stories, places and topics."""

from collections.abc import Mapping

SECTIONS = "sections"
"""Which sections there are, in their order."""
OTHER = "other"
"""Every language that has no name of its own and shows another's."""


def sections(language: str) -> str:
    """Name what all sections are called that have a name in that language."""
    return f"sections:{language}"


def named(kind: str, key: str, language: str) -> str:
    """Name what a section, a story, a place or a topic is called in a language."""
    return f"{kind}:{key}:{language}"


def looked_up(
    kind: str, key: str, language: str, names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the tags of looking for a name; `names` are None if there is no row."""
    own = named(kind, key, language)
    has_own = names is not None and names.get(language)
    return (own,) if has_own else (own, named(kind, key, OTHER))
