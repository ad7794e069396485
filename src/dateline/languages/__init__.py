"""The languages Dateline speaks, as data. Knows nothing of news, pages or models."""

from dateline.languages.negotiation import find, negotiate, wishes
from dateline.languages.records import LANGUAGES
from dateline.languages.vocabulary import Direction, Language

__all__ = ["LANGUAGES", "Direction", "Language", "find", "negotiate", "wishes"]
