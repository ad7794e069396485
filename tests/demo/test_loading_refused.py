"""The demonstration paper stays out where it does not belong, whole or not at all."""

import pytest

from dateline.articles.models import Article
from dateline.demo.actions import NewsroomNotEmpty, load_demonstration
from dateline.sources.models import Source

SMALL = 120

pytestmark = pytest.mark.django_db


def test_a_newsroom_with_articles_of_its_own_is_left_alone():
    Article.objects.create(language="en", headline="Ours", body=[])
    with pytest.raises(NewsroomNotEmpty, match="of its own"):
        load_demonstration(picture_width=SMALL)
    assert not Source.objects.exists()
