"""The text of a source, made ready to be compared with, and its voices."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from dateline.articles.suggesting.suggesting import suggest
from dateline.publishing.quotations.marks import quoted_passages
from dateline.publishing.quotations.spelling import (
    LONGEST_TEXT,
    MARK,
    spell,
    without_breaks,
    without_marks,
)

#: A quotation of fewer words is a name or a doubtful word, and nobody's voice.
_SHORTEST_VOICE = 4
_NARRATOR = -1


@dataclass(frozen=True)
class Voice:
    """Where one speaker is quoted in a source, in its spelled text."""

    start: int
    end: int
    paragraph: str
    begin: int
    is_open: bool


@dataclass(frozen=True)
class SourceText:
    """A source's text in the one spelling; `of` makes it."""

    text: str
    code: str
    voices: tuple[Voice, ...] = ()
    mended: "SourceText | None" = field(default=None, repr=False)

    @classmethod
    def of(cls, text: str, code: str = "en") -> "SourceText":
        """Return a source's text ready to be compared with."""
        return _made(text[:LONGEST_TEXT], code)

    def voices_in(self, start: int, end: int) -> set[int]:
        """Return whose words stand there: numbers of voices, the narrator's too."""
        found, at = set(), start
        for number, voice in enumerate(self.voices):
            if voice.end <= start or voice.start >= end:
                continue
            if _has_words(self.text[at : max(at, voice.start)]):
                found.add(_NARRATOR)
            found.add(number)
            at = voice.end
        if _has_words(self.text[at:end]):
            found.add(_NARRATOR)
        return found

    def is_one_speaker(self, voices: set[int]) -> bool:
        """Tell whether all these voices are known to be one speaker's."""
        if len(voices) < 2:  # noqa: PLR2004  (one voice is one speaker)
            return True
        if _NARRATOR in voices:
            return False
        first, *others = sorted(voices)
        return all(self._continues(first, other) for other in others)

    def _continues(self, first: int, other: int) -> bool:
        if all(self.voices[n].is_open for n in range(first, other)):
            return True
        named = {_speaker(self.voices[n], self.code) for n in (first, other)}
        return len(named) == 1 and None not in named


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


@lru_cache(maxsize=128)
def _made(text: str, code: str) -> SourceText:
    plain = text.replace(MARK, "")
    mended = without_breaks(plain)
    return _read(plain, code, _read(mended, code) if mended != plain else None)


def _read(text: str, code: str, mended: SourceText | None = None) -> SourceText:
    quoted = quoted_passages(text, code)
    marked, begin = [], 0
    for passage in quoted:
        marked += [text[begin : passage.start], MARK, text[passage.start : passage.end]]
        marked.append(MARK)
        begin = passage.end
    spelled, places = without_marks(spell("".join([*marked, text[begin:]])))
    voices = [
        Voice(start, end, *_paragraph(text, passage.start), passage.is_open)
        for passage, start, end in zip(quoted, places[::2], places[1::2], strict=False)
    ]
    spoken = tuple(voice for voice in voices if _is_voice(spelled, voice))
    return SourceText(spelled, code, spoken, mended)


def _is_voice(spelled: str, voice: Voice) -> bool:
    words = spelled[voice.start : voice.end]
    is_unspaced = any("\u0e00" <= letter <= "\u9fff" for letter in words)
    return len(words.split()) >= _SHORTEST_VOICE or (
        is_unspaced and len(words) > 2 * _SHORTEST_VOICE
    )


def _paragraph(text: str, at: int) -> tuple[str, int]:
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[begin : end if end >= 0 else len(text)], at - begin


@lru_cache(maxsize=512)
def _speaker(voice: Voice, code: str) -> str | None:
    """Return the name that the voice's own paragraph gives its speaker."""
    for sentence in suggest([voice.paragraph], code)[0]:
        if sentence.start <= voice.begin < sentence.end and sentence.source:
            return re.sub(r"\W+", " ", sentence.source).strip().casefold()
    return None
