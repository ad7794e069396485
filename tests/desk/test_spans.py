"""Spans between editor and database, and the sources that they are laid to."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.test.utils.form_data import rich_text

from dateline.articles.actions import attribute_span
from dateline.articles.blocks import INLINE
from dateline.articles.models import Article
from dateline.articles.spans import span_ids
from dateline.sources.models import Source
from tests.desk.desk_forms import sent
from tests.publishing.factories import a_draft

A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
P = '<p data-block-key="k1">'


def through_the_editor(html: str) -> str:
    converter = ContentstateConverter(features=INLINE)
    return converter.to_database_format(converter.from_database_format(html))


@pytest.mark.parametrize(
    "html",
    [
        f'{P}Before <span data-span="{A}">the words</span> after</p>',
        f'{P}<span data-span="{A}">the <b>bold</b> words</span></p>',
        f'{P}<span data-span="{A}">الضباب <i>يغلق</i> الميناء</span></p>',
        f'{P}<span data-span="{A}">“quoted” &amp; so &lt;on&gt;</span></p>',
        f'{P}<span data-span="{A}">one</span> <span data-span="{B}">two</span></p>',
    ],
    ids=["plain", "bold inside", "Arabic", "escaped", "two"],
)
def test_a_span_survives_the_editor(html):
    assert through_the_editor(html) == html


def test_a_link_inside_a_span_stays_a_link_and_the_rest_stays_laid():
    html = (
        f'{P}<span data-span="{A}">as <a href="https://example.org/">the board</a> '
        "said</span></p>"
    )
    assert through_the_editor(html) == (
        f'{P}<span data-span="{A}">as </span>'
        '<a href="https://example.org/">the board</a>'
        f'<span data-span="{A}"> said</span></p>'
    )


def test_of_two_spans_that_overlap_the_inner_one_has_its_letters():
    inner = f'<span data-span="{B}">two</span>'
    html = f'{P}<span data-span="{A}">one {inner} three</span></p>'
    assert through_the_editor(html) == (
        f'{P}<span data-span="{A}">one </span>{inner}'
        f'<span data-span="{A}"> three</span></p>'
    )


def test_a_link_round_a_span_stays_a_link():
    link = '<a href="https://example.org/">the board</a>'
    words = f'<span data-span="{A}">the board</span>'
    html = f'{P}<a href="https://example.org/">{words}</a></p>'
    assert through_the_editor(html) == f"{P}{link}</p>"


@pytest.mark.parametrize("span", ["", "short", 'x" onclick="alert(1)', "A" * 12])
def test_what_is_no_id_is_no_span(span):
    converter = ContentstateConverter(features=INLINE)
    state = {
        "blocks": [
            {
                "key": "k1",
                "text": "words",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"key": 0, "offset": 0, "length": 5}],
            }
        ],
        "entityMap": {
            "0": {"type": "SPAN", "mutability": "MUTABLE", "data": {"span": span}}
        },
    }
    assert converter.to_database_format(json.dumps(state)) == f"{P}words</p>"


@pytest.fixture
def source(db):
    return Source.objects.create(name="The harbour board", kind="official_body")


def test_a_copied_paragraph_keeps_its_source_under_an_id_of_its_own(
    reporters_desk, reporter, source
):
    article = a_draft(by=reporter)
    attribute_span(article, A, source=source, by=reporter)
    words = rich_text(
        f'<p><span data-span="{A}">The board said so.</span></p>', features=INLINE
    )
    twice = sent(article, body=[("paragraph", words), ("paragraph", words)])
    for number, block in enumerate(("b1", "b2")):
        twice[f"body-{number}-id"] = block

    for _ in range(2):
        reporters_desk.post(f"/desk/articles/edit/{article.pk}/", twice)
        twice.pop("loaded_revision_id", None)

    article = Article.objects.get(pk=article.pk)
    spans = span_ids(list(article.body.raw_data))
    assert len(set(spans)) == 2
    assert set(article.attributions.values_list("span", flat=True)) == set(spans)
    assert {row.source for row in article.attributions.all()} == {source}
