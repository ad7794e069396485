"""Which article leads a front, and how its sections stand under each other."""

from datetime import UTC, datetime

from dateline.publishing import actions
from dateline.publishing.models import Publication
from dateline.website.pages import Card, Link, PictureView, SectionRow, Weight
from dateline.website.views.fronts import FRESH, leading, weighed
from tests.publishing.factories import a_draft, an_editor

AT = datetime(2026, 11, 22, tzinfo=UTC)
PICTURE = PictureView(src="/p.jpg", width=3, height=2, alt="")


def row(rest, *, picture=PICTURE):
    lead = Card("Headline", "/en/", AT, picture=picture)
    return SectionRow(Link("Harbour", "/en/"), lead, (lead,) * rest)


def weights(*rows):
    return [row.weight for row in weighed(list(rows))]


def test_one_section_is_wide_and_no_two_pictures_stand_alike():
    assert weights(row(4), row(4), row(4), row(4)) == [
        Weight.WIDE,
        Weight.SIDE,
        Weight.TEXT,
        Weight.SIDE,
    ]


def test_two_small_sections_share_a_row_and_one_alone_has_its_own():
    assert weights(row(3), row(1), row(0), row(1)) == [
        Weight.WIDE,
        Weight.HALF,
        Weight.HALF,
        Weight.SIDE,
    ]
    assert weights(row(0), row(4), row(1, picture=None)) == [
        Weight.SIDE,
        Weight.WIDE,
        Weight.TEXT,
    ]


def test_a_section_without_a_picture_is_text():
    assert weights(row(4, picture=None)) == [Weight.TEXT]


def test_what_is_urgent_leads_and_what_is_newest_fills_up(db):
    quiet = [published(f"Quiet {n}") for n in range(3)]
    urgent = published("The bridge is down", urgency=1)
    old = Publication.objects.get(pk=quiet[0].pk)
    old.published_at -= FRESH
    found = [urgent, quiet[2], quiet[1], old]
    assert leading(found) == [urgent, quiet[2], quiet[1]]
    assert leading([quiet[1], old]) == [quiet[1], old]
    assert leading([]) == []


def published(headline, **values):
    draft = a_draft(headline=headline, **values)
    return actions.publish_article(draft, by=an_editor())
