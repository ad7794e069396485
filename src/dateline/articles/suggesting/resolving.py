"""Who “he”, “it” and an unended quotation belong to: what a reader remembers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.articles.suggesting.naming import Name, Namer
from dateline.articles.suggesting.words import Word

_REMEMBERED = 40
#: “They” looks past the latest body for several people, but not far.
_RECENT = 3


@dataclass(slots=True)
class Mention:
    """A name as the text wrote it."""

    text: str
    kind: str
    gender: str | None = None


@dataclass(slots=True)
class Memory:
    """The names a reader has met so far, the latest last."""

    named: list[Mention] = field(default_factory=list)
    subjects: list[Mention] = field(default_factory=list)
    cited: list[Mention] = field(default_factory=list)

    def cite(self, mention: Mention) -> None:
        known = self._fuller(mention)
        self.cited = [*self.cited[-_REMEMBERED:], known]
        self.lead(known)

    def cite_unknown(self, mention: Mention) -> None:
        """Remember that someone speaks, of whom only “they” is known."""
        self.cited = [*self.cited[-_REMEMBERED:], mention]

    def lead(self, mention: Mention) -> None:
        """Remember whom a sentence is about."""
        known = self._fuller(mention)
        self.subjects = [*self.subjects[-_REMEMBERED:], known]
        self.meet(known)

    def meet(self, mention: Mention) -> None:
        self.named = [*self.named[-_REMEMBERED:], self._fuller(mention)]

    def _fuller(self, mention: Mention) -> Mention:
        """Return the first, full mention of one who is now called by surname."""
        if mention.kind not in {"unknown", "person"} or mention.text[:1].islower():
            return mention
        last = mention.text.split()[-1] if mention.text.split() else ""
        for earlier in self.named:
            is_same = earlier.kind == "person" and last in earlier.text.split()
            if is_same and len(earlier.text) > len(mention.text):
                return earlier
        return mention

    def knows(self, surname: str) -> bool:
        """Tell whether a person of that name was met before."""
        return any(
            known.kind == "person" and known.text.split()[-1] == surname
            for known in self.named
        )

    def last_cited(self) -> Mention | None:
        return self.cited[-1] if self.cited else None

    def resolve(self, pronoun: str) -> Mention | None:
        """Return whom the pronoun stands for, and remember what it tells of them."""
        if pronoun == "they":
            many = [m for m in self.subjects[-_RECENT:] if m.kind == "many"]
            if many:
                return many[-1]
        kinds = {
            "he": {"person", "unknown"},
            "she": {"person", "unknown"},
            "it": {"body", "unknown"},
            "they": {"many", "body"},
        }[pronoun]
        for mention in [*reversed(self.subjects), *reversed(self.named)]:
            gender = mention.gender or pronoun
            if mention.kind in kinds and (
                gender == pronoun or pronoun in {"it", "they"}
            ):
                if pronoun in {"he", "she"}:
                    mention.gender = pronoun
                return mention
        return self.last_cited() if pronoun == "it" else None


def mention_of(name: Name, namer: Namer, text: str) -> Mention:
    """Return the mention that stands in these words."""
    first, last = namer.words[name.first], namer.words[name.last]
    end = last.start + len(last.owner)
    return Mention(text[first.start : end], namer.kind(name), namer.gender(name))


def meet_names(memory: Memory, words: Sequence[Word], namer: Namer, text: str) -> None:
    """Remember the people a sentence names, whether it cites them or not."""
    at = 0
    while at < len(words):
        last = at
        while _in_name(words[at]) and last + 1 < len(words):
            if not _in_name(words[last + 1]):
                break
            last += 1
        if last > at:
            name = Name(at, last)
            mention = mention_of(name, namer, text)
            if mention.kind == "person" and namer.could_speak(name, "agent"):
                memory.meet(mention)
        at = last + 1


def _in_name(word: Word) -> bool:
    return word.is_capital and not word.is_quoted
