"""Every list is one range of one index, however large the archive."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.plumbing import clock
from dateline.publishing import actions, gating, queries
from dateline.publishing.actions.passing import count_day
from dateline.publishing.models import Publication
from dateline.publishing.queries import Cursor
from dateline.publishing.vocabulary import ListKind
from tests.publishing.factories import a_draft, a_section, an_editor, redraft

pytestmark = pytest.mark.django_db
SECTIONS = 'FROM "articles_section"'
MOST_ASKED = 36
SORTS = ("TEMP B-TREE FOR ORDER BY", "Sort  (")


def plan_of(read) -> str:
    """Return how the database would run the queries of a read."""
    with CaptureQueriesContext(connection) as captured:
        read()
    plans = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of three rows is quicker read whole; a large one is not.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        for statement in (query["sql"] for query in captured.captured_queries):
            # The sections are a handful, and read whole in their order.
            is_read = "SELECT" in statement and SECTIONS not in statement
            if is_read and statement.strip().startswith(("SELECT", "INSERT")):
                cursor.execute(f"{explain} {statement}")
                plans += [str(row) for row in cursor.fetchall()]
    return "\n".join(plans)


@pytest.fixture(scope="class")
def archive(class_db):
    for number in range(4):
        draft = a_draft(slug=f"ferry-{number}", headline=f"Ferry {number} is late")
        actions.publish_article(draft, by=an_editor())
    return Cursor(clock.now(), 10**6)


@pytest.mark.usefixtures("archive")
class TestPlans:
    @pytest.mark.parametrize(
        ("index", "read"),
        [
            (
                "listing_newest",
                lambda _: queries.newest("en", ListKind.SECTION, "harbour", limit=30),
            ),
            ("listing_newest", lambda c: queries.newest("en", limit=30, before=c)),
            (
                "listing_newest",
                lambda c: queries.newest(
                    "en", ListKind.SOURCE, "7", limit=30, before=c
                ),
            ),
            (
                "listing_newest",
                lambda c: queries.neighbor_day("en", c.published_at, earlier=True),
            ),
            (
                "listing_newest",
                lambda c: queries.neighbor_day("en", c.published_at, earlier=False),
            ),
            ("correction_newest", lambda _: queries.newest_corrections("en", limit=30)),
            ("schedule_due", lambda _: actions.publish_due()),
        ],
    )
    def test_a_read_walks_one_index_and_sorts_nothing(self, archive, index, read):
        plan = plan_of(lambda: read(archive))
        assert index in plan
        for sort in SORTS:
            assert sort not in plan

    def test_the_newest_of_each_section_are_so_many_ranges_of_one_index(self):
        sections = ["harbour", "council", "sport"]
        plan = plan_of(
            lambda: queries.newest_of_each("en", ListKind.SECTION, sections, limit=8)
        )
        assert plan.count("listing_newest") == len(sections)
        assert "SCAN publishing" not in plan
        for sort in SORTS:
            assert sort not in plan

    def test_the_newest_of_each_are_the_newest_of_every_one(self):
        a_section("council")
        keys = ["harbour", "council", "no-such"]
        found = queries.newest_of_each("en", ListKind.SECTION, keys, limit=3)
        assert list(found) == keys
        for key in keys:
            newest = queries.newest("en", ListKind.SECTION, key, limit=3)
            assert [row.pk for row in found[key]] == [row.pk for row in newest]

    def test_a_section_among_others_is_not_read_through(self):
        plan = plan_of(
            lambda: queries.newest("en", ListKind.TOPIC, "medtop:1", limit=30)
        )
        assert "SCAN publishing" not in plan
        assert "Seq Scan" not in plan

    @pytest.mark.parametrize("read", [queries.moved_to, queries.get_publication])
    def test_an_address_is_looked_up_and_not_searched_for(self, archive, read):
        plan = plan_of(lambda: read("en", archive.published_at.date(), "ferry-1"))
        for scan in ("SCAN publishing", "Seq Scan on publishing"):
            assert scan not in plan

    def test_the_days_are_read_and_not_counted(self):
        plan = plan_of(queries.days_with_articles)
        assert "publishing_publicday" in plan
        assert "publishing_publication" not in plan
        for sort in SORTS:
            assert sort not in plan

    def test_an_act_counts_its_own_day_alone(self):
        publication = Publication.objects.first()
        plan = plan_of(lambda: count_day(publication))
        # PostgreSQL may take another index of four rows, by the day all the same.
        assert "publication_day" in plan or "Index Cond: (date = " in plan
        assert "SCAN publishing" not in plan

    def test_what_went_out_in_the_last_hour_is_sought_and_not_walked(self):
        told = {"byline": [{"slug": "reporter", "name": "A Reporter"}]}
        plan = plan_of(lambda: list(gating._in_last_hour(told)))
        # PostgreSQL may take another index of four rows, by the key all the same.
        assert "SCAN publishing" not in plan
        assert "Seq Scan on publishing" not in plan
        if connection.vendor == "sqlite":
            assert "listing_newest" in plan
            assert "key=? AND published_at>?" in plan
        else:
            assert "key = 'reporter'" in plan

    def test_an_act_asks_for_what_it_needs_once(self, django_assert_max_num_queries):
        draft, editor = a_draft(slug="ferry-9", headline="Ferry 9 is late"), an_editor()
        with django_assert_max_num_queries(MOST_ASKED):
            actions.publish_article(draft, by=editor)
        revised = redraft(draft, lede="It came at noon.")
        with django_assert_max_num_queries(MOST_ASKED):
            actions.update_article(revised, by=editor)
