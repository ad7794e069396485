"""A prepared query gives what the query gives, and is built once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.articles.models import Article, ArticleByline, Section
from dateline.articles.vocabulary import Form
from dateline.plumbing.models import Delivery, Event
from dateline.plumbing.prepared import LONGEST, Prepared, fill_relation
from tests.publishing.factories import a_draft, a_section

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = [f"event-{n}" for n in range(70)]


def some_events():
    Event.objects.bulk_create(
        Event(name=name, payload={"n": n}, recorded_at=NOON + timedelta(minutes=n))
        for n, name in enumerate(NAMES)
    )


class Counted:
    """A query that counts how often it is built."""

    def __init__(self, build):
        self.build, self.times = build, 0

    def __call__(self, *shape, **places):
        self.times += 1
        return self.build(*shape, **places)


def test_each_value_gets_its_own_rows_and_the_query_is_built_once():
    some_events()
    build = Counted(
        lambda *, name, since: Event.objects.filter(name=name, recorded_at__gte=since)
    )
    asked = Prepared(build)
    assert [row.payload for row in asked(name="event-3", since=NOON)] == [{"n": 3}]
    assert [row.payload for row in asked(name="event-4", since=NOON)] == [{"n": 4}]
    assert asked(name="event-3", since=NOON + timedelta(hours=1)) == []
    assert build.times == 1


def test_rows_bring_what_was_selected_with_them(django_assert_num_queries):
    event = Event.objects.create(name="told", payload={}, recorded_at=NOON)
    Delivery.objects.create(event=event, handler="tell", due_at=NOON)
    asked = Prepared(
        lambda *, event: Delivery.objects.select_related("event").filter(event_id=event)
    )
    for _ in range(2):
        with django_assert_num_queries(1):
            assert asked(event=event.pk)[0].event.name == "told"


def test_what_is_read_beforehand_is_read_for_each_answer(django_assert_num_queries):
    first, second = (
        Event.objects.create(name=n, payload={}, recorded_at=NOON) for n in "ab"
    )
    Delivery.objects.create(event=second, handler="tell", due_at=NOON)
    asked = Prepared(
        lambda *, name: Event.objects.filter(name=name).prefetch_related("deliveries")
    )
    assert list(asked(name="a")[0].deliveries.all()) == []
    with django_assert_num_queries(2):
        (again,) = asked(name="b")
        assert [row.handler for row in again.deliveries.all()] == ["tell"]
    assert first.pk != again.pk


def test_a_shape_is_compiled_by_itself():
    some_events()
    asked = Prepared(
        lambda limit, column, *, since: (
            Event.objects.filter(recorded_at__gte=since)
            .order_by(column)
            .values_list("name", flat=True)[:limit]
        )
    )
    assert asked(2, "recorded_at", since=NOON) == ["event-0", "event-1"]
    assert asked(1, "-recorded_at", since=NOON) == [NAMES[-1]]
    assert asked(2, "recorded_at", since=NOON + timedelta(minutes=5)) == [
        "event-5",
        "event-6",
    ]


@given(st.lists(st.sampled_from([*NAMES, "nobody's"]), max_size=75))
@settings(max_examples=30, deadline=None)
def test_a_list_of_any_length_gives_what_the_query_gives(names):
    if not Event.objects.exists():
        some_events()
    plain = Event.objects.filter(name__in=names).values_list("name", flat=True)
    assert ASKED_BY_NAMES(names=names) == list(plain.order_by("pk"))


ASKED_BY_NAMES = Prepared(
    lambda *, names: (
        Event.objects.filter(name__in=names)
        .order_by("pk")
        .values_list("name", flat=True)
    )
)


def test_lists_of_many_lengths_share_a_few_statements():
    some_events()
    build = Counted(lambda *, names: Event.objects.filter(name__in=names))
    asked = Prepared(build)
    for length in range(1, 65):
        assert len(asked(names=NAMES[:length])) == length
    assert build.times == 7


def test_a_list_longer_than_any_statement_is_asked_all_the_same():
    some_events()
    asked = Prepared(lambda *, names: Event.objects.filter(name__in=names))
    names = [*NAMES, *(f"nobody's-{n}" for n in range(LONGEST))]
    assert len(asked(names=names)) == len(NAMES)


def test_none_is_asked_for_as_null():
    event = Event.objects.create(name="told", payload={}, recorded_at=NOON)
    open_one = Delivery.objects.create(event=event, handler="a", due_at=NOON)
    done = Delivery.objects.create(event=event, handler="b", due_at=NOON, done_at=NOON)
    asked = Prepared(lambda *, done_at: Delivery.objects.filter(done_at=done_at))
    assert asked(done_at=None) == [open_one]
    assert asked(done_at=NOON) == [done]
    assert asked(done_at=None) == [open_one]


def test_values_of_every_kind_are_bound_as_their_columns_keep_them():
    article = a_draft()
    asked = Prepared(
        lambda *, uid, form, section, live: Article.objects.filter(
            uid=uid, form=form, section_id=section, live=live
        ).exclude(pk=0)
    )
    told = {"form": Form.ARTICLE, "section": article.section_id, "live": False}
    assert asked(uid=article.uid, **told) == [article]
    assert asked(uid=UUID(int=1), **told) == []


def test_a_subquery_takes_places_too():
    section = a_section("tides")
    a_draft(section=section)
    asked = Prepared(
        lambda *, form, slug: Section.objects.filter(
            pk__in=Article.objects.filter(form=form).values("section_id"), slug=slug
        )
    )
    assert asked(form="article", slug="tides") == [section]
    assert asked(form="standing", slug="tides") == []


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection():
    some_events()
    ours = connection.connection
    assert ASKED_BY_NAMES(names=["event-1"]) == ["event-1"]

    def ask(number):
        try:
            found = ASKED_BY_NAMES(names=[f"event-{number}"])
            return found, connection.connection is ours
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(ask, range(20)))
    assert told == [([f"event-{n}"], False) for n in range(20)]


def test_a_relation_that_was_filled_asks_nothing(django_assert_num_queries):
    article = a_draft()
    rows = list(ArticleByline.objects.filter(article=article))
    fresh = Article.objects.get(pk=article.pk)
    fill_relation(fresh, "bylines", rows)
    with django_assert_num_queries(0):
        assert list(fresh.bylines.all()) == rows
