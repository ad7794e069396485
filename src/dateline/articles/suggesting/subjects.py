"""The subject of a reporting word, in languages that put it before or behind."""

from collections.abc import Sequence

from dateline.articles.suggesting.cues import Reporting
from dateline.articles.suggesting.following import QUOTE_MARKS, Complement
from dateline.articles.suggesting.naming import Name, Namer
from dateline.articles.suggesting.words import Word

_DASHES = frozenset("—–-")
#: Words between the two commas; also bounds the search in a text of commas alone.
_LONGEST_INSERTION = 60
_LONGEST_THING = 16
_LONGEST_PLACE = 12
_PLACE_ENDS = _DASHES | {"»", ":"}
#: A first name and a surname.
_SHORTEST_NAME = 2
_END = frozenset(".,;!?:…()")


class Subjects:
    """Finds who does what a verb says."""

    def __init__(self, words: Sequence[Word], known: Reporting) -> None:
        self.words = words
        self.known = known
        self.namer = Namer(words, known)
        self.complement = Complement(words, known)

    def of(self, at: int, verb: int, who: str) -> Name | None:
        """
        Return the subject of the verb.

        ``at`` is the first word of its chain of auxiliaries and adverbs.
        """
        found = self._before(at, who)
        behind = self._behind(at, verb, who) if self._may_invert(verb) else None
        if behind and (found is None or self._is_inverted(at, behind)):
            return behind
        return found

    def _may_invert(self, verb: int) -> bool:
        """Tell “said Ruiz” from “told Ruiz”, where the language lists which may."""
        return "inverting" not in self.known.words or self.known.has(
            "inverting", self.words[verb].lower
        )

    def _is_inverted(self, at: int, behind: Name) -> bool:
        """Tell “…, said Ruiz.” from “Ruiz, a nurse, warned farmers in May”."""
        if not self._is_set_off(at):
            return False
        return self._ends(behind) or self._after_quote(at)

    def _before(self, at: int, who: str) -> Name | None:
        at = self._over_dates(at)
        if at <= 0:
            return None
        previous = self.words[at - 1]
        low = previous.lower
        if self.known.has("relatives", low) or self.known.has("relative_things", low):
            return self._antecedent(at - 1, who)
        if self.known.has("and", low):
            return self.main(at - 1, who)
        if previous.text == "," or previous.text in _DASHES or previous.text == ")":
            return self._over_insertion(at - 1, who)
        return self._beside(at, who)

    def _beside(self, at: int, who: str) -> Name | None:
        """Return the subject that ends right before the verb, or governs what does."""
        name = self._fit(self.namer.pronoun_at(at - 1) or self.namer.before(at), who)
        if name and self._is_most(name):
            return None
        if name and not self._is_governed(name):
            return self._described(name, is_closed=False) or name
        found = self._past_relative(at, who) or self._past_modifier(at, who)
        return found or (None if name and self._is_inside(name) else name)

    def _described(self, name: Name, *, is_closed: bool) -> Name | None:
        """
        Return the name in “Ruth Abara, a nurse and mother of two said”.

        ``is_closed`` where a comma stands behind the description as well.
        """
        comma = name.first - 1
        if comma < _SHORTEST_NAME or self.words[comma].text != ",":
            return None
        before = self.namer.before(comma)
        if before is None or not self._opens_clause(before.first):
            return None
        span = self.words[before.first : before.last + 1]
        is_full = len(span) >= _SHORTEST_NAME and all(w.is_capital for w in span)
        return (
            before
            if is_full and not self._is_proper(name, is_closed=is_closed)
            else None
        )

    def _opens_clause(self, at: int) -> bool:
        return at == 0 or self.words[at - 1].text in QUOTE_MARKS

    def _is_proper(self, name: Name, *, is_closed: bool) -> bool:
        """Tell whether the phrase names someone, and so describes no one else."""
        span = self.words[name.first : name.last + 1]
        is_the_one = self.known.has("determiners", span[0].lower)
        return all(w.is_capital for w in span) or (is_the_one and not is_closed)

    def _is_governed(self, name: Name) -> bool:
        """Tell whether a preposition owns the phrase: “polled by the bank”."""
        low = self.words[self._over_figures(name.first) - 1].lower if name.first else ""
        if self.known.has("joiners", low) or self.known.has("governing", low):
            return True
        return self._is_object(name)

    def _is_most(self, name: Name) -> bool:
        """Tell the “most” of “the most commonly reported”."""
        before = self.words[name.first - 1].lower if name.first else ""
        return (
            name.first == name.last
            and self.known.has("quantities", self.words[name.first].lower)
            and self.known.has("determiners", before)
        )

    def _over_figures(self, at: int) -> int:
        """Step back over the date and “his” of “in his May 9 ruling”."""
        back = at
        while back > 1 and (
            self.words[back - 1].text.isdigit()
            or self.words[back - 1].text == "."
            or self.known.has("dates", self.words[back - 1].lower)
        ):
            back -= 1
        is_led = back < at and self.known.has("determiners", self.words[back - 1].lower)
        return back - 1 if is_led and back > 1 else back

    def _is_inside(self, name: Name) -> bool:
        """Tell “above analyst estimates” from “In Holm officials say”."""
        lead = name.first - 1
        low = self.words[lead].lower
        is_led = self.known.has("governing", low)
        if self.known.has("subordinators", low):
            return False
        return is_led and lead > 0 and self.words[lead - 1].text != ","

    def _is_object(self, name: Name) -> bool:
        """Tell whether a verb owns the phrase: “the firm that runs the ferry”."""
        if not self.known.has("determiners", self.words[name.first].lower):
            return False
        before = self.words[name.first - 1] if name.first else None
        return (
            before is not None
            and before.is_word
            and before.text.islower()
            and (self.namer.is_nominal(name.first - 1))
        )

    def _past_relative(self, at: int, who: str) -> Name | None:
        """Return the source in “a source who heard the call told”."""
        for back in range(at - 1, 0, -1):
            if not self.words[back].is_word or self.words[back].is_quoted:
                return None
            if self.known.has("relatives", self.words[back].lower):
                return self._fit(self.namer.before(back), who)
        return None

    def _past_modifier(self, at: int, who: str) -> Name | None:
        """Return the subject in “experts not involved in the trial urged”."""
        name = self.main(at, who)
        if name is None or name.last + 1 >= at or self.namer.pronoun(name):
            return None
        between = self.words[name.last + 1 : at]
        low = between[0].lower
        is_relative = self.known.has("relative_openers", low)
        opens = low.endswith(self.known.endings("modifier_endings")) or any(
            self.known.has(g, low)
            for g in ("joiners", "negations", "modifiers", "relative_openers")
        )
        broken = any(
            w.is_quoted
            or not (w.is_word or w.text == ".")
            or (self.known.has("finite", w.lower) and not is_relative)
            for w in between
        )
        return name if opens and not broken else None

    def _fit(self, name: Name | None, who: str) -> Name | None:
        if name is None:
            return None
        if self.namer.pronoun(name):
            return name
        return name if self.namer.could_speak(name, who) else None

    def _over_dates(self, at: int) -> int:
        """Step back over “on Monday”, “earlier this week” and their like."""
        back = at
        while back > 0 and (
            self.known.has("dates", self.words[back - 1].lower)
            or self.known.has("adverbs", self.words[back - 1].lower)
            or self.words[back - 1].text.isdigit()
        ):
            back -= 1
        while (
            back < at
            and back > 0
            and self.known.has("date_leads", self.words[back - 1].lower)
        ):
            back -= 1
        return back

    def _antecedent(self, at: int, who: str) -> Name | None:
        if self.known.has("relative_things", self.words[at].lower):
            return self._thing(at)
        end = at - 1 if self.words[at - 1].text == "," else at
        return self._fit(self.namer.before(end), who)

    def _thing(self, at: int) -> Name | None:
        """Return the statement in “a statement on trade, which stressed”."""
        for back in range(at - 1, max(-1, at - _LONGEST_THING), -1):
            if self.namer.is_role(self.words[back].lower):
                return self._fit(self.namer.before(back + 1), "speaker")
        return None

    def _over_insertion(self, comma: int, who: str) -> Name | None:
        """Step back over what stands between two commas: “Ruiz, a nurse, said”."""
        closing = self.words[comma].text
        opening = {")": "("}.get(closing, closing)
        for back in range(comma - 1, max(0, comma - _LONGEST_INSERTION), -1):
            if self.words[back].text == opening and not self.words[back].is_quoted:
                name = self._fit(self.namer.before(back), who)
                if name and not self._is_example(name):
                    return self._described(name, is_closed=True) or name
        return self._inserted(comma, who) or self._past_phrases(comma, who)

    def _past_phrases(self, comma: int, who: str) -> Name | None:
        """Return the name in “Ruiz at a meeting on Monday, May 9, said”."""
        name = self.main(comma, who)
        if name is None or name.last + 1 >= comma or self.namer.pronoun(name):
            return None
        between = self.words[name.last + 1 : comma]
        is_phrase = self.known.has("joiners", between[0].lower)
        is_dated = any(w.text.isdigit() for w in between)
        return name if is_phrase and is_dated and not self._has_verb(between) else None

    def _has_verb(self, span: Sequence[Word]) -> bool:
        verbs = (w for w in span if not w.is_capital)
        return any(self.known.has("finite", w.lower) for w in verbs)

    def _is_example(self, name: Name) -> bool:
        """Tell the name in “critics, such as Ruiz, a nurse, argue”."""
        lead = self.words[name.first - 1].lower if name.first else ""
        return self.known.has("example_leads", lead)

    def _inserted(self, comma: int, who: str) -> Name | None:
        """Return the name in “its coordinator, Ruth Abara, wrote”."""
        name = self.namer.before(comma)
        if name is None or name.first == 0 or self.words[name.first - 1].text != ",":
            return None
        return self._fit(name, who) if self.words[name.last].is_capital else None

    def main(self, before: int, who: str) -> Name | None:
        """Return the subject that the sentence opens with."""
        start = self._past_opening(before)
        if start >= before:
            return None
        name = self.namer.pronoun_at(start) or self.namer.after(start - 1)
        return self._fit(name, who) or self._fit(self._first_word(start), who)

    def _first_word(self, at: int) -> Name | None:
        """Return the name in “Ruiz sent a letter”, where no list knows the verb."""
        if not self.known.is_cased or at + 2 >= len(self.words):
            return None
        verb, behind = self.words[at + 1], self.words[at + 2].lower
        is_verb = (
            verb.is_word
            and not verb.is_capital
            and any(self.known.has(g, behind) for g in ("determiners", "joiners"))
        )
        is_name = self.words[at].is_capital and self.namer.is_nominal(at)
        return Name(at, at) if is_name and is_verb else None

    def _past_opening(self, before: int) -> int:
        """Step over “On Monday, …” and “Speaking in court, …”."""
        start = self._past_place()
        while start < before and (
            self.words[start].text in QUOTE_MARKS or self.words[start].is_quoted
        ):
            start += 1
        if start < before and self.known.has("and", self.words[start].lower):
            start += 1
        if start >= len(self.words) or not self._opens_aside(start):
            return start
        for at in range(start, before):
            if self.words[at].text == ",":
                return at + 1
        return start

    def _past_place(self) -> int:
        """Step over “HOLM, Ark. (XP) —”."""
        if not self.words or not self.words[0].text.isupper():
            return 0
        for at, word in enumerate(self.words[:_LONGEST_PLACE]):
            if word.text in _PLACE_ENDS:
                return at + 1
        return 0

    def _opens_aside(self, at: int) -> bool:
        low = self.words[at].lower
        groups = ("joiners", "breaks", "adverbs", "dates", "and")
        if self.known.has("date_leads", low) and self._is_dated(at + 1):
            return True
        endings = ("participle_endings", "manner_endings")
        return any(self.known.has(g, low) for g in groups) or (
            not self.namer.is_role(low)
            and any(low.endswith(self.known.endings(e)) for e in endings)
        )

    def _is_dated(self, at: int) -> bool:
        return at < len(self.words) and self.known.has("dates", self.words[at].lower)

    def _is_set_off(self, at: int) -> bool:
        if at == 0:
            return True
        text = self.words[at - 1].text
        return text in QUOTE_MARKS or text == "," or text in _DASHES

    def accompanying(self, at: int, who: str) -> Name | None:
        """Return the name in “with residents voicing fears”."""
        name = self.namer.before(at)
        if name is None or name.first == 0:
            return None
        lead = self.words[name.first - 1].lower
        return self._fit(name, who) if self.known.has("companions", lead) else None

    def _behind(self, at: int, verb: int, who: str) -> Name | None:
        """Return the name in “said Ruiz”."""
        if self.known.inverted == "quoted" and not self._is_set_off(at):
            return None
        if self.known.inverted != "quoted":
            verb = self._past_dates(verb)
        name = self.namer.pronoun_at(verb + 1) or self.namer.after(verb)
        fit = self._fit(name, "speaker" if who == "any" else who)
        if fit is None or self.known.inverted != "quoted":
            return fit
        return fit if self._closes(fit) or self._after_quote(at) else None

    def _past_dates(self, verb: int) -> int:
        """Step over “el martes” in “anunció el martes el alcalde”."""
        at = verb
        while at + 1 < len(self.words):
            low = self.words[at + 1].lower
            following = self.words[at + 2].lower if at + 2 < len(self.words) else ""
            is_lead = self.known.has("date_leads", low)
            if self.known.has("dates", low) or self.known.has("adverbs", low):
                at += 1
            elif is_lead and self.known.has("dates", following):
                at += 2
            else:
                break
        return at

    def _after_quote(self, at: int) -> bool:
        return at > 0 and self.words[at - 1].text in QUOTE_MARKS

    def _ends(self, name: Name) -> bool:
        at = name.last + 1
        return (
            at >= len(self.words)
            or self.words[at].text in _END
            or self.known.has("dates", self.words[at].lower)
        )

    def _closes(self, name: Name) -> bool:
        """Tell whether the phrase behind the verb ends there, as a subject does."""
        if self._ends(name):
            return True
        low = self.words[name.last + 1].lower
        groups = ("joiners", "date_leads", "relatives", "adverbs")
        return any(self.known.has(group, low) for group in groups)
