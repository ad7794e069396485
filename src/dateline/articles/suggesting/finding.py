"""The citation of one sentence, where its own words tell one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.articles.suggesting.cues import Idiom, Reporting, VerbSense
from dateline.articles.suggesting.following import Complement
from dateline.articles.suggesting.naming import Name, Namer
from dateline.articles.suggesting.subjects import Subjects
from dateline.articles.suggesting.words import Word

#: From the one who says the whole sentence to one who is only mentioned in it.
OUTER, SPEECH, OTHER, INNER, WEAK = range(5)
_LONGEST_CHAIN = 6
_REPORTED = frozenset({"that", "quote", "object_clause"})
#: “expressed their deep and growing concern”.
_ADJECTIVES = 4
_STOPS = frozenset(".!?…")
#: “…, officials in the town report”.
_TAG = 6
#: Even “Port To Close In May” writes words as short as these small.
_SMALL = 3
#: “Harbor board: …” is a speaker; more words before a colon are a sentence.
_LONGEST_LABEL = 5


@dataclass(frozen=True, slots=True)
class Citation:
    """A reporting word and the name it belongs to."""

    name: Name | None
    cue: Name
    rank: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """The auxiliaries and adverbs before a verb."""

    first: int
    is_passive: bool
    is_modal: bool
    is_negated: bool
    is_infinitive: bool


class Finder:
    """Finds citations in one sentence."""

    def __init__(self, words: Sequence[Word], known: Reporting) -> None:
        self.words = words
        self.known = known
        self.namer = Namer(words, known)
        self.subjects = Subjects(words, known)
        self.complement = Complement(words, known)
        capitals = [w.is_capital for w in words if w.is_word and len(w.text) > _SMALL]
        self._is_prose = bool(words) and words[-1].text in _STOPS
        self._is_title_cased = sum(capitals) * 3 > len(capitals) * 2

    def find(self) -> Citation | None:
        """Return the outermost citation."""
        found = [
            *self._phrases(),
            *self._verbs(),
            *self._idioms(),
            *self._nouns(),
            *self._headline(),
        ]
        if not found:
            return None
        outer = min(found, key=lambda c: (c.rank, c.cue.first))
        if outer.name is None:
            return outer
        return replace(outer, name=self.namer.with_apposition(outer.name))

    def _lower(self, at: int) -> str:
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def _matches(self, at: int, phrase: Sequence[str]) -> bool:
        return all(self._lower(at + i) == part for i, part in enumerate(phrase))

    # Phrases: “according to …”

    def _phrases(self) -> Iterator[Citation]:
        for at, word in enumerate(self.words):
            if word.is_quoted:
                continue
            for phrase in self.known.before_source.get(word.lower, ()):
                if self._matches(at, phrase):
                    end = at + len(phrase) - 1
                    name = self.namer.pronoun_at(end + 1) or self.namer.after(end)
                    # One cites the mayor, but also “a list of reasons”.
                    is_doubtful = self.known.has("doubtful_leads", word.lower)
                    who = "speaker" if is_doubtful else "any"
                    if self.known.has("named_leads", word.lower):
                        name = self._named(name)
                    if name and self.namer.could_speak(name, who):
                        yield Citation(name, Name(at, end), SPEECH)
                    break

    def _named(self, name: Name | None) -> Name | None:
        """Tell “per ABC News” from “per month”."""
        is_named = name is not None and self.words[name.last].is_capital
        return name if is_named else None

    # Verbs

    def _verbs(self) -> Iterator[Citation]:
        for at, word in enumerate(self.words):
            if word.is_quoted or word.lower not in self.known.senses:
                continue
            for sense in self.known.senses[word.lower]:
                citation = self._verb(at, sense)
                if citation:
                    yield citation
                    break

    def _verb(self, at: int, sense: VerbSense) -> Citation | None:
        chain = self._chain(at)
        if chain.is_infinitive or self._is_noun(at, chain) or self._is_in_name(at):
            return None
        if chain.is_passive and not self._is_participle(at):
            return None if chain.is_modal else self._passive(at)
        if not self.complement.meets(sense.needs, at) or self._unsaid(chain, sense):
            return None
        name = self._subject(at, chain, sense)
        if name is None or not self._agrees(at, name, chain):
            return None
        if self._is_subordinate(name, sense) or self._is_described(at, name, sense):
            return None
        return Citation(name, Name(at, at), self._rank(at, name, sense))

    def _chain(self, at: int) -> _Chain:
        lows: list[str] = []
        first = at
        while first > 0 and at - first < _LONGEST_CHAIN:
            low = self._lower(first - 1)
            groups = ("auxiliaries", "negations", "modals", "adverbs")
            if self.words[first - 1].is_quoted or not (
                any(self.known.has(g, low) for g in groups)
                or self._is_manner(first - 1)
            ):
                break
            lows.append(low)
            first -= 1
        return _Chain(
            first=first,
            is_passive=any(self.known.has("passives", low) for low in lows[:2]),
            is_modal=any(self.known.has("modals", low) for low in lows),
            is_negated=any(
                self.known.has("negations", low) or low.endswith(("n't", "n’t"))
                for low in lows
            ),
            is_infinitive="to" in lows[:2],
        )

    def _is_manner(self, at: int) -> bool:
        word = self.words[at]
        return (
            self.known.is_cased
            and word.lower.endswith(self.known.endings("manner_endings"))
            and not word.is_capital
            and not self.namer.is_role(word.lower)
        )

    def _is_noun(self, at: int, chain: _Chain) -> bool:
        """Tell “the plans” and “the mayor’s claims” from verbs."""
        if chain.first == 0 and at > 0:
            return False
        before = self.words[at - 1] if at else None
        if before is None or before.is_quoted:
            return False
        if self._is_bare(self._lower(at)) and self._is_followed_by_verb(at):
            return not self.namer.pronoun_at(at - 1)
        if self._is_noun_at_end(at):
            return True
        return (
            before.owns
            or (
                self.known.has("determiners", before.lower)
                and not self._is_pronounlike(before)
            )
            or self._is_preposition(before.lower)
        )

    def _is_noun_at_end(self, at: int) -> bool:
        """Tell “… in the eastern state.” from “…, officials report.”."""
        is_noun = self.known.has("noun_forms", self._lower(at))
        near = self.words[max(0, at - _TAG) : at]
        is_tag = self._is_last(at) and any(word.text == "," for word in near)
        return is_noun and self.complement.ends(at + 1) and not is_tag

    def _is_followed_by_verb(self, at: int) -> bool:
        """Tell the noun of “people in the state were” from a verb."""
        return self.known.has("auxiliaries", self._lower(at + 1))

    def _is_in_name(self, at: int) -> bool:
        """Tell the “State” of “Ohio State Police” from a verb; headlines aside."""
        if at == 0 or not self.known.is_cased or not self.words[at].is_capital:
            return False
        return self.words[at - 1].is_word and not self._is_title_cased

    def _is_pronounlike(self, word: Word) -> bool:
        return self.known.has("people", word.lower)

    def _is_participle(self, at: int) -> bool:
        return self._lower(at).endswith(self.known.endings("participle_endings"))

    def _unsaid(self, chain: _Chain, sense: VerbSense) -> bool:
        """Tell whether nothing was said: “did not say”, “may decide”."""
        is_denied = chain.is_negated or self._is_denied_too(chain.first)
        return chain.is_modal or (is_denied and sense.kind == "speech")

    def _is_denied_too(self, at: int) -> bool:
        """Tell the second verb of “did not name him or say where”."""
        if self._lower(at - 1) != "or" or not self._is_bare(self._lower(at)):
            return False
        return any(self.known.has("negations", w.lower) for w in self.words[:at])

    def _subject(self, at: int, chain: _Chain, sense: VerbSense) -> Name | None:
        if self._is_participle(at) and not chain.is_passive:
            if at == 0:
                return None
            if self._is_attached(at):
                return self.subjects.main(at, sense.who)
            return self.subjects.accompanying(at, sense.who) or self._writer(at, sense)
        return self.subjects.of(chain.first, at, self._who(at, sense))

    def _writer(self, at: int, sense: VerbSense) -> Name | None:
        """Return who wrote “a letter to the court on Friday stating that …”."""
        says = frozenset({"that", "quote", "clause"})
        is_said = sense.kind == "speech" and self.complement.meets(says, at)
        return self.subjects.main(at, sense.who) if is_said else None

    def _is_attached(self, at: int) -> bool:
        """Tell whether what the sentence is about does it: “…, after saying that”."""
        before = self._lower(at - 1)
        return before in {",", "and"} or self.known.has("participle_leads", before)

    def _who(self, at: int, sense: VerbSense) -> str:
        """Ask less of the subject where what follows can only be reported."""
        is_sure = self.complement.meets(_REPORTED, at) or self._is_last(at)
        return "any" if sense.kind == "speech" and is_sure else sense.who

    def _agrees(self, at: int, name: Name, chain: _Chain) -> bool:
        """Tell “officials plan” from “a flight plan”, where forms tell."""
        if not self.known.words.get("agreement") or chain.first != at:
            return True
        head = self.namer.head(name)
        is_many = (
            self.namer.kind(name) == "many"
            or self.namer.is_plural(head.lower)
            or self.known.has("many", head.lower)
        )
        low = self._lower(at)
        if self._is_bare(low):
            # “…, the jury believe.” Elsewhere “the jury claim” may be a noun.
            return is_many or (
                self.known.has("bodies", head.lower) and self._is_last(at)
            )
        return not (self._is_third(low) and is_many and not head.is_capital)

    def _is_bare(self, low: str) -> bool:
        """Tell whether it is the form of many: “plan” beside “plans”."""
        return not self.known.has("unchanged", low) and any(
            form in self.known.senses
            for form in (f"{low}s", f"{low}es", f"{low[:-1]}ies")
        )

    def _is_third(self, low: str) -> bool:
        return low.endswith("s") and (
            low[:-1] in self.known.senses or low[:-2] in self.known.senses
        )

    def _is_subordinate(self, name: Name, sense: VerbSense) -> bool:
        """Tell whether it is only told of: “until the council agrees”."""
        before = self._lower(name.first - 1)
        first = self._lower(name.first)
        if self.known.has("conditionals", before):
            return True
        is_told_of = any(
            self.known.has("subordinators", low) for low in (before, first)
        )
        return sense.kind != "speech" and is_told_of

    def _is_described(self, at: int, name: Name, sense: VerbSense) -> bool:
        """Tell “in the weather expected, …” from “…, experts expect”."""
        is_led = self.known.has("joiners", self._lower(name.first - 1))
        return sense.kind != "speech" and is_led and self.complement.ends(at + 1)

    def _rank(self, at: int, name: Name, sense: VerbSense) -> int:
        is_aside = self.complement.ends(at + 1) and self._lower(name.first - 1) == ","
        if is_aside or self.complement.follows_quote(at) or self._is_last(at):
            return OUTER if sense.kind == "speech" else OTHER
        if self.known.has("inner", self._lower(name.first - 1)):
            return INNER
        return SPEECH if sense.kind == "speech" else OTHER

    def _is_last(self, at: int) -> bool:
        """Tell whether the verb closes the sentence, as in “…, officials said”."""
        rest = [w for w in self.words[at + 1 :] if w.is_word]
        dated = all(
            self.known.has("dates", w.lower) or self.known.has("date_leads", w.lower)
            for w in rest
        )
        return dated and any(w.text == "," for w in self.words[:at])

    def _passive(self, at: int) -> Citation | None:
        by = self.known.passive_by
        for behind in range(at + 1, min(at + 8, len(self.words))):
            if self.words[behind].text in ".,;":
                return None
            if by and self._lower(behind) == by:
                name = self.namer.after(behind)
                if name and self.namer.could_speak(name, "speaker"):
                    return Citation(name, Name(at, at), OTHER)
                return None
        return None

    # Idioms: “put the toll at”

    def _idioms(self) -> Iterator[Citation]:
        for at, word in enumerate(self.words):
            if word.is_quoted:
                continue
            for idiom in self.known.idioms.get(word.lower, ()):
                citation = self._idiom(at, idiom)
                if citation:
                    yield citation

    def _idiom(self, at: int, idiom: Idiom) -> Citation | None:
        behind = at + 1
        while self.known.has("adverbs", self._lower(behind)) or self.known.has(
            "negations", self._lower(behind)
        ):
            behind += 1
        last = self._last_of(idiom, behind)
        if last is None:
            return None
        chain = self._chain(at)
        if (
            chain.is_infinitive
            or chain.is_modal
            or (chain.is_passive and not self._is_participle(at))
        ):
            return None
        name = self._idiom_subject(at, chain, last, idiom.who)
        return Citation(name, Name(at, last), OTHER) if name else None

    def _last_of(self, idiom: Idiom, behind: int) -> int | None:
        """Return where the words that must follow end; None where they do not."""
        reach = _ADJECTIVES + 1 if idiom.is_loose else 1
        for at in range(behind, min(behind + reach, len(self.words))):
            match = next((f for f in idiom.follows if self._matches(at, f)), None)
            if match is not None:
                return at + len(match) - 1
            if not self._is_adjective(at):
                break
        return None

    def _is_adjective(self, at: int) -> bool:
        return self.words[at].is_word and not self._is_preposition(self._lower(at))

    def _is_preposition(self, low: str) -> bool:
        return self.known.has("joiners", low) and not self.known.has("and", low)

    def _idiom_subject(
        self, at: int, chain: _Chain, last: int, who: str
    ) -> Name | None:
        if self._is_participle(at) and not chain.is_passive and at > 0:
            if self._is_attached(at):
                return self.subjects.main(at, who)
            return self.subjects.accompanying(at, who)
        return self.subjects.of(chain.first, last, who)

    # Nouns: “the mayor’s promise to …”, “a warning from the harbor office that …”

    def _nouns(self) -> Iterator[Citation]:
        for at, word in enumerate(self.words):
            if word.is_quoted or word.lower not in self.known.nouns or at == 0:
                continue
            name = self._owner(at) or self._author(at)
            if name and self.namer.could_speak(name, "agent"):
                yield Citation(name, Name(at, at), WEAK)

    def _owner(self, at: int) -> Name | None:
        if self._lower(at + 1) not in self.known.noun_needs:
            return None
        owner = next(
            (i for i in range(at - 1, max(-1, at - 4), -1) if self.words[i].owns), None
        )
        if owner is None:
            return None
        return self.namer.before(owner + 1)

    def _author(self, at: int) -> Name | None:
        if self._lower(at + 1) not in self.known.noun_links:
            return None
        name = self.namer.after(at + 1)
        return name if name and self._says_what(name.last + 1) else None

    def _says_what(self, at: int) -> bool:
        return self.known.has("that", self._lower(at)) or self._lower(at) == "to"

    # Headlines: “Port to close: mayor”, “Harbor board: port to close”

    def _headline(self) -> Iterator[Citation]:
        if not self.known.has_colon:
            return
        for at in range(1, len(self.words) - 1):
            if self.words[at].is_quoted or self.words[at].text not in {":", "–", "—"}:
                continue
            if self.words[at].text == ":" and at <= _LONGEST_LABEL:
                name = self.namer.before(at)
                if name and name.first == 0 and self._names_speaker(name):
                    # “HOLM: A storm …” is a place: what else is found comes first.
                    is_place = self.words[name.last].text.isupper() and self._is_prose
                    rank = WEAK if is_place else SPEECH
                    yield Citation(name, Name(at, at), rank)
            name = self.namer.after(at)
            if name and name.last == len(self.words) - 1 and self._names_speaker(name):
                yield Citation(name, Name(at, at), SPEECH)

    def _is_office(self, word: Word) -> bool:
        """Tell “CM Stalin” from “another factor”."""
        low = word.lower
        return self.known.has("people", low) and not self.known.has("determiners", low)

    def _names_speaker(self, name: Name) -> bool:
        head = self.namer.head(name)
        span = self.words[name.first : name.last]
        return self.namer.could_speak(name, "speaker") and (
            head.text.isupper()
            or self.namer.is_role(head.lower)
            or any(self._is_office(word) for word in span)
        )
