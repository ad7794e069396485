"""What a passage is laid to: a source, and where the source said it."""

import pytest

from dateline.articles.actions import attribute_span, copy_attributions
from dateline.articles.models import Attribution
from dateline.sources.actions import cite
from dateline.sources.models import Source
from tests.publishing.factories import a_draft, a_reporter

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
