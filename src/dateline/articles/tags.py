"""The names of what pages read of sections, stories, places and topics."""

from collections.abc import Mapping

SECTIONS = "sections"
"""Which sections there are, in their order."""
OTHER = "other"
"""Every language that has no name of its own and shows another's."""


def sections(language: str) -> str:
    """Name what all sections are called that have a name in that language."""
    return f"sections:{language}"


def named(kind: str, key: str, language: str, names: Mapping[str, str]) -> str:
    """Name what a section, a story, a place or a topic is called in a language."""
    return f"{kind}:{key}:{language if names.get(language) else OTHER}"


def unnamed(kind: str, key: str) -> str:
    """Name a section, a story, a place or a topic that is not there."""
    return f"{kind}:{key}:{OTHER}"
