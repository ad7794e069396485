"""What follows a reporting word: a clause, a quotation, an object, or nothing."""

from collections.abc import Sequence

from dateline.articles.suggesting.cues import Reporting
from dateline.articles.suggesting.words import Word

QUOTE_MARKS = frozenset("“”«»„「」『』\"‘’'")
_ENDS = frozenset(".,;!?…—–:")
_CURRENCIES = frozenset("$€£¥₹₦₴₽")
#: A clause shows its verb within this many words.
_CLAUSE = 16
_NEAR = 6


class Complement:
    """Answers whether what stands round a verb lets it report something."""

    def __init__(self, words: Sequence[Word], known: Reporting) -> None:
        self.words = words
        self.known = known

    def meets(self, needs: frozenset[str], at: int) -> bool:
        """Tell whether one of the needs is met behind the word."""
        if not needs:
            return True
        following = self._skip(at + 1)
        return any(self._meets(need, at, following) for need in sorted(needs))

    def _meets(self, need: str, at: int, following: int) -> bool:
        checks = {
            "that": self._has_that,
            "clause": self._has_clause,
            "object": self._has_object,
            "whether": self._has_question,
            "to": self._has_infinitive,
            "gerund": self._has_gerund,
            "object_told": self._has_object,
            "object_clause": self._has_object_clause,
            "object_to": self._has_object_to,
            "object_question": self._has_object_question,
            "number": self._has_number,
            "object_as": self._has_predicate,
        }
        if need == "quote":
            return self.touches_quote(at)
        if need == "end":
            return self.ends(following)
        check = checks.get(need)
        return check(following) if check else self._lower(following) == need

    def _skip(self, at: int) -> int:
        while at < len(self.words) and (
            self.known.has("adverbs", self._lower(at))
            or self.known.has("dates", self._lower(at))
            or (self._lower(at) in {"on", "late", "early"} and self._dated(at + 1))
        ):
            at += 1
        return at

    def _dated(self, at: int) -> bool:
        return self.known.has("dates", self._lower(at))

    def _lower(self, at: int) -> str:
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def ends(self, at: int) -> bool:
        return at >= len(self.words) or self.words[at].text in _ENDS

    def touches_quote(self, at: int) -> bool:
        """Tell whether a quotation stands right before or right behind the word."""
        near = range(at + 1, min(len(self.words), at + _NEAR + 1))
        behind = any(self.words[i].text in QUOTE_MARKS and self._opens(i) for i in near)
        return behind or self.follows_quote(at)

    def follows_quote(self, at: int) -> bool:
        """Tell whether a quotation stands right before: “…,” said Ruiz."""
        near = range(max(0, at - 2 * _NEAR), at)
        return any(self.words[i].text in QUOTE_MARKS and self._closed(i) for i in near)

    def _opens(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.words[at + 1].is_quoted

    def _closed(self, at: int) -> bool:
        """Tell whether a closing mark is set off by the comma of reported speech."""
        if at == 0 or not self.words[at - 1].is_quoted:
            return False
        around = {self.words[at - 1].text, self._lower(at + 1)}
        return bool(around & {",", "?", "!", ".", "—", "–", "…"})

    def _has_that(self, at: int) -> bool:
        for i in range(at, min(at + _NEAR + 2, len(self.words))):
            if self.words[i].text in _ENDS:
                return False
            if self.known.has("that", self._lower(i)):
                return not self.ends(i + 1)
        return False

    def _has_clause(self, at: int) -> bool:
        if self.ends(at) or self.known.has("joiners", self._lower(at)):
            return False
        reach = range(at + 1, min(at + _CLAUSE, len(self.words)))
        for i in reach:
            if self.words[i].text in _ENDS or self.known.has("that", self._lower(i)):
                return False
            if self.known.has("finite", self._lower(i)):
                return True
        return False

    def _has_object(self, at: int) -> bool:
        low = self._lower(at)
        if self.ends(at) or not self.words[at].is_word:
            opening = QUOTE_MARKS | _CURRENCIES
            return at < len(self.words) and self.words[at].text[0] in opening
        is_name = self.known.is_cased and self.words[at].is_capital
        if self.known.has("free_relatives", low) or is_name:
            return True
        return not (self.known.has("joiners", low) or self.known.has("breaks", low))

    def _has_object_clause(self, at: int) -> bool:
        """Tell whether what someone was told follows: “told members they could”."""
        for i in range(at, min(at + _NEAR, len(self.words))):
            if not self.words[i].is_word:
                return False
            if self.known.has("clause_subjects", self._lower(i)):
                return not self.ends(i + 1)
        return False

    def _has_object_to(self, at: int) -> bool:
        """Tell whether someone is asked to act: “asked residents not to leave”."""
        return any(
            self._has_infinitive(i)
            for i in range(at + 1, min(at + _NEAR + 2, len(self.words)))
            if all(w.is_word for w in self.words[at:i])
        )

    def _has_object_question(self, at: int) -> bool:
        """Tell whether someone is asked something: “asked the clerk why”."""
        for i in range(at + 1, min(at + _NEAR + 2, len(self.words))):
            if not self.words[i].is_word:
                return False
            if self.known.has("whether", self._lower(i)):
                return not self.known.has("relatives", self._lower(i))
        return False

    def _has_predicate(self, at: int) -> bool:
        """Tell whether an object is called something: “called the plan a mistake”."""
        if not self.known.has("determiners", self._lower(at)):
            return False
        behind = range(at + 2, min(at + _NEAR, len(self.words)))
        return any(self.known.has("indefinite", self._lower(i)) for i in behind)

    def _has_number(self, at: int) -> bool:
        return self._lower(at)[:1].isdigit()

    def _has_question(self, at: int) -> bool:
        return self.known.has("whether", self._lower(at))

    def _has_infinitive(self, at: int) -> bool:
        low = self._lower(at + 1)
        is_verb = low and low[0].isalpha() and not self.known.has("determiners", low)
        return (
            self._lower(at) == "to"
            and bool(is_verb)
            and not self.words[at + 1].is_capital
        )

    def _has_gerund(self, at: int) -> bool:
        return self._lower(at).endswith(self.known.endings("participle_endings"))
