"""Who could be a source: the noun phrase before or behind a reporting word."""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.articles.suggesting.cues import Reporting
from dateline.articles.suggesting.words import Word

_LONGEST = 16
#: “Baker” is one who bakes; a list is nobody.
_SHORTEST_STEM = 3
_OF = frozenset({"of"})
_PRONOUNS = ("pronouns_he", "pronouns_she", "pronouns_it", "pronouns_they")


@dataclass(frozen=True, slots=True)
class Name:
    """The words that name someone, as positions in the sentence's words."""

    first: int
    last: int


class Namer:
    """Reads noun phrases in one sentence."""

    def __init__(self, words: Sequence[Word], known: Reporting) -> None:
        self.words = words
        self.known = known

    def before(self, at: int) -> Name | None:
        """Return the phrase that ends right before a word."""
        at = self._before_bracket(at)
        first = at
        while first > 0 and at - first < _LONGEST and self._extends_left(first, at):
            first -= 1
        if self.known.has("that", self.words[first].lower) and self._is_clause(first):
            first += 1
        return self._trimmed(first, self._without_place(first, at - 1))

    def _without_place(self, first: int, last: int) -> int:
        """Cut “in a statement” from “Ruiz in a statement”; return the new end."""
        for at in range(first + 1, last):
            is_aside = self.known.has("aside_leads", self.words[at].lower)
            is_named = self.words[at - 1].is_capital and any(
                self._is_in(g, self.words[last].lower)
                for g in ("documents", "occasions")
            )
            if is_aside and is_named:
                return at - 1
        return last

    def _is_clause(self, at: int) -> bool:
        """Tell “that Ruiz said” from “that minister said”."""
        return at + 1 < len(self.words) and self.words[at + 1].is_capital

    def _before_bracket(self, at: int) -> int:
        """Step back over “(R-Ohio)”."""
        if at == 0 or self.words[at - 1].text != ")":
            return at
        return next((i for i in range(at - 1, -1, -1) if self.words[i].text == "("), at)

    def with_apposition(self, name: Name) -> Name:
        """Return “the chairman, Gerrit Vos” where the text says who the chairman is."""
        comma, last = name.last + 1, name.last + 1
        if comma >= len(self.words) or self.words[comma].text != ",":
            return name
        while last + 1 < len(self.words) and self._is_named(self.words[last + 1]):
            last += 1
        follows = self.words[last + 1].text if last + 1 < len(self.words) else "."
        is_closed = last > comma and follows in {",", "."}
        return Name(name.first, last) if is_closed and self._is_office(name) else name

    def _is_office(self, name: Name) -> bool:
        """Tell “the chairman” and “Lagos Governor” from a name of one's own."""
        if not self.head(name).is_capital:
            return True
        span = range(name.first, name.last + 1)
        return any(self.known.has("people", self.words[at].lower) for at in span)

    def _is_named(self, word: Word) -> bool:
        return word.is_capital and not word.is_quoted and not self._is_date(word)

    def _extends_left(self, first: int, at: int) -> bool:
        word = self.words[first - 1]
        if word.is_quoted or not (word.is_word or word.text == "&"):
            return False
        low = word.lower
        if self.known.has("joiners", low) or self.known.has("and", low):
            return self._joins(first - 1, at)
        if self.known.has("determiners", self.words[first].lower) and first < at:
            return self._continues_behind(first - 1)
        return self.is_nominal(first - 1)

    def _joins(self, at: int, end: int) -> bool:
        """Tell whether a preposition holds two parts of one name together."""
        if at == 0 or at + 1 >= end:
            return False
        left, right = self.words[at - 1], self.words[at + 1]
        if self._is_date(left) or self._is_date(right):
            return False
        if self.known.has("and", self.words[at].lower):
            return (
                self._may_join_names(at)
                and self._names_one(at - 1)
                and self._starts_name(at + 1)
            )
        return self.is_nominal(at - 1)

    def _may_join_names(self, at: int) -> bool:
        """Tell “Ruiz and Orr” from “… in Holm but police said”."""
        return "name_joiners" not in self.known.words or self.known.has(
            "name_joiners", self.words[at].lower
        )

    def _continues_behind(self, at: int) -> bool:
        return self.known.has("joiners", self.words[at].lower)

    def _names_one(self, at: int) -> bool:
        word = self.words[at]
        return (word.is_capital and not self._is_date(word)) or self.is_role(word.lower)

    def _starts_name(self, at: int) -> bool:
        word = self.words[at]
        return self._names_one(at) or self.known.has("determiners", word.lower)

    def is_nominal(self, at: int) -> bool:
        """Tell whether the word can stand inside a noun phrase."""
        word = self.words[at]
        low = word.lower
        if not word.is_word or self._is_date(word):
            return False
        if self.known.has("determiners", low) or self.is_role(low):
            return True
        if word.is_capital and not self._is_opener(at):
            return True
        if self.known.has("noun_forms", low) and at + 1 < len(self.words):
            return self.is_role(self.words[at + 1].lower)
        return not self._breaks(low)

    def _is_opener(self, at: int) -> bool:
        """Tell whether the capital is only that of a sentence's first word."""
        if at > 0 or not self._breaks(self.words[0].lower):
            return False
        is_named = len(self.words) > 1 and self.words[1].is_capital
        return not (is_named and self.known.has("given_names", self.words[0].lower))

    def _breaks(self, low: str) -> bool:
        groups = (
            "breaks", "auxiliaries", "negations", "modals", "adverbs", "finite",
            "joiners", "that", "relatives", "and", "pronouns_self", *_PRONOUNS,
        )  # fmt: skip
        if any(self.known.has(group, low) for group in groups):
            return True
        return low in self.known.senses or (
            low.endswith(self.known.endings("breaking_endings"))
            and (self.known.is_cased and not self.known.has("people", low))
        )

    def _is_date(self, word: Word) -> bool:
        if word.text[0].isdigit():
            return not word.is_capital
        # Where months are written small, a capital one is someone called Julio.
        is_small = not word.is_capital or bool(self.known.words.get("capital_dates"))
        return is_small and self.known.has("dates", word.lower)

    def is_role(self, low: str) -> bool:
        low = low.rstrip(".").removesuffix("'s").removesuffix("’s")
        return any(self._is_in(g, low) for g in ("people", "bodies", "documents"))

    def _is_in(self, group: str, low: str) -> bool:
        """Tell whether the group holds the word, or the one that it is many of."""
        if self.known.has(group, low):
            return True
        if len(low) <= _SHORTEST_STEM or not self.is_plural(low):
            return False
        singular = f"{low[:-3]}y" if low.endswith("ies") else low[:-1]
        is_known = self.known.has(group, singular) and not self._counts(singular)
        return is_known and not any(
            self.known.has("inanimate", word) for word in (low, singular)
        )

    def _trimmed(self, first: int, last: int) -> Name | None:
        while first <= last and self._is_loose(first):
            first += 1
        while last >= first and (self._is_loose(last) or self._is_cut(first, last)):
            last -= 1
        return Name(first, last) if first <= last else None

    def _is_loose(self, at: int) -> bool:
        low = self.words[at].lower
        return self.known.has("joiners", low) or self.known.has("and", low)

    def _is_cut(self, first: int, at: int) -> bool:
        """Tell the end of “Ruiz in his”, which a date parted from “ruling”."""
        is_led = at > first and self.known.has("joiners", self.words[at - 1].lower)
        return is_led and self.known.has("determiners", self.words[at].lower)

    def after(self, at: int) -> Name | None:
        """Return the phrase that begins right behind a word."""
        last = at
        while last + 1 < len(self.words) and last - at < _LONGEST:
            if not self._extends_right(last + 1, at + 1):
                break
            last += 1
        return self._trimmed(at + 1, self._without_place(at + 1, last))

    def _extends_right(self, at: int, first: int) -> bool:
        word = self.words[at]
        low = word.lower
        if word.is_quoted or not (word.is_word or word.text == "&"):
            return False
        if at > first and self.known.has("determiners", low):
            before = self.words[at - 1].lower
            # “the most recent data”, “all the king’s men”
            groups = ("joiners", "and", "determiners")
            return any(self.known.has(group, before) for group in groups)
        if self.known.has("joiners", low) or self.known.has("and", low):
            return at > first and self._joins(at, len(self.words))
        if at > first and not word.is_capital and self._is_complete(at - 1):
            return self.is_role(low)
        return self.is_nominal(at)

    def _is_complete(self, at: int) -> bool:
        """Tell whether a lower-case word behind this one begins something else."""
        word = self.words[at]
        if self.known.has("determiners", word.lower):
            return False
        if self.known.has("joiners", word.lower):
            return False
        return (word.is_capital and at > 0 and not word.owns) or self.is_role(
            word.lower
        )

    def pronoun(self, name: Name) -> str | None:
        """Return he, she, it or they where the name is a pronoun alone."""
        if name.first != name.last:
            return None
        low = self.words[name.first].lower
        for group in _PRONOUNS:
            if self.known.has(group, low):
                return group.removeprefix("pronouns_")
        return None

    def pronoun_at(self, at: int) -> Name | None:
        if 0 <= at < len(self.words) and not self.words[at].is_quoted:
            name = Name(at, at)
            return name if self.pronoun(name) else None
        return None

    def head(self, name: Name) -> Word:
        """Return the word that tells what the phrase is: the last before an “of”."""
        last = name.first
        for at in range(name.first, name.last + 1):
            low = self.words[at].lower
            if at > name.first and self.known.has("joiners", low):
                if not self.known.has("quantities", self.words[last].lower):
                    break
                continue
            last = at
        if self.words[last].is_capital or self.is_role(self.words[last].lower):
            return self.words[last]
        # “Sources close to the player”: what they are stands before how they are.
        roles = (
            word
            for word in self.words[name.first : last]
            if self.is_role(word.lower) and not self._counts(word.lower)
        )
        return next(roles, self.words[last])

    def _counts(self, low: str) -> bool:
        """Tell the “most” of “the most recent ones” from “most say”."""
        return self.known.has("quantities", low) or self.known.has("determiners", low)

    def could_speak(self, name: Name, who: str) -> bool:
        """Tell whether the phrase names what can say, think or decide."""
        head = self.head(name)
        low = head.lower
        is_proper = head.is_capital and self.words[0] is not head
        is_thing = self.known.has("inanimate", low) and not is_proper
        if is_thing or self._is_date(head) or self._is_doing(name):
            return False
        if self.known.has("not_names", low) or self.known.has("pronouns_self", low):
            return False
        if self._is_in("people", low) or self._is_in("bodies", low):
            return True
        if self.known.has("determiners", low):
            return False
        if self._is_in("documents", low):
            return who != "agent"
        return who == "any" or self._could_be_named(name, low)

    def _is_doing(self, name: Name) -> bool:
        """Tell “talking in general” from “visiting generals”."""
        first = self.words[name.first]
        behind = self.words[min(name.first + 1, name.last)].lower
        return (
            not first.is_capital
            and first.lower.endswith(self.known.endings("participle_endings"))
            and self.known.has("joiners", behind)
        )

    def _could_be_named(self, name: Name, low: str) -> bool:
        capitals = [
            at
            for at in range(name.first, name.last + 1)
            if self.words[at].is_capital and (at > 0 or not self._is_opener(0))
        ]
        head_is_capital = any(
            self.words[at].lower == low and not self._is_part(at) for at in capitals
        )
        if head_is_capital or not self.known.is_cased:
            return True
        first = self.words[name.first]
        return self._is_agentive(low) or (
            first.is_capital and self.is_role(first.lower)
        )

    def _is_part(self, at: int) -> bool:
        """Tell the capital of “Part of it”, which any first word has."""
        follows = self.words[at + 1].lower if at + 1 < len(self.words) else ""
        return at == 0 and self.known.is_cased and follows in _OF

    def _is_agentive(self, low: str) -> bool:
        return any(
            low.endswith(ending) and len(low) - len(ending) >= _SHORTEST_STEM
            for ending in self.known.endings("agent_endings")
        )

    def kind(self, name: Name) -> str:
        """Return person, body or many: what a pronoun may later stand for."""
        span = self.words[name.first : name.last + 1]
        lows = [word.lower.removesuffix("’s").removesuffix("'s") for word in span]
        if any(self.known.has("and", low) for low in lows):
            return "many"
        head = self.head(name)
        if self._is_person(span, head):
            return "many" if self._is_plural(name, head) else "person"
        if any(self.known.has("bodies_in_names", low) for low in lows):
            return "body"
        if any(self.known.has(g, head.lower) for g in ("bodies", "documents")):
            return "many" if self.is_plural(head.lower) else "body"
        return self._kind_by_looks(span, head)

    def _kind_by_looks(self, span: Sequence[Word], head: Word) -> str:
        if any(
            w.text.isupper() and len(w.text) > 1 and "." not in w.text for w in span
        ):
            return "body"
        if not head.is_capital and self.known.is_cased:
            return "many" if self.is_plural(head.lower) else "unknown"
        return "person" if len(span) > 1 else "unknown"

    def _is_person(self, span: Sequence[Word], head: Word) -> bool:
        """Tell “the mayor”, “Dr Ruiz” and “ABC analyst Ana Ruiz”."""
        groups = ("titles", "titles_he", "titles_she")
        return (
            self.known.has("people", head.lower)
            or any(self.known.has(t, w.lower.rstrip(".")) for t in groups for w in span)
            or any(self._titles(span[at:]) for at in range(1, len(span) - 1))
        )

    def _titles(self, span: Sequence[Word]) -> bool:
        """Tell “Speaker Ana Ruiz” from “Workers Union”."""
        return self.known.has("people", span[0].lower) and all(
            w.is_capital and not self.known.has("bodies_in_names", w.lower)
            for w in span[1:]
        )

    def _is_plural(self, name: Name, head: Word) -> bool:
        low = head.lower
        if low in {"police", "people"}:
            return True
        is_capital = self.words[name.last].is_capital and name.last > 0
        return self.is_plural(low) and not is_capital

    def is_plural(self, low: str) -> bool:
        """Tell “plans” from “plan”, and from “boss”, “analysis” and “campus”."""
        return low.endswith(self.known.endings("plural_endings")) and not low.endswith(
            self.known.endings("singular_endings")
        )

    def gender(self, name: Name) -> str | None:
        lows = [w.lower for w in self.words[name.first : name.last + 1]]
        for title, pronoun in (("titles_he", "he"), ("titles_she", "she")):
            if any(self.known.has(title, low.rstrip(".")) for low in lows):
                return pronoun
        return None
