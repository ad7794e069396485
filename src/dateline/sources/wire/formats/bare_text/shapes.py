"""What a line looks like, whatever it says: its length, its end, its script."""

import re
import unicodedata
from dataclasses import dataclass

#: Signs that end a sentence, in all scripts that have one.
_ENDS = frozenset(".!?…。！？．｡؟۔।॥።፧።։:;—՞;។៕၊။།᙮᠃᭟")
_FULL_ENDS = _ENDS - frozenset(":;—")
_CLOSERS = "\"'”’»›)]）】」』〉》“‘*†‡ \u00a0\u200e\u200f"
_NOTE_MARK = re.compile(r"\s?\[\d{1,3}\]$")
_INNER_END = re.compile(r"[.!?…][\"'”’»)]?\s+[^\W\d_]|[。！？؟۔।॥።։။។]")
#: Thai and Lao mark no end of a sentence at all.
_WITHOUT_ENDS = re.compile(r"[\u0e00-\u0eff]")
_WIDE = {"W", "F"}


def weight_of(text: str) -> int:
    """Return how much a line says: its length, wide letters counted twice."""
    if text.isascii():
        return len(text)
    return len(text) + sum(
        1 for c in text if c > "\u10ff" and unicodedata.east_asian_width(c) in _WIDE
    )


def ends_sentence(text: str) -> bool:
    bare = _NOTE_MARK.sub("", text).rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _FULL_ENDS


def ends_open(text: str) -> bool:
    """Tell whether the line ends as a sentence does that leads to the next line."""
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in ":;,،、，：；—–"


def has_sentence_inside(text: str) -> bool:
    return bool(_INNER_END.search(text))


def marks_no_ends(text: str) -> bool:
    return len(_WITHOUT_ENDS.findall(text[:200])) > len(text[:200]) // 2


#: Signs that are part of a word and yet no letters to Python: vowels of the Indic
#: scripts, points of Hebrew and Arabic, and the joiners between letters.
MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    r"\u0900-\u0963\u0970-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ecd"
    r"\u0f71-\u0f84\u102b-\u103e\u1056-\u109d\u135d-\u135f\u17b4-\u17d3\u200c\u200d"
)
_WORDS = re.compile(rf"[^\W\d_][\w'’{MARKS}-]*")


@dataclass(frozen=True, slots=True)
class _Letters:
    first: str
    last: str

    def __contains__(self, letter: str) -> bool:
        return self.first <= letter <= self.last


_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)
#: A Korean word is a stem of two syllables or so, and its particles.
_HANGUL = _Letters("\uac00", "\ud7a3")
_STEM = 5
_SHORTEST = 4


def content_words(text: str) -> set[str]:
    """
    Return what the text is about, for comparing texts of one page.

    Words of four letters or more, cut to a stem of five so that endings do not
    hide them; pairs of letters where a script puts no spaces.
    """
    found: set[str] = set()
    for word in _WORDS.findall(text.casefold()):
        if _UNSPACED.search(word):
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif word[0] in _HANGUL:
            found.add(word[:2])
        elif len(word) >= _SHORTEST:
            found.add(word[:_STEM])
    return found


def share_of(words: set[str], known: set[str]) -> float:
    """Return the share of the words that are among the known."""
    return len(words & known) / len(words) if words else 0.0


def word_count(text: str) -> int:
    """Return the number of words; two letters make one where there are no spaces."""
    unspaced = len(_UNSPACED.findall(text))
    return unspaced // 2 if unspaced * 2 > len(text) else len(text.split())


def is_cased(text: str) -> bool:
    return any(c.isupper() or c.islower() for c in text)


_BULLET = re.compile(r"^(?:[•●▪■◦‣⁃∙*·▶►➤✓✔]|-(?=\s)|\d{1,2}[.)](?=\s))\s*")


def without_bullet(text: str) -> str | None:
    """Return the text of a list item without its mark, or nothing if it has none."""
    found = _BULLET.match(text)
    return text[found.end() :] if found and len(text) > found.end() else None
