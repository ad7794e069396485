"""What a source has in place of words that it does not hold."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from dateline.publishing.quotations.pieces import Gap, Piece
from dateline.publishing.quotations.spelling import UNSPACED

_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
_MOST_WORDS, _MOST_QUOTED = 8_000, 200


def nearest_words(parts: Sequence[Piece | Gap], text: str) -> str:
    """Return the passage of the source that the quotation most looks like."""
    quoted = [
        word
        for part in parts
        if isinstance(part, Piece)
        for word in _WORD.findall(part.text.casefold())
    ][:_MOST_QUOTED]
    found = [*_WORD.finditer(text)][:_MOST_WORDS]
    said = [word[0].casefold() for word in found]
    match = SequenceMatcher(None, said, quoted, autojunk=False).find_longest_match()
    if match.size == 0:
        return ""
    begin = max(0, match.a - match.b)
    last = min(len(found), begin + len(quoted)) - 1
    return text[found[begin].start() : found[last].end()]
