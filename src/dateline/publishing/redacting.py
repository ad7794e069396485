"""Taking passages out of text, whatever formatting runs through them. Pure."""

import html
import re
from typing import Any

from dateline.publishing.vocabulary import REDACTED

_TAGS = r"(?:<[^>]*>)*"
_SPACE = r"(?:\s|&nbsp;|\u00a0)+"


def pattern_of(passage: str) -> re.Pattern[str]:
    """Return what finds a passage in plain text and inside a block's HTML."""
    words = [_TAGS.join(_letter(letter) for letter in word) for word in passage.split()]
    return re.compile(f"{_TAGS}{_SPACE}{_TAGS}".join(words))


def _letter(letter: str) -> str:
    escaped = html.escape(letter)
    if escaped == letter:
        return re.escape(letter)
    return f"(?:{re.escape(letter)}|{re.escape(escaped)})"


def without(value: Any, patterns: list[re.Pattern[str]]) -> Any:
    """Return `value` with every match replaced by a mark; its tags stay paired."""
    if isinstance(value, str):
        for pattern in patterns:
            value = pattern.sub(_marked, value)
        return value
    if isinstance(value, dict):
        return {key: without(item, patterns) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without(item, patterns) for item in value]
    return value


def _marked(match: re.Match[str]) -> str:
    return REDACTED + "".join(re.findall(r"<[^>]*>", match.group()))
