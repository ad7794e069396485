"""Topics in the database, as the desk's chooser finds them."""

import pytest

from dateline.articles import mediatopics
from dateline.articles.mediatopics_sync import sync_topics
from dateline.articles.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_topics():
    Topic.objects.all().delete()


def test_every_topic_arrives_with_its_place(
    no_topics, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(13):
        assert sync_topics() == 1387
    weather = Topic.objects.get(code="medtop:17000000")
    assert weather.parent is None
    assert weather.names["zh-CN"] == "天气"
    assert weather.narrower.filter(is_retired=False).exists()
    assert Topic.objects.filter(is_retired=True).count() == 302


def test_a_second_time_nothing_is_written(no_topics, django_assert_num_queries) -> None:
    sync_topics()
    with django_assert_num_queries(1):
        assert sync_topics() == 0


def test_only_what_differs_is_changed(no_topics) -> None:
    # A row that the newsroom had before keeps its key, and articles keep their topic.
    kept = Topic.objects.create(code="medtop:20000002", names={"en": "fun"})
    own = Topic.objects.create(code="medtop:99999999", names={"en": "our own"})
    sync_topics()
    kept.refresh_from_db()
    assert kept.names["en"] == "arts and entertainment"
    assert kept.parent.code == "medtop:01000000"
    assert kept.narrower.exists()

    Topic.objects.filter(code="medtop:17000000").update(is_retired=True)
    assert sync_topics() == 1
    assert not Topic.objects.get(code="medtop:17000000").is_retired
    own.refresh_from_db()
    assert Topic.objects.count() == len(mediatopics.load()) + 1


def test_a_number_that_another_row_has_is_no_obstacle(no_topics) -> None:
    own = Topic.objects.create(pk=20000003, code="medtop:99999999", names={"en": "own"})
    assert sync_topics() == 1387
    own.refresh_from_db()
    assert own.names == {"en": "own"}
    animation = Topic.objects.get(code="medtop:20000003")
    assert animation.names["en"] == "animation"
    assert animation.narrower.count() == sum(
        topic.parent == animation.code for topic in mediatopics.load()
    )
