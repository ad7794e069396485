"""From an article's statements to those that name a person beside words of crime."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline import languages
from dateline.articles.statements.finding import Text
from dateline.articles.statements.vocabulary import Statement
from dateline.publishing.accusing.lexicon import Lexicon, lexicon
from dateline.publishing.accusing.persons import Names, Person

#: Sentences back to which a pronoun looks for whom it stands for.
_BACK = 2


@dataclass(frozen=True, slots=True)
class Accusation:
    """A statement that names a person beside a word of crime."""

    statement: Statement
    person: str
    word: str


def find_accusations(
    texts: Sequence[Text],
    code: str,
    *,
    asked: Collection[str] | None = None,
    known: Callable[[list[str]], Iterable[str]] = lambda _sentences: (),
) -> list[Accusation]:
    """
    Return the statements that accuse a named person; none without a data file.

    `asked` are the ids of the statements to look at; `known` is asked for names that
    the newsroom knows in these sentences.
    """
    words = lexicon(code)
    if words is None:
        return []
    told = {
        one.id: word
        for text in texts
        for one in text.statements
        if (asked is None or one.id in asked)
        and (word := words.accusing_word(one.text))
    }
    if not told:
        return []
    sentences = [
        one.text for text in texts for one in text.statements if one.id in told
    ]
    names = Names(words, languages.LANGUAGES[code].tag, known(sentences))
    # All of the article is read first: it may say who the mayor is further down.
    for text in texts:
        for one in text.statements:
            names.find(one.text)
    return [found for text in texts for found in _in_text(text, told, words, names)]


def _in_text(
    text: Text, told: dict[str, str], words: Lexicon, names: Names
) -> Iterator[Accusation]:
    for at, one in enumerate(text.statements):
        if one.id not in told:
            continue
        before = [other.text for other in text.statements[max(0, at - _BACK) : at]]
        person = _accused(one.text, before, words, names)
        if person is not None:
            yield Accusation(one, person.name, told[one.id])


def _accused(
    sentence: str, before: list[str], words: Lexicon, names: Names
) -> Person | None:
    """Return the first person who does more than speak, or whom a pronoun means."""
    for person in names.find(sentence):
        if not names.speaks(sentence, person):
            return person
    if not _has_pronoun(sentence, words):
        return None
    earlier = (found for text in reversed(before) if (found := names.find(text)))
    return next((found[-1] for found in earlier), None)


def _has_pronoun(sentence: str, words: Lexicon) -> bool:
    low = sentence.casefold()
    pronouns = words.words["pronouns"]
    if words.pattern is not None:
        return any(pronoun in low for pronoun in pronouns)
    return not pronouns.isdisjoint(low.replace(",", " ").replace(".", " ").split())
