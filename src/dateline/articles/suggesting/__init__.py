"""Find who says it, sentence by sentence. Knows text and words, no model."""

from dateline.articles.suggesting.suggesting import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
