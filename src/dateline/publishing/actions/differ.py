"""Putting sources that differ side by side, and settling what they differ on."""

from collections.abc import Mapping

from django.db import transaction

from dateline.articles.models import Article, Contradiction
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.held import held_text, held_words
from dateline.articles.vocabulary import Settled
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.claims import read_claim
from dateline.publishing.differing import LEAST_SIDES, stands_in
from dateline.publishing.snapshots import snapshot
from dateline.sources.rules import IdentityAtRisk, refuse_contact_details

MOST_SIDES = 6
LONGEST_QUESTION, LONGEST_REASON, LONGEST_ANSWER = 200, 500, 120


class ContradictionRefused(ValueError):
    """It cannot be put side by side, and the message says why."""


@transaction.atomic
def settle_contradiction(  # noqa: PLR0913  (each is one thing that somebody says)
    article: Article,
    answers: Mapping[str, str],
    *,
    by: User,
    question: str = "",
    state: Settled = Settled.OPEN,
    reason: str = "",
    known: Contradiction | None = None,
) -> Contradiction:
    """
    Say on what the sources of two statements differ, or that they do not.

    `answers` is by handle what each statement says to the question, in its own words;
    an empty one becomes its first number. `known` is what is said anew.

    :raises ContradictionRefused: there are no two sources, an answer is not what its
        statement says, or the question or the reason is missing
    """
    copy = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    question = question.strip()[:LONGEST_QUESTION]
    reason = reason.strip()[:LONGEST_REASON]
    _refuse_unsaid(question, reason, state)
    row = known or Contradiction(article=copy)
    row.question, row.reason = question, reason
    row.sides = _sides(copy, answers)
    row.state = state
    row.settled_by, row.settled_at = by, clock.now()
    row.save()
    return row


@transaction.atomic
def drop_contradiction(contradiction: Contradiction) -> None:
    """Take it away; where the numbers differ, the gate asks again."""
    contradiction.delete()


def _refuse_unsaid(question: str, reason: str, state: Settled) -> None:
    if state != Settled.DISMISSED and not question:
        raise ContradictionRefused("Ask what they differ on: “How many died?”")
    if state != Settled.OPEN and not reason:
        raise ContradictionRefused("Say why.")
    try:
        refuse_contact_details(question, reason)
    except IdentityAtRisk as refusal:
        raise ContradictionRefused(str(refusal)) from None


def _sides(copy: Article, answers: Mapping[str, str]) -> list[dict[str, str]]:
    content = snapshot(copy)
    told, statements = content["attributions"], find_statements(content)
    handles = [handle for handle in told if handle in answers]
    sources = [told[handle]["source"]["id"] for handle in handles]
    if len(handles) < len(answers):
        raise ContradictionRefused("One of them rests on no source now.")
    if not LEAST_SIDES <= len(handles) <= MOST_SIDES:
        raise ContradictionRefused("Choose two statements, or up to six.")
    if len(set(sources)) < LEAST_SIDES:
        raise ContradictionRefused(
            "They rest on one source: it cannot differ with itself."
        )
    sides = []
    for handle in handles:
        text = held_text(statements, handle)
        says = answers[handle].strip()[:LONGEST_ANSWER] or _answer(text, copy.language)
        if not stands_in(says, text):
            raise ContradictionRefused(f"“{says}” is not what the statement says.")
        words = held_words(statements, handle)
        sides.append({"handle": handle, "says": says, "words": words})
    return sides


def _answer(text: str, code: str) -> str:
    """Return the first number of a statement, or the beginning of its words."""
    if found := read_claim(text, code).quantities:
        return found[0].text
    return text[:LONGEST_ANSWER].rpartition(" ")[0] or text[:LONGEST_ANSWER]


def renew_sides(article: Article) -> None:
    """
    Have the sides hold for what their statements say once words were removed.

    From a hash of the words before one could guess what was removed.
    """
    statements = find_statements(snapshot(Article.objects.get(pk=article.pk)))
    for row in Contradiction.objects.filter(article=article):
        for side in row.sides:
            side["words"] = held_words(statements, side["handle"])
        row.save(update_fields=["sides"])
