"""Reading what the gate asks of accusations: those found, and what was answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.articles.models import Article, Attribution
from dateline.articles.statements.finding import Text, words_of
from dateline.plumbing import clock
from dateline.publishing.accusing.finding import find_accusations
from dateline.publishing.accusing.lexicon import UNSPACED, lexicon
from dateline.publishing.hands import accounts_that_acted
from dateline.publishing.models import Accusation
from dateline.publishing.pictures_shown import shown_pictures
from dateline.publishing.rules import (
    AccusationFact,
    AccusingFact,
    AnswerFact,
    HandsFact,
    PortraitFact,
)
from dateline.sources.models import Picture, Source
from dateline.sources.vocabulary import ShownPeople, SourceKind

_PEOPLE = (SourceKind.PERSON, SourceKind.EYEWITNESS)
#: Names of the ledger are sought as so many words, or letters where there are no words.
_NAME_WORDS, _NAME_LETTERS = range(2, 5), range(2, 7)
_MOST_SOUGHT = 900


def accusing_fact(
    copy: Article,
    content: Mapping[str, Any],
    texts: Sequence[Text],
    *,
    rows: Mapping[str, Attribution],
    asked: frozenset[str],
    hands: HandsFact,
) -> AccusingFact:
    """Return what the gate knows of accusations in a working copy."""
    code = content["language"]
    if lexicon(code) is None:
        answers = _answers(copy)
        found, unasked = _unlisted(content, texts, asked, answers)
    else:
        found, unasked = _listed(texts, code, rows, asked), ""
        answers = _answers(copy) if found else {}
    if not found:
        return AccusingFact(article=copy.pk, unasked=unasked)
    wrote = hands.acted or accounts_that_acted(copy)
    return AccusingFact(
        article=copy.pk,
        found=tuple(_answered(fact, answers, wrote) for fact in found),
        pictures=tuple(_portraits(content)),
        publisher_is_second=hands.published_by not in {None, *wrote},
        now=clock.now(),
        unasked=unasked,
    )


def is_listed(code: str) -> bool:
    """Tell whether accusations are found in a language, and not asked about."""
    return lexicon(code) is not None


def words_of_all(texts: Iterable[Text], asked: frozenset[str] | None = None) -> str:
    """Return the hash of all words asked about, in a language without a list."""
    told = [
        one.words
        for text in texts
        for one in text.statements
        if asked is None or one.id in asked
    ]
    return words_of(" ".join(told))


def _answers(copy: Article) -> dict[str, Accusation]:
    return {row.words: row for row in Accusation.objects.filter(article=copy)}


def _listed(
    texts: Sequence[Text],
    code: str,
    rows: Mapping[str, Attribution],
    asked: frozenset[str],
) -> list[AccusationFact]:
    own = [row.source.name_in(code) for row in rows.values() if _is_person(row)]
    told = find_accusations(
        texts, code, asked=asked, known=lambda s: [*own, *_in_ledger(s, code)]
    )
    return [
        AccusationFact(
            one.statement.words, one.statement.handle, one.statement.text,
            one.person, one.word,
        )
        for one in told
    ]  # fmt: skip


def _unlisted(
    content: Mapping[str, Any],
    texts: Sequence[Text],
    asked: frozenset[str],
    answers: Mapping[str, Accusation],
) -> tuple[list[AccusationFact], str]:
    whole = words_of_all(texts, asked)
    answer = answers.get(whole)
    if not whole or (answer and not answer.accuses):
        return [], ""
    if answer is None:
        return [], whole
    shown = str(content["headline"])
    return [AccusationFact(whole, "headline", shown, "a named person", "…")], ""


def _answered(
    fact: AccusationFact, answers: Mapping[str, Accusation], wrote: Collection[int]
) -> AccusationFact:
    row = answers.get(fact.words)
    if row is None:
        return fact
    told = AnswerFact(
        accuses=row.accuses,
        has_second=bool({row.seconded_by_id}.difference({None}, wrote)),
        reply=row.reply,
        asked_of=row.asked_of,
        asked_how=row.asked_how,
        asked_at=row.asked_at,
        answer_by_at=row.answer_by_at,
        answer=row.answer,
    )
    return AccusationFact(
        fact.words, fact.place, fact.text, fact.person, fact.word, told
    )


def _portraits(content: Mapping[str, Any]) -> Iterator[PortraitFact]:
    shown = dict(shown_pictures(content))
    for row in Picture.objects.filter(pk__in=shown):
        lacks = ""
        if row.people == ShownPeople.UNKNOWN:
            lacks = "nobody said who can be recognized in this picture"
        elif row.people == ShownPeople.IDENTIFIED and not row.identified_by.strip():
            lacks = "nobody said who identified the people in this picture"
        yield PortraitFact(row.pk, row.title, shown[row.pk], lacks)


def _is_person(row: Attribution) -> bool:
    return row.source.kind in _PEOPLE


def _in_ledger(sentences: list[str], code: str) -> list[str]:
    """Return the names of people in the ledger that stand in these sentences."""
    sought: dict[str, None] = {}
    for sentence in sentences:
        pieces = list(sentence) if code in UNSPACED else sentence.split()
        joined = "" if code in UNSPACED else " "
        for size in _NAME_LETTERS if code in UNSPACED else _NAME_WORDS:
            for at in range(len(pieces) - size + 1):
                sought[joined.join(pieces[at : at + size]).strip(" ,.;:!?。，、")] = (
                    None
                )
    names = list(sought)[:_MOST_SOUGHT]
    rows = Source.objects.filter(kind__in=_PEOPLE, name__in=names)
    return list(rows.values_list("name", flat=True))
