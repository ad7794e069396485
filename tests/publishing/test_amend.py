"""An amendment may touch spelling and style; facts it may not."""

import pytest

from dateline.articles.models import Article, Attribution
from dateline.articles.spans import wrap
from dateline.plumbing import clock
from dateline.publishing import actions
from dateline.publishing.amending import changed_facts
from dateline.publishing.models import Correction
from dateline.publishing.rules import ActRefused
from dateline.sources.models import Source
from tests.publishing.factories import (
    a_draft,
    a_reporter,
    an_editor,
    paragraphs,
    redraft,
)


def content(text: str, **values) -> dict:
    empty = {
        "headline": "Berths close",
        "lede": "The board fears for the quay.",
        "body": [{"id": "1", "type": "paragraph", "value": f"<p>{text}</p>"}],
        "language": "en",
        "attributions": {},
        "topics": [],
        "byline": [],
    }
    for key in ("form", "purpose", "genre", "section", "story", "place", "dateline",
                "byline_note", "picture"):  # fmt: skip
        empty[key] = None
    return empty | values


ENGLISH = "The board closed two berths on Monday, said Ina Brook. “We must,” she said."


@pytest.mark.parametrize(
    "after",
    [
        "The board closed two berths on Monday , said Ina Brook. “We must,” she said.",
        "The board shut two berths on Monday, said Ina Brook. “We must,” she said.",
        "On Monday the board closed two berths, said Ina Brook. “We must,” she said.",
    ],
)
def test_spelling_and_style_pass(after):
    assert changed_facts(content(ENGLISH), content(after)) == []


@pytest.mark.parametrize(
    ("after", "fact"),
    [
        (ENGLISH.replace("Ina Brook", "Ida Brook"), "name"),
        (ENGLISH.replace("Ina Brook", "ina Brook"), "name"),
        (ENGLISH.replace("two", "three"), "words"),
        (ENGLISH.replace("Monday", "Sunday"), "words"),
        (ENGLISH.replace("closed", "never closed"), "words"),
        (ENGLISH.replace("We must", "We may"), "quotation"),
        (ENGLISH + " It cost 4 million.", "number"),
        (ENGLISH.replace("“We must,” she said.", "We must, she said."), "quotation"),
    ],
)
def test_a_changed_fact_is_found(after, fact):
    found = changed_facts(content(ENGLISH), content(after))
    assert any(fact in name for name in found)


@pytest.mark.parametrize(
    ("tag", "before", "after", "passes"),
    [
        ("uk", "Порт закрив два причали.", "Порт зачинив два причали.", True),
        ("uk", "Порт закрив два причали.", "Порт закрив три причали.", False),
        ("uk", "Так сказала Іна Брук.", "Так сказала Інна Брук.", False),
        (
            "ar",
            "أغلق المجلس رصيفين يوم الاثنين.",
            "أغلق المجلسُ رصيفين، يوم الاثنين.",
            True,
        ),
        ("ar", "قالت إينا بروك للصحيفة", "قالت ليلى بروك للصحيفة", False),
        ("ar", "أغلق ٢ من الأرصفة", "أغلق ٣ من الأرصفة", False),
        ("zh-Hans", "港务局关闭了泊位", "港务局关闭了泊位。", True),
        ("zh-Hans", "主席布鲁克说", "主席布兰克说", False),
        ("hi", "बंदरगाह बंद हुआ", "बंदरगाह, बंद हुआ", True),
        ("hi", "इना ब्रुक ने कहा", "ईना ब्रूक ने कहा", False),
        ("my", "ဆိပ်ကမ်း ပိတ်", "ဆိပ်ကမ်း၊ ပိတ်", True),
        ("my", "ဆိပ်ကမ်း ပိတ်", "ဆိပ်ကမ်း ဖွင့်", False),
    ],
)
def test_every_script(tag, before, after, passes):
    assert (changed_facts(content(before), content(after), tag=tag) == []) is passes


def test_the_same_number_in_other_digits_is_the_same_number():
    assert changed_facts(content("أغلق 2 من"), content("أغلق ٢ من"), tag="ar") == []


@pytest.mark.django_db
class TestTheAct:
    def test_an_amendment_leaves_a_version_and_no_notice(self):
        draft = a_draft(body=paragraphs("The board closd a berth."))
        actions.publish_article(draft, by=an_editor())
        redraft(draft, body=_same_block(draft, "<p>The board closed a berth.</p>"))
        publication = actions.amend_article(draft, by=an_editor())
        assert publication.version.number == 2
        assert publication.version.act == "amend"
        assert not Correction.objects.exists()

    def test_a_changed_number_is_sent_to_update_or_correct(self):
        draft = a_draft(body=paragraphs("The board closed 2 berths."))
        actions.publish_article(draft, by=an_editor())
        redraft(draft, body=_same_block(draft, "<p>The board closed 3 berths.</p>"))
        with pytest.raises(ActRefused) as caught:
            actions.amend_article(draft, by=an_editor())
        assert caught.value.codes == {"facts-changed"}
        assert "number" in str(caught.value)
        assert actions.update_article(draft, by=an_editor()).version.act == "update"

    def test_the_cheapest_cheat_another_source_behind_the_same_words_is_refused(self):
        span = "abcdefghijkl"
        draft = a_draft(body=paragraphs(wrap("The board closed a berth.", span)))
        row = Attribution.objects.create(
            article=draft,
            span=span,
            source=Source.objects.create(name="Harbour board"),
            attributed_by=a_reporter(),
            attributed_at=clock.now(),
        )
        actions.publish_article(draft, by=an_editor())
        row.source = Source.objects.create(name="Someone in a bar")
        row.save()
        redraft(draft, headline=draft.headline + " ")
        with pytest.raises(ActRefused) as caught:
            actions.amend_article(draft, by=an_editor())
        assert "attributions" in str(caught.value)


def _same_block(draft: Article, html: str) -> list[dict]:
    block = Article.objects.get(pk=draft.pk).body.raw_data[0]
    return [{**block, "value": html}]
