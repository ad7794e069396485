"""How times, datelines and quotations are written, as the templates write them."""

from datetime import UTC, date, datetime

import pytest

from dateline.website.environment import environment
from dateline.website.pages import Head, Page, Paper

AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def written(template, code="en", zone="Europe/Kyiv", **values):
    paper = Paper(name="The Paper", code=code, tag=code, direction="ltr", timezone=zone)
    page = Page(paper=paper, head=Head())
    return environment().from_string(template).render(page=page, **values)


def test_a_column_of_figures_runs_from_nought_to_twenty_three():
    assert ">01:30</time>" in written("{{ at | clock }}", at=AT)
    assert 'datetime="2026-11-23T01:30:00+02:00"' in written("{{ at | clock }}", at=AT)
    assert ">۰۱:۳۰</time>" in written("{{ at | clock }}", code="fa", at=AT)


def test_the_day_is_the_newsrooms_and_not_that_of_utc():
    assert "November 23, 2026" in written("{{ at | day }}", at=AT)
    assert "November 22, 2026" in written("{{ at | day }}", zone="UTC", at=AT)


@pytest.mark.parametrize(
    ("today", "text"),
    [(date(2026, 11, 23), "01:30"), (date(2026, 11, 22), "November 23, 2026")],
)
def test_on_its_own_day_an_article_has_a_time_and_later_a_date(today, text):
    shown = written("{{ at | when(today) }}", at=AT, today=today)
    assert f">{text}</time>" in shown


def test_a_dateline_runs_into_the_first_paragraph():
    html = '<p class="x">The fog <i>came</i>.</p><p>Second.</p>'
    assert written("{{ html | run_in(place) }}", html=html, place="A & B") == (
        '<p class="x"><b class="dateline">A &amp; B</b> The fog <i>came</i>.</p>'
        "<p>Second.</p>"
    )


@pytest.mark.parametrize(
    ("code", "quoted"),
    [
        ("en", "<p>“One.</p><p>Two.”</p>"),
        ("de", "<p>„One.</p><p>Two.“</p>"),
        ("zh-CN", "<p>“One.</p><p>Two.”</p>"),
        ("ar", "<p>«One.</p><p>Two.»</p>"),
    ],
)
def test_a_quotation_has_the_marks_of_the_language(code, quoted):
    html = "<p>One.</p><p>Two.</p>"
    assert written("{{ html | quoted }}", code=code, html=html) == quoted
