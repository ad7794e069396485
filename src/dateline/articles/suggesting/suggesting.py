"""From an article's paragraphs to what each sentence cites."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateline.articles.suggesting.cues import Reporting, reporting
from dateline.articles.suggesting.finding import OUTER, Citation, Finder
from dateline.articles.suggesting.naming import Name, Namer
from dateline.articles.suggesting.patterns import find_by_pattern
from dateline.articles.suggesting.quotes import find_quotes
from dateline.articles.suggesting.resolving import (
    Memory,
    Mention,
    meet_names,
    mention_of,
)
from dateline.articles.suggesting.words import Word, read_words
from dateline.languages.sentences import Sentence, cut_sentences

#: A quotation of fewer words is a title, a nickname or a scare quote.
_SAID = 4
#: A pronoun that nobody named so far could stand behind.
_UNRESOLVED = "unresolved"
#: What is longer is no sentence and no paragraph of an article: cut, not searched.
_LONGEST_SENTENCE = 3_000
_LONGEST_PARAGRAPH = 20_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one sentence seems to cite; offered, never applied unasked."""

    start: int
    end: int
    text: str
    cites: bool
    source: str | None = None
    cue: str | None = None
    quotes: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "cites": self.cites,
            "source": self.source,
            "cue": self.cue,
            "quotes": list(self.quotes),
        }


def suggest(paragraphs: Sequence[str], code: str = "en") -> list[list[Suggestion]]:
    """Return the sentences of each paragraph with what they cite."""
    known = reporting(code)
    memory = Memory()
    return [_Paragraph(text, code, known, memory).read() for text in paragraphs]


class _Paragraph:
    """One paragraph, read with what the paragraphs before it told."""

    def __init__(
        self, text: str, code: str, known: Reporting | None, memory: Memory
    ) -> None:
        self.text = text
        is_searched = len(text) <= _LONGEST_PARAGRAPH
        self.known = known if is_searched else None
        self.memory = memory
        self.is_citing = False
        self.quotes = find_quotes(text) if is_searched else []
        self.sentences = cut_sentences(text, code)

    def read(self) -> list[Suggestion]:
        found: list[Suggestion] = []
        for sentence in self.sentences:
            self.is_citing = bool(found) and found[-1].cites
            found.append(self._sentence(sentence))
        return self._carried_back(found)

    def _sentence(self, at: Sentence) -> Suggestion:
        quotes = tuple(self._quoted(at))
        plain = Suggestion(
            at.start, at.end, self.text[at.start : at.end], cites=False, quotes=quotes
        )
        if self.known is None or at.end - at.start > _LONGEST_SENTENCE:
            return plain
        words = read_words(self.text, at.start, at.end, self.quotes)
        if self.known.strategy != "subject":
            return self._by_pattern(plain, words, self.known)
        finder = Finder(words, self.known)
        citation = finder.find()
        # “…, she said”: whom a sentence names itself is not whom it ends with.
        before = self._stands_for(citation, finder) if _is_tag(citation) else None
        self._meet(words, finder)
        if citation is None:
            return self._carried(plain, words, self._speaker(finder))
        mention = before or self._stands_for(citation, finder)
        return _citing(plain, self._source(mention), self._between(words, citation.cue))

    def _by_pattern(
        self, plain: Suggestion, words: Sequence[Word], known: Reporting
    ) -> Suggestion:
        found = find_by_pattern(self.text, plain.start, plain.end, self.quotes, known)
        if found is None:
            return self._carried(plain, words)
        if found.source:
            self.memory.cite(Mention(found.source, "person"))
            return _citing(plain, found.source, found.cue)
        last = self.memory.last_cited()
        return _citing(plain, last.text if last else None, found.cue)

    def _meet(self, words: Sequence[Word], finder: Finder) -> None:
        meet_names(self.memory, words, finder.namer, self.text)
        subject = self._opener(words, finder.namer) or finder.subjects.main(
            len(words), "agent"
        )
        if subject is None or finder.namer.pronoun(subject):
            return
        self._meet_owner(words, subject, finder)
        subject = finder.namer.with_apposition(subject)
        opener = words[subject.first]
        mention = mention_of(subject, finder.namer, self.text)
        # Any word is capital at the start: alone, it is no proof of a name.
        is_bare = subject.first == subject.last == 0
        if (
            not is_bare
            or finder.namer.is_role(opener.lower)
            or self.memory.knows(mention.text)
        ):
            self.memory.lead(mention)

    def _meet_owner(self, words: Sequence[Word], subject: Name, finder: Finder) -> None:
        """Remember Ruiz, too, where the sentence is about “Ruiz’s campaign”."""
        for at in range(subject.first, subject.last):
            if words[at].owns and words[subject.first].is_capital:
                owner = mention_of(Name(subject.first, at), finder.namer, self.text)
                if owner.kind == "person" or self.memory.knows(owner.text):
                    self.memory.lead(owner)

    def _opener(self, words: Sequence[Word], namer: Namer) -> Name | None:
        """Return the first word where it is the surname of someone named before."""
        if not words[0].is_capital or not self.memory.knows(words[0].owner):
            return None
        # “Ruiz aides” and “Ruiz Motors” are not Ruiz.
        goes_on = len(words) > 1 and (
            words[1].is_capital or namer.is_role(words[1].lower)
        )
        return None if goes_on else Name(0, 0)

    def _quoted(self, at: Sentence) -> list[str]:
        pieces = (
            self.text[max(q.start, at.start) : min(q.end, at.end)].strip()
            for q in self.quotes
            if q.start < at.end and q.end > at.start
        )
        return [piece for piece in pieces if any(c.isalnum() for c in piece)]

    def _speaker(self, finder: Finder) -> Mention | None:
        """Return whom the sentence is about, should a quotation in it be theirs."""
        subject = finder.subjects.main(len(finder.words), "agent")
        return self._meant(subject, finder) if subject else None

    def _stands_for(self, citation: Citation | None, finder: Finder) -> Mention | None:
        """Return whom the citation's words mean; for a pronoun, from memory."""
        if citation is None or citation.name is None:
            return None
        return self._meant(citation.name, finder)

    def _meant(self, name: Name, finder: Finder) -> Mention:
        pronoun = finder.namer.pronoun(name)
        if pronoun is None:
            return mention_of(name, finder.namer, self.text)
        word = finder.words[name.first].text
        return self.memory.resolve(pronoun) or Mention(word, _UNRESOLVED)

    def _source(self, mention: Mention | None) -> str | None:
        if mention is None:
            return None
        if mention.kind == _UNRESOLVED:
            self.memory.cite_unknown(mention)
        else:
            self.memory.cite(mention)
        return mention.text

    def _between(self, words: Sequence[Word], cue: Name) -> str:
        return self.text[words[cue.first].start : words[cue.last].end]

    def _carried(
        self,
        plain: Suggestion,
        words: Sequence[Word],
        subject: Mention | None = None,
    ) -> Suggestion:
        """Carry the last speaker on where a quotation has no reporting word."""
        if not _speaks(words):
            return plain
        is_whole = all(word.is_quoted for word in words if word.is_word)
        if subject and not is_whole and not self.is_citing:
            return _citing(plain, self._source(subject), None)
        speaker = self.memory.last_cited()
        return _citing(plain, speaker.text if speaker else None, None)

    def _carried_back(self, found: list[Suggestion]) -> list[Suggestion]:
        """Give a quotation that opens a paragraph the speaker named behind it."""
        for at in range(len(found) - 2, -1, -1):
            ahead = found[at + 1]
            if (
                found[at].cites
                and found[at].cue is None
                and self._is_one(found[at], ahead)
            ):
                found[at] = _citing(found[at], ahead.source, None)
        return found

    def _is_one(self, first: Suggestion, second: Suggestion) -> bool:
        """Tell whether one pair of marks holds words of both sentences."""
        return any(q.start < first.end and q.end > second.start for q in self.quotes)


def _is_tag(citation: Citation | None) -> bool:
    return citation is not None and citation.rank == OUTER


def _citing(plain: Suggestion, source: str | None, cue: str | None) -> Suggestion:
    return Suggestion(
        plain.start, plain.end, plain.text, cites=True, source=source, cue=cue,
        quotes=plain.quotes,
    )  # fmt: skip


def _speaks(words: Sequence[Word]) -> bool:
    spoken = [word for word in words if word.is_quoted and word.is_word]
    # Chinese is written without spaces: a long "word" is a clause.
    quoted = sum(
        1 + (len(w.text) // 2 if "\u3400" <= w.text[0] <= "\u9fff" else 0)
        for w in spoken
    )
    if spoken and all(word.is_quoted for word in words if word.is_word):
        return not _is_title(words)
    return quoted >= _SAID and not _is_title(words)


def _is_title(words: Sequence[Word]) -> bool:
    """Tell “The Long Road Home” from speech: nearly every word is capital."""
    quoted = [word for word in words if word.is_quoted and word.is_word]
    capitals = sum(1 for word in quoted if word.is_capital)
    return capitals * 3 > len(quoted) * 2 and len(quoted) < 9  # noqa: PLR2004  (words)
