"""What a passage is laid to: a source, and where the source said it."""

import pytest
from django.db.models import ProtectedError

from dateline.articles.actions import attribute_span, copy_attributions
from dateline.articles.models import Attribution
from dateline.articles.spans import wrap
from dateline.publishing.actions import publish_article
from dateline.sources.actions import cite
from dateline.sources.models import Source
from tests.publishing.factories import a_draft, a_reporter, an_editor

pytestmark = pytest.mark.django_db
SPAN, COPY = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


@pytest.fixture
def agency():
    return Source.objects.create(name="The agency")


def test_a_passage_keeps_where_it_was_said_and_so_does_its_copy(agency):
    article, by = a_draft(), a_reporter()
    cited = cite(agency, by=by)

    attribute_span(article, SPAN, source=agency, by=by, citation=cited)
    copy_attributions(article, {COPY: SPAN})

    assert set(article.attributions.values_list("span", "citation")) == {
        (SPAN, cited.pk),
        (COPY, cited.pk),
    }


def test_another_source_takes_the_old_citation_away(agency):
    article, by = a_draft(), a_reporter()
    attribute_span(article, SPAN, source=agency, by=by, citation=cite(agency, by=by))
    other = Source.objects.create(name="The paper")

    attribute_span(article, SPAN, source=other, by=by)

    row = Attribution.objects.get()
    assert (row.source, row.citation, row.wire_item) == (other, None, None)


def test_a_citation_of_another_source_is_refused(agency):
    other = cite(Source.objects.create(name="The paper"), by=None)

    with pytest.raises(ValueError, match="Cite the source"):
        attribute_span(a_draft(), SPAN, source=agency, by=a_reporter(), citation=other)
    assert not Attribution.objects.exists()


def a_passage_laid_to(agency):
    body = [{"type": "paragraph", "value": f"<p>{wrap('Fog came.', SPAN)}</p>"}]
    article = a_draft(body=body)
    attribute_span(article, SPAN, source=agency, by=a_reporter())
    return article


def test_a_source_that_readers_have_read_stays_when_it_is_replaced(agency):
    article = a_passage_laid_to(agency)
    publish_article(article, by=an_editor())
    other = Source.objects.create(name="The paper")
    attribute_span(article, SPAN, source=other, by=a_reporter())

    with pytest.raises(ProtectedError):
        agency.delete()
    assert agency.citations.count() == 1


def test_a_source_of_a_draft_alone_may_go(agency):
    article = a_passage_laid_to(agency)
    other = Source.objects.create(name="The paper")
    attribute_span(article, SPAN, source=other, by=a_reporter())

    agency.delete()
    assert not Source.objects.filter(name="The agency").exists()
