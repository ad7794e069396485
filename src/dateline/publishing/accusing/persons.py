"""Names of persons in one sentence: by capitals, by lists, or by the ledger."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dateline.languages.sentences import sentence_starters
from dateline.publishing.accusing.lexicon import Lexicon
from dateline.publishing.wording import date_words
from dateline.sources.likeness import plain_letters

_TOKEN = re.compile(
    r"[^\W\d_](?:[^\W_]|[\u0900-\u0dff\u064b-\u0652\u200c\u200d]|-(?=\w))*"
)
_BETWEEN = frozenset({" ", "'", "’", ". ", "\u00a0", "-"})
_JOINERS = frozenset(
    [
        "de",
        "da",
        "di",
        "del",
        "della",
        "la",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "al",
        "el",
        "dos",
        "du",
        "le",
    ]
)
_HAN = "\u4e00-\u9fff"
_DOTTED = re.compile(f"[{_HAN}]{{1,6}}(?:·[{_HAN}]{{1,6}})+")
#: A Chinese name begins behind one of these, or behind an office or a word of crime.
_OPENS = frozenset("和与及对向被把为由让给说称了的曾是、，。：；“”「」（）！？\n ")
#: Headlines that put a capital to each word tell no name from another word.
_TITLE_CASE, _SHORTEST_TITLE = 0.6, 4
#: Letters in which the first two words stand.
_FIRST_WORDS = 40
_COMMAS = (",", "،")
_COMMA = re.compile("[,،]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word; `low` is it as the word lists have it."""

    text: str
    low: str
    start: int
    end: int


def _tokens(text: str) -> list[Token]:
    return [Token(m[0], _low(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


_low = lru_cache(maxsize=65_536)(plain_letters)


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it stands in a text."""

    name: str
    start: int
    end: int


@dataclass
class Known:
    """Who is named in an article: last names, and the offices that go with a name."""

    names: set[str] = field(default_factory=set)
    last: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)

    def meet(self, name: str) -> None:
        self.names.add(name)
        if " " in name:
            self.last[plain_letters(name.rsplit(maxsplit=1)[-1])] = name


class Names:
    """Finds persons in the sentences of one article, and remembers them."""

    def __init__(self, words: Lexicon, tag: str, known: Iterable[str] = ()) -> None:
        self.words = words
        self.dates = set(map(plain_letters, date_words(tag)))
        self.starters = set(map(plain_letters, sentence_starters(words.code)))
        self.known = Known()
        self._told: dict[str, list[Person]] = {}
        self.is_cased = not (words.words.get("given") or words.pattern)
        for name in known:
            self.known.meet(name)

    def find(self, text: str) -> list[Person]:
        """Return the persons named in a sentence, each once, in their order."""
        if text not in self._told:
            self._told[text] = list(self._read(text))
        found = {one.name: one for one in reversed(self._told[text])}
        for one in self._known_in(text):
            if not any(one.name in name or name in one.name for name in found):
                found[one.name] = one
        persons = sorted(found.values(), key=lambda one: one.start)
        for one in persons:
            if " " in one.name or self.words.pattern:
                self.known.meet(one.name)
        return persons

    def _read(self, text: str) -> Iterator[Person]:
        if self.words.pattern is not None:
            return self._han(text)
        tokens = _tokens(text)
        return self._cased(text, tokens) if self.is_cased else self._listed(tokens)

    def _known_in(self, text: str) -> Iterator[Person]:
        for name in self.known.names:
            if (at := text.find(name)) >= 0:
                yield Person(name, at, at + len(name))
        for token in _tokens(text) if not self.words.pattern else ():
            told = self.known.offices.get(token.low)
            if token.text[0].isupper() or not self.is_cased:
                told = self.known.last.get(token.low, told)
            if told:
                yield Person(told, token.start, token.end)

    # Scripts with capitals

    def _cased(self, text: str, tokens: Sequence[Token]) -> Iterator[Person]:
        capital = sum(token.text[0].isupper() for token in tokens)
        if len(tokens) >= _SHORTEST_TITLE and capital > _TITLE_CASE * len(tokens):
            return
        for run in self._runs(text, tokens):
            yield from self._person(run, tokens)

    def _runs(self, text: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
        """Yield the words in a row that begin with a capital, or are titles."""
        run: list[Token] = []
        for token in tokens:
            is_beside = bool(run) and text[run[-1].end : token.start] in _BETWEEN
            belongs = (
                token.text[0].isupper()
                or self._is_titled(token.low)
                or (bool(run) and token.low in _JOINERS)
            )
            if run and not (is_beside and belongs):
                yield run
                run = []
            if belongs and (run or token.low not in _JOINERS):
                run.append(token)
        if run:
            yield run

    def _is_titled(self, low: str) -> bool:
        return self.words.is_in("titles", low) or self.words.is_in("offices", low)

    def _person(self, run: list[Token], tokens: Sequence[Token]) -> Iterator[Person]:
        at = max(
            (n + 1 for n, t in enumerate(run) if self._is_titled(t.low)), default=0
        )
        name = run[at:]
        while name and name[-1].low in _JOINERS:
            name = name[:-1]
        if name and name[0] is tokens[0] and name[0].low in self.starters:
            name = name[1:]
        if not name or any(self._is_no_name(token) for token in name):
            return
        if len(name) == 1 and at == 0:
            return
        person = Person(
            " ".join(token.text for token in name), name[0].start, name[-1].end
        )
        for token in run[:at]:
            if self.words.is_in("offices", token.low):
                self.known.offices[token.low] = person.name
        yield person

    def _is_no_name(self, token: Token) -> bool:
        is_initials = token.text.isupper() and len(token.text) > 2  # noqa: PLR2004  (“J K”)
        return (
            is_initials
            or self.words.is_in("not_persons", token.low)
            or token.low in self.dates
        )

    # Scripts without

    def _listed(self, tokens: Sequence[Token]) -> Iterator[Person]:
        """Yield a first or last name of the lists with the words beside it."""
        end = -1
        for at, token in enumerate(tokens):
            if token.start < end or not self._is_listed(at, tokens):
                continue
            first, last = at, at
            if self.words.is_in("surnames", token.low) and at > 0:
                first = at - (0 if self._is_common(tokens[at - 1]) else 1)
            elif at + 1 < len(tokens) and not self._is_common(tokens[at + 1]):
                last = at + 1
            end = tokens[last].end
            name = " ".join(token.text for token in tokens[first : last + 1])
            yield Person(name, tokens[first].start, end)

    def _is_listed(self, at: int, tokens: Sequence[Token]) -> bool:
        low = tokens[at].low
        bare = {plain for plain in self.words.bare(low) if len(low) - len(plain) <= 1}
        if any(self.words.is_in(group, one) for one in bare for group in _GIVEN):
            return True
        behind_title = at > 0 and self.words.is_in("titles", tokens[at - 1].low)
        return behind_title and not self._is_common(tokens[at])

    def _is_common(self, token: Token) -> bool:
        groups = ("not_persons", "offices", "titles", "says", "helps", "pronouns")
        return any(self.words.is_in(group, token.low) for group in groups) or bool(
            self.words.accusing_word(token.text)
        )

    def _han(self, text: str) -> Iterator[Person]:
        for found in _DOTTED.finditer(text):
            yield Person(found[0], found.start(), found.end())
        for title in self.words.words["titles"]:
            for found in re.finditer(f"(?<![{_HAN}])([{_HAN}]{{1,3}}){title}", text):
                yield Person(found[1], found.start(), found.end())
        end = 0
        for at in range(len(text) - 1):
            if at >= end and self._begins_name(text, at):
                end = at + self._name_length(text, at)
                if end > at + 1:
                    yield Person(text[at:end], at, end)

    def _begins_name(self, text: str, at: int) -> bool:
        if text[at] not in self.words.words["surnames"]:
            return False
        if at == 0 or text[at - 1] in _OPENS:
            return True
        before = text[max(0, at - 4) : at]
        return any(before.endswith(word) for word in self._leads())

    def _leads(self) -> Iterator[str]:
        yield from self.words.words["offices"]
        yield from self.words.words["leads"]
        yield from self.words.stems.whole

    def _name_length(self, text: str, at: int) -> int:
        length = 1
        while length < 3 and at + length < len(text):  # noqa: PLR2004  (a name's letters)
            letter = text[at + length]
            is_letter = "\u4e00" <= letter <= "\u9fff"
            ahead = text[at + length :]
            if not is_letter or letter in self.words.words["not_given"]:
                break
            if any(ahead.startswith(word) for word in self._leads()):
                break
            length += 1
        return length

    def speaks(self, text: str, person: Person) -> bool:
        """Tell whether a person is only who says the sentence."""
        if self.words.admits_in(text):
            return False
        behind = text[person.end :]
        if self.words.pattern is not None:
            return any(behind.startswith(word) for word in self.words.words["says"])
        if self._is_described(behind):
            return False
        return self._says_behind(behind) or self._says_before(text[: person.start])

    def _is_described(self, behind: str) -> bool:
        """Tell if a clause with a word of crime says who it is: “, who stole …”."""
        if not behind.startswith(_COMMAS):
            return False
        clause = _COMMA.split(behind[1:], maxsplit=1)[0]
        first = next(iter(_tokens(clause[:_FIRST_WORDS])), None)
        if first is None or not self.words.accusing_word(clause):
            return False
        is_relative = self.words.is_in("relatives", first.low)
        return is_relative or bool(self.words.accusing_word(first.text))

    def _says_behind(self, behind: str) -> bool:
        if self._opens_with_says(behind):
            return True
        is_apposition = behind.startswith(",")
        return is_apposition and self._opens_with_says(behind[1:].partition(",")[2])

    def _opens_with_says(self, text: str) -> bool:
        """Tell whether a text opens with “said”, “a dit” or “ने कहा”."""
        words = _tokens(text[:_FIRST_WORDS])
        if words and self.words.is_in("helps", words[0].low):
            words = words[1:]
        return bool(words) and self.words.is_in("says", words[0].low)

    def _says_before(self, before: str) -> bool:
        tokens = _tokens(before)
        while tokens and self._is_titled(tokens[-1].low):
            tokens.pop()
        if not tokens or not self.words.is_in("says", tokens[-1].low):
            return False
        # “…,” said Ina Brook; but not: he said Ina Brook had stolen it.
        ahead = before[: tokens[-1].start].rstrip()
        return not ahead or not (ahead[-1].isalnum())


_GIVEN = ("given", "surnames")
