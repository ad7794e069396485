"""What a line looks like, whatever it says: its length, its end, its script."""

import re
import unicodedata

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


_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)
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
