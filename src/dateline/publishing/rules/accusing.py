"""I7: a named person beside words of crime: a second editor, a reply, an identity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices

from dateline.publishing.rules.refusals import Finding, isolated

_SHOWN = 160
#: An answer in fewer letters says nothing that readers could weigh.
_SHORTEST_ANSWER = 3


class Reply(TextChoices):
    """What became of asking an accused person for a reply."""

    ANSWERED = "answered", "They answered"
    DECLINED = "declined", "They would not answer"
    SILENT = "silent", "They did not answer by then"
    ON_RECORD = "on_record", "A court or an authority has said so in public"


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """What somebody recorded for one statement; `has_second` if another editor did."""

    accuses: bool
    has_second: bool
    reply: str = ""
    asked_of: str = ""
    asked_how: str = ""
    asked_at: datetime | None = None
    answer_by_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class AccusationFact:
    """A statement that names a person beside a word of crime."""

    words: str
    place: str
    text: str
    person: str
    word: str
    answer: AnswerFact | None = None


@dataclass(frozen=True, slots=True)
class PortraitFact:
    """A picture that stands with it; `lacks` says what nobody has said of it."""

    picture: int
    title: str
    place: str
    lacks: str


@dataclass(frozen=True, slots=True)
class AccusingFact:
    """All that the gate knows of accusations in a text."""

    article: int = 0
    found: tuple[AccusationFact, ...] = ()
    pictures: tuple[PortraitFact, ...] = ()
    publisher_is_second: bool = False
    """Whoever would publish it has not written it."""
    now: datetime | None = None
    unasked: str = ""
    """Hash of a text that nobody answered for, in a language without a data file."""

    @property
    def standing(self) -> list[AccusationFact]:
        """Return those that nobody said accuse nobody."""
        return [f for f in self.found if f.answer is None or f.answer.accuses]

    def as_record(self) -> dict[str, int]:
        """Return the counts that the log keeps; no copy."""
        told = {
            "found": len(self.found),
            "replies": sum(bool(f.answer and f.answer.reply) for f in self.found),
            "not_accusing": len(self.found) - len(self.standing),
        }
        return {name: count for name, count in told.items() if count}


def accusation_findings(facts: AccusingFact, hours: int) -> Iterator[Finding]:
    """
    Yield the statements that lack something, then the pictures that stand there.

    `hours` are those that an accused person has to answer.
    """
    for fact in facts.found:
        if lacks := [*_lacks(fact, facts, hours)]:
            yield Finding(
                key=fact.words,
                place=fact.place,
                text=_short(fact.text),
                says=f"{isolated(fact.person)} beside “{isolated(fact.word)}”: "
                + ", ".join(lacks),
                ways=(f"accusation:{facts.article}",),
            )
    for picture in facts.pictures if facts.standing else ():
        if picture.lacks:
            yield Finding(
                key=f"picture:{picture.picture}",
                place=picture.place,
                text=picture.title,
                says=picture.lacks,
                ways=(f"picture:{picture.picture}",),
            )


def unasked_finding(facts: AccusingFact) -> Finding | None:
    """Return what stands for a text of which nobody said if it accuses anybody."""
    if not facts.unasked:
        return None
    return Finding(facts.unasked, "", "", ways=(f"accusation:{facts.article}",))


def _lacks(fact: AccusationFact, facts: AccusingFact, hours: int) -> Iterator[str]:
    answer = fact.answer
    if not facts.publisher_is_second and not (answer and answer.has_second):
        yield "no second editor"
    if answer is None:
        yield "no reply was asked for"
    elif answer.accuses:
        yield from _reply_lacks(answer, facts, hours)


def _reply_lacks(answer: AnswerFact, facts: AccusingFact, hours: int) -> Iterator[str]:
    if not answer.reply:
        yield "no reply was asked for"
    elif answer.reply == Reply.ON_RECORD:
        if len(answer.answer.strip()) < _SHORTEST_ANSWER:
            yield "it is not said who said so, and where"
    elif not (answer.asked_of and answer.asked_how and answer.asked_at):
        yield "it is not said who was asked, how and when"
    elif answer.reply == Reply.SILENT:
        yield from _silence_lacks(answer, facts, hours)
    elif answer.reply == Reply.ANSWERED and len(answer.answer) < _SHORTEST_ANSWER:
        yield "it is not said what they answered"


def _silence_lacks(
    answer: AnswerFact, facts: AccusingFact, hours: int
) -> Iterator[str]:
    """Silence is told once the time is over that was given, and that was enough."""
    if answer.answer_by_at is None or answer.asked_at is None or facts.now is None:
        yield "it is not said by when they were to answer"
    elif answer.answer_by_at > facts.now:
        yield "the time to answer is not over"
    elif answer.answer_by_at < answer.asked_at + timedelta(hours=hours):
        yield f"they were given less than {hours} hours"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
