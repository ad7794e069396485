"""I6: text too near an unlicensed wire item. For each case, what the gate tells."""

import pytest
from django.db import connection

from dateline.articles.models import Article
from dateline.publishing import actions, rules
from dateline.publishing.gating import gate_facts
from dateline.publishing.models import Publication
from dateline.publishing.snapshots import snapshot
from dateline.sources.actions.signing import MOST_ALIKE, sign_item, sign_unsigned
from dateline.sources.likeness import SCHEME, shingles, signature, words_of
from dateline.sources.models import WireItem, WireSignature
from dateline.sources.near_items import items_near
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import an_editor, paragraphs, redraft
from tests.publishing.near_cases import AR, CASES, ITEM, OTHER, OWN, ZH
from tests.publishing.sourced import a_policy, a_source, a_sourced_draft, an_item

pytestmark = pytest.mark.django_db
CODE = "near-wire-item"


@pytest.fixture
def wire() -> WireItem:
    """What came over the wire; the article cites none of it."""
    item = an_item(*ITEM)
    others = {"New trains": OTHER, "码头": ZH, "الميناء": AR}
    rows = [(an_item(*told), headline) for headline, told in others.items()]
    for row, headline in rows:
        WireItem.objects.filter(pk=row.pk).update(headline=headline)
    assert sign_unsigned(limit=100) == 4
    return item


def near(draft) -> rules.Refusal | None:
    facts = gate_facts(draft, snapshot(draft), by=an_editor())
    return next((r for r in rules.refuse_at_gate(facts) if r.code == CODE), None)


def test_each_case_names_the_items_that_it_is_too_near_to(wire):
    a_policy(near="refuse", quotation="off", single_source="off")
    for name, (sentences, items) in CASES.items():
        code = "zh-CN" if "Chinese" in name else "ar" if "Arabic" in name else "en"
        found = near(a_sourced_draft(*sentences, language=code, headline=name))
        told = " ".join(f.says for f in found.findings) if found else ""
        named = {
            i for i in ("Berths closed", "New trains", "码头", "الميناء") if i in told
        }
        assert named == items, (name, told)


def test_a_licence_lets_it_pass_and_an_override_holds_for_what_was_copied(wire):
    a_policy(near="refuse", quotation="off", single_source="off")
    draft = a_sourced_draft(*ITEM)
    refusal = near(draft)
    assert refusal.findings[0].says.startswith("89 %")
    says = refusal.findings[0].says.translate({0x2068: "", 0x2069: ""})
    assert "of this text stands in “Berths closed” by The Agency" in says

    actions.override_gate(draft, by=an_editor(), reason="The agency gave its leave.")
    assert near(draft) is None
    more = redraft(draft, body=[*draft.body.raw_data, *paragraphs(*OTHER)])
    assert "New trains" in near(more).findings[0].says

    wire.source.reuse, wire.source.reuse_terms = "licensed", "Contract of 2026"
    wire.source.save()
    assert near(Article.objects.get(pk=draft.pk)) is None


def test_what_the_article_cites_is_compared_though_it_was_never_signed():
    a_policy(near="refuse", quotation="off", single_source="off")
    assert near(a_sourced_draft(*ITEM, item=an_item(*ITEM))) is not None


def test_what_readers_have_is_not_asked_again(wire):
    a_policy(near="warn", single_source="off")
    draft = a_sourced_draft(*ITEM)
    actions.publish_article(draft, by=an_editor())
    a_policy(near="refuse", single_source="off")
    longer = redraft(draft, body=[*draft.body.raw_data, *paragraphs(OWN[0])])
    assert near(longer) is None
    longer = redraft(longer, body=[*longer.body.raw_data, *paragraphs(*OTHER)])
    assert near(longer) is not None


def test_the_desk_refuses_it_with_the_ways_to_item_and_licence(wire):
    a_policy(near="refuse", unsourced="off", quotation="off", single_source="off")
    draft = a_sourced_draft(*ITEM)

    answer = signed_in(an_editor()).post(f"/desk/articles/{draft.pk}/publish/", {})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="/desk/wire/{wire.pk}/"' in page
    assert f'href="/desk/sources/{wire.source_id}/"' in page
    assert not Publication.objects.exists()


class TestTheIndex:
    def test_a_signature_is_the_same_on_every_machine(self):
        """If this fails, `SCHEME` is raised, and the table emptied by a migration."""
        assert SCHEME == 201
        assert signature(shingles(words_of(ITEM[0])))[:3] == [
            1672210401,
            5874666762,
            10056934078,
        ]

    def test_a_number_that_many_items_have_is_kept_of_a_few(self):
        for _ in range(MOST_ALIKE + 3):
            sign_item(an_item(ITEM[0]))
        values = WireSignature.objects.values_list("value", flat=True)
        assert all(values.filter(value=v).count() == MOST_ALIKE for v in set(values))
        assert items_near(words_of(ITEM[0]))

    def test_it_is_asked_by_its_index_alone(self, django_assert_num_queries):
        sign_item(an_item(*ITEM))
        asked = WireSignature.objects.filter(value__in=[1, 2, 3])
        if connection.vendor == "postgresql":
            # A table of one item is quicker read whole; a large one is not.
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        plan = asked.values_list("value", "item").explain()
        assert "INDEX" in plan.upper()
        if connection.vendor == "sqlite":
            assert "SEARCH sources_wiresignature USING COVERING INDEX" in plan
        with django_assert_num_queries(1):
            items_near(words_of(" ".join(ITEM * 3)))


def test_one_source_is_licensed_only_by_what():
    source = a_source("Wire")
    source.reuse = "licensed"
    with pytest.raises(Exception, match="licensed_source_says_by_what"):
        source.save()
