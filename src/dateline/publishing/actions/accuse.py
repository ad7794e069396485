"""Answering for statements that may accuse a named person, and seconding that."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.articles.models import Article
from dateline.articles.statements.finding import find_statements
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.facts import may_use_door
from dateline.publishing.gating import gate_facts
from dateline.publishing.hands import accounts_that_acted
from dateline.publishing.models import Accusation, Namesake
from dateline.publishing.rules import Reply
from dateline.publishing.snapshots import snapshot

#: More statements of one text are answered for in several goes.
MOST_AT_ONCE = 200


class AccusationRefused(ValueError):
    """It cannot be recorded so, and the message says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked for a reply, how and when, and what came of it."""

    reply: str = ""
    asked_of: str = ""
    asked_how: str = ""
    asked_at: datetime | None = None
    answer_by_at: datetime | None = None
    answer: str = ""


@transaction.atomic
def answer_accusations(
    article: Article,
    words: Collection[str],
    *,
    by: User,
    accuses: bool,
    asked: Asked | None = None,
) -> list[Accusation]:
    """
    Record for these statements if they accuse a named person, and the reply asked for.

    `words` are the hashes of the statements' words. What another editor stood for is
    asked of them again.

    :raises AccusationRefused: nothing is chosen, or the reply is not one
    """
    told = asked or Asked()
    if not words or len(words) > MOST_AT_ONCE:
        raise AccusationRefused("Tick the passages that it is about.")
    if accuses and told.reply and told.reply not in Reply.values:
        raise AccusationRefused("Say what came of asking.")
    if told.asked_at is not None and told.asked_at > clock.now():
        raise AccusationRefused("That minute has not come yet.")
    values = {name: getattr(told, name) for name in Asked.__slots__} if accuses else {}
    rows = []
    for one in words:
        Accusation.objects.filter(article=article, words=one).delete()
        row = Accusation(article=article, words=one, accuses=accuses, **values)
        row.answered_by, row.answered_at = by, clock.now()
        row.save()
        rows.append(row)
    return rows


@transaction.atomic
def answer_for_text(article: Article, *, by: User, accuses: bool) -> None:
    """Record if a text accuses anybody, in a language where nothing else can tell."""
    copy = Article.objects.get(pk=article.pk)
    unasked = gate_facts(copy, snapshot(copy), by=by).accusing.unasked
    if unasked:
        answer_accusations(copy, [unasked], by=by, accuses=accuses)


@transaction.atomic
def second_accusations(article: Article, words: Collection[str], *, by: User) -> int:
    """
    Stand for these statements as a second editor; return how many.

    :raises AccusationRefused: `by` wrote the text or may not publish, or nobody has
        answered for a statement yet
    """
    if not may_use_door(by):
        raise AccusationRefused("Only an editor stands for it.")
    if by.pk in accounts_that_acted(Article.objects.get(pk=article.pk)):
        raise AccusationRefused("You wrote in this text: another editor stands for it.")
    rows = Accusation.objects.filter(article=article, words__in=words)
    if not words or rows.count() < len(set(words)):
        raise AccusationRefused("Say first whom they accuse and who was asked.")
    return rows.update(seconded_by=by, seconded_at=clock.now())


def redact_answers(copy: Article, cut: Callable[[str], str]) -> None:
    """Take a passage, and hashes of words that held it, out of what was answered."""
    fresh = Article.objects.get(pk=copy.pk)
    stand = {one.words for one in find_statements(snapshot(fresh))}
    # A hash of words that were removed could be guessed.
    Accusation.objects.filter(article=copy).exclude(words__in=stand).delete()
    for row in Accusation.objects.filter(article=copy):
        for name in ("asked_of", "asked_how", "answer"):
            setattr(row, name, cut(getattr(row, name)))
        row.save(update_fields=["asked_of", "asked_how", "answer"])
    for other in Namesake.objects.filter(article=copy):
        other.words, other.reason = "", cut(other.reason)
        other.save(update_fields=["words", "reason"])
