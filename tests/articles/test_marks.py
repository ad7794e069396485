"""Marks: one statement at a time, in a name, for the words it was given for."""

import pytest

from dateline.articles.actions import (
    NotOneStatement,
    copy_attributions,
    drop_stale_marks,
    lift_mark,
    mark_statement,
)
from dateline.articles.models import StatementMark
from dateline.articles.spans import wrap
from dateline.articles.vocabulary import MarkKind
from tests.publishing.factories import a_draft, a_reporter, paragraphs, redraft

pytestmark = pytest.mark.django_db
A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def test_one_sentence_is_marked_by_a_named_member_of_staff():
    draft = a_draft(body=paragraphs(f"{wrap('Water is wet.', A)} It rained."))
    mark_statement(draft, A, kind=MarkKind.COMMON_KNOWLEDGE, by=a_reporter())
    mark = mark_statement(draft, A, kind=MarkKind.OPINION, by=a_reporter("other"))

    assert StatementMark.objects.get() == mark
    assert (mark.kind, mark.marked_by.username) == ("opinion", "other")


@pytest.mark.parametrize(
    "text",
    [
        wrap("Water is wet. It rained all day.", A),
        f"Water is {wrap('w', A)}et.",
        "No such span.",
    ],
)
def test_a_mark_for_several_sentences_or_none_is_refused(text):
    draft = a_draft(body=paragraphs(text))
    with pytest.raises(NotOneStatement):
        mark_statement(draft, A, kind=MarkKind.OPINION, by=a_reporter())
    assert not StatementMark.objects.exists()


def test_a_headline_is_marked_by_its_handle():
    draft = a_draft(headline="What we think of the quay")
    mark_statement(draft, "headline", kind=MarkKind.OPINION, by=a_reporter())
    lift_mark(draft, "headline")
    assert not StatementMark.objects.exists()


def test_a_copied_span_carries_its_mark_along():
    text = wrap("Water is wet.", A)
    draft = a_draft(body=paragraphs(text))
    mark_statement(draft, A, kind=MarkKind.OPINION, by=a_reporter())
    fresh = redraft(draft, body=paragraphs(text, wrap("Water is wet.", B)))
    for _twice in range(2):
        copy_attributions(fresh, {B: A})

    rows = StatementMark.objects.order_by("span").values_list("span", "kind", "words")
    assert [row[0] for row in rows] == [A, B]
    assert len({row[1:] for row in rows}) == 1


def test_a_mark_of_words_that_are_gone_is_dropped():
    draft = a_draft(body=paragraphs(wrap("Ina is seven.", A), wrap("It rains.", B)))
    for span in (A, B):
        mark_statement(draft, span, kind=MarkKind.OBSERVATION, by=a_reporter())
    fresh = redraft(draft, body=paragraphs(wrap("[…] is seven.", A), "It rains."))
    drop_stale_marks(fresh)

    assert [mark.span for mark in StatementMark.objects.all()] == [B]
