"""The reader's page of a draft, as the desk shows it in its own frame."""

import pytest

from dateline.articles.models import Article
from dateline.editions.models import Edition
from tests.desk.desk_forms import sent
from tests.publishing.factories import a_draft, an_edition

pytestmark = pytest.mark.django_db


def preview(desk, article, **changed):
    url = f"/desk/articles/preview/{article.pk}/"
    told = desk.post(url, sent(article, **changed)).json()
    assert told == {"is_valid": True, "is_available": True}
    return desk.get(url)


def test_a_draft_is_shown_as_readers_would_get_it(reporters_desk, reporter):
    article = a_draft(by=reporter, headline="Two berths close")

    answer = preview(reporters_desk, article, headline="Not even saved yet")

    page = answer.content.decode()
    assert "Not even saved yet" in page
    assert "The harbour board closed two berths." in page
    assert 'class="w-theme' not in page
    assert Article.objects.get().headline == "Two berths close"


def test_a_preview_may_stand_in_the_desks_frame_and_is_not_kept(
    reporters_desk, reporter
):
    answer = preview(reporters_desk, a_draft(by=reporter))

    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_older_draft_is_shown_too(reporters_desk, reporter):
    article = a_draft(by=reporter, headline="As it was")
    revision = article.latest_revision_id

    answer = reporters_desk.get(
        f"/desk/articles/history/{article.pk}/revisions/{revision}/view/"
    )

    assert "As it was" in answer.content.decode()


def test_a_right_to_left_draft_is_set_right_to_left(reporters_desk, reporter):
    an_edition("ar")
    article = a_draft(by=reporter, language="ar", headline="الضباب يغلق الميناء")

    page = preview(reporters_desk, article).content.decode()

    assert 'dir="rtl"' in page
    assert "الضباب يغلق الميناء" in page


def test_without_an_edition_there_is_no_page_to_show(reporters_desk, reporter):
    article = a_draft(by=reporter, language="ps", headline="x")
    Edition.objects.filter(code="ps").delete()

    assert "No edition yet" in preview(reporters_desk, article).content.decode()


def test_a_preview_before_the_first_save_says_nothing_wrong(reporters_desk):
    an_edition("en")
    url = "/desk/articles/preview/"
    told = reporters_desk.post(url, sent(headline="Brand new")).json()
    assert told["is_valid"]
    assert "Brand new" in reporters_desk.get(url).content.decode()
