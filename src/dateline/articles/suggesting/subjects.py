"""The subject of a reporting word, in languages that put it before or behind."""

from collections.abc import Sequence

from dateline.articles.suggesting.cues import Reporting
from dateline.articles.suggesting.following import QUOTE_MARKS, Complement
from dateline.articles.suggesting.naming import Name, Namer
from dateline.articles.suggesting.words import Word

_DASHES = frozenset("—–-")
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
        behind = self._behind(at, verb, who)
        if behind and (
            found is None or (self._is_set_off(at) and self._closes(behind))
        ):
            return behind
        return found

    def _before(self, at: int, who: str) -> Name | None:
        at = self._over_dates(at)
        if at <= 0:
            return None
        previous = self.words[at - 1]
        low = previous.lower
        if self.known.has("relatives", low):
            return self._antecedent(at - 1, who)
        if self.known.has("and", low):
            return self.main(at - 1, who)
        if previous.text == "," or previous.text in _DASHES or previous.text == ")":
            return self._over_insertion(at - 1, who)
        return self._fit(self.namer.pronoun_at(at - 1) or self.namer.before(at), who)

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
        end = at - 1 if self.words[at - 1].text == "," else at
        return self._fit(self.namer.before(end), who)

    def _over_insertion(self, comma: int, who: str) -> Name | None:
        """Step back over what stands between two commas: “Ruiz, a nurse, said”."""
        closing = self.words[comma].text
        opening = {")": "("}.get(closing, closing)
        for back in range(comma - 1, 0, -1):
            if self.words[back].text == opening and not self.words[back].is_quoted:
                name = self._fit(self.namer.before(back), who)
                if name:
                    return name
        return None

    def main(self, before: int, who: str) -> Name | None:
        """Return the subject that the sentence opens with."""
        start = self._past_opening(before)
        if start >= before:
            return None
        name = self.namer.pronoun_at(start) or self.namer.after(start - 1)
        return self._fit(name, who)

    def _past_opening(self, before: int) -> int:
        """Step over “On Monday, …” and “Speaking in court, …”."""
        start = 0
        while start < before and (
            self.words[start].text in QUOTE_MARKS or self.words[start].is_quoted
        ):
            start += 1
        if start >= len(self.words) or not self._opens_aside(start):
            return start
        for at in range(start, before):
            if self.words[at].text == ",":
                return at + 1
        return start

    def _opens_aside(self, at: int) -> bool:
        low = self.words[at].lower
        groups = ("joiners", "breaks", "adverbs", "dates", "and")
        return any(self.known.has(g, low) for g in groups) or low.endswith(
            self.known.participle_endings or ("\0",)
        )

    def _is_set_off(self, at: int) -> bool:
        if at == 0:
            return True
        text = self.words[at - 1].text
        return text in QUOTE_MARKS or text == "," or text in _DASHES

    def _behind(self, at: int, verb: int, who: str) -> Name | None:
        """Return the name in “said Ruiz”."""
        if self.known.inverted == "quoted" and not self._is_set_off(at):
            return None
        name = self.namer.pronoun_at(verb + 1) or self.namer.after(verb)
        fit = self._fit(name, who)
        if fit is None or self.known.inverted != "quoted":
            return fit
        return fit if self._closes(fit) or self._after_quote(at) else None

    def _after_quote(self, at: int) -> bool:
        return at > 0 and self.words[at - 1].text in QUOTE_MARKS

    def _closes(self, name: Name) -> bool:
        """Tell whether the phrase behind the verb ends there, as a subject does."""
        at = name.last + 1
        if at >= len(self.words) or self.words[at].text in _END:
            return True
        low = self.words[at].lower
        groups = ("joiners", "dates", "date_leads", "relatives", "adverbs")
        return any(self.known.has(group, low) for group in groups)
