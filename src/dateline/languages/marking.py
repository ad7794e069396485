"""What changed between two texts, word by word, in every script."""

import difflib
import re
from collections.abc import Sequence
from functools import cache
from unicodedata import category

from markupsafe import Markup, escape

# Scripts without spaces: each letter is a word.
_UNSPACED = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
# A letter that these join to the one before stands under it, in Burmese and Khmer.
_STACKED = r"[\u1039\u17d2]\S"
_JOINERS = "\u200c\u200d"
_MOST_COMPARISONS = 4_000_000
"""Two passages of 2,000 words each; it takes less than a second."""
_MARKS_END = 0x1F000
"""No combining mark that a newspaper needs lies above it."""


def marked(old: str, new: str) -> Markup:
    """Return `new` with what went and what came marked in it."""
    if old == new:
        return escape(new)
    a, b = _tokens().findall(old), _tokens().findall(new)
    if len(a) * len(b) > _MOST_COMPARISONS:
        return _mark("del", old) + _mark("ins", new)
    parts = []
    for tag, i, j, k, n in _opcodes(a, b):
        if tag == "equal":
            parts.append(escape("".join(b[k:n])))
        else:
            gone, come = "".join(a[i:j]), "".join(b[k:n])
            space = escape(_space_after(come or gone))
            parts += [_mark("del", gone.rstrip()), _mark("ins", come.rstrip()), space]
    return Markup("").join(parts)


def _opcodes(a: list[str], b: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Compare words without the space after them: the last one has none."""
    old, new = ([token.rstrip() for token in tokens] for tokens in (a, b))
    # `autojunk` keeps a letter that a long text is full of from costing minutes.
    return difflib.SequenceMatcher(None, old, new, autojunk=True).get_opcodes()


def _space_after(text: str) -> str:
    return text[len(text.rstrip()) :]


@cache
def _tokens() -> re.Pattern[str]:
    """
    Return what finds words and signs, each with the space after it.

    No letter is cut: to Python a vowel sign of Hindi or a dot of Hebrew is no part of
    a word. Spaces are no words of their own: so common a word makes `difflib` slow.
    """
    marks = "".join(chr(n) for n in range(_MARKS_END) if category(chr(n))[0] == "M")
    with_marks = f"(?:{_STACKED}|[{marks}{_JOINERS}])*"
    word = rf"(?:(?!{_UNSPACED})\w{with_marks})+"
    return re.compile(rf"(?:{_UNSPACED}{with_marks}|{word}|[^\w\s]{with_marks})\s*|\s+")


def _mark(element: str, text: str) -> Markup:
    if not text:
        return Markup("")
    # The element is ours; `format` escapes the text.
    return Markup(f"<{element}>{{}}</{element}>").format(text)  # noqa: S704
