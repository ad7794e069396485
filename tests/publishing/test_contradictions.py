"""Sources that differ on one claim: found, put side by side, settled."""

import re

import pytest

from dateline.articles.models import Article, Attribution, Contradiction
from dateline.articles.vocabulary import Settled
from dateline.editions.actions import link_translation
from dateline.publishing import actions
from dateline.publishing.actions.differ import ContradictionRefused
from dateline.publishing.claims import differ, read_claim
from dateline.publishing.gating import gate_facts
from dateline.publishing.rules import ActRefused, warn_at_gate
from dateline.publishing.snapshots import snapshot
from tests.publishing.factories import a_draft, an_editor, redraft
from tests.publishing.sourced import a_policy, a_source, a_sourced_draft

DEAD, COUNTED = "Twelve people died, the region said.", "Nine were killed, it counted."
QUESTION = "How many died?"

ALIKE = [
    ("en", DEAD, COUNTED),
    ("en", "The fire killed 12, the region said.", "The hospital counted 9 deaths."),
    ("en", "The board closed 2 berths.", "The union says that five berths closed."),
    ("en", "Some 3,000 people marched.", "They say that 12,000 people marched."),
    ("en", "The bridge will cost 4 million.", "The cost of the bridge is 5 million."),
    ("uk", "Загинули 12 людей, каже влада.", "У лікарні кажуть про 9 загиблих."),
    ("ar", "قُتل ١٢ شخصا، بحسب الإدارة.", "وقال المستشفى إن 9 أشخاص لقوا مصرعهم."),
    ("ar", "تنتظر ١٢ سفينة أمام الميناء.", "تنتظر 9 سفن، بحسب النقابة."),
    ("zh-CN", "官方称火灾造成12人死亡。", "医院表示有9人遇难。"),
    ("zh-CN", "约1.2万人参加游行。", "主办方称3万人参加游行。"),
    ("es", "Doce personas murieron.", "El hospital habla de 9 muertos."),
    ("fr", "Douze personnes sont mortes.", "L’hôpital compte 9 morts."),
    ("hi", "आग में 12 लोगों की मौत हुई।", "अस्पताल के अनुसार ९ लोग मारे गए।"),
]
OTHER_THINGS = [
    ("en", DEAD, "Nine people were injured, the hospital said."),
    ("en", DEAD, "Twelve were killed, the hospital said."),
    ("en", "In 2024 it earned 3 million crowns.", "In 2025 the harbor closed."),
    ("en", "He is 45 years old.", "The harbor is 120 years old."),
    ("en", "The board meets on 12 November.", "The council meets on 9 November."),
    ("en", "Two of five berths closed.", "Five berths work, two of them closed."),
    ("en", "The ferry leaves at 10:30.", "The ferry leaves at 11:45."),
    ("en", "Berth 5 is closed.", "Berth 4 is closed."),
    ("en", "12 ships wait outside.", "9 ships sank last year."),
    ("en", "The 12th annual fair begins.", "The 9th annual fair ended."),
    ("en", "Prices rose 3 percent.", "Wages fell 2 percent."),
    (
        "en",
        "The stone is 5.30 metres high.",
        "The sea rose over stones at 5.44 metres.",
    ),
    ("en", "It was shut for 41 hours.", "The wind came eleven hours late."),
    ("zh-CN", "港口关闭了41小时。", "此前的纪录是36小时。"),
    ("zh-CN", "14时20分港口才重新开放。", "5时港口的职员轮流守着。"),
    ("uk", "Загинули 12 людей.", "Поранено 9 людей."),
    ("ar", "قتل 12 شخصا.", "أصيب 9 أشخاص."),
    ("zh-CN", "12人死亡。", "9人受伤。"),
]


@pytest.mark.parametrize(("code", "one", "other"), ALIKE)
def test_two_numbers_of_one_thing_are_found(code, one, other):
    assert differ(read_claim(one, code), read_claim(other, code))


@pytest.mark.parametrize(("code", "one", "other"), OTHER_THINGS)
def test_two_numbers_of_two_things_are_left_alone(code, one, other):
    assert differ(read_claim(one, code), read_claim(other, code)) is None


def a_differing_draft() -> Article:
    draft = a_sourced_draft(DEAD, COUNTED)
    row = Attribution.objects.filter(article=draft).latest("pk")
    row.source = a_source("The hospital", kind="organisation")
    row.save()
    return draft


def handles(draft: Article) -> list[str]:
    rows = Attribution.objects.filter(article=draft).order_by("pk")
    return list(rows.values_list("span", flat=True))[-2:]


def settled(draft: Article, *says: str, **told) -> Contradiction:
    answers = dict(zip(handles(draft), says or ("Twelve", ""), strict=False))
    told = {"by": an_editor(), "question": QUESTION} | told
    return actions.settle_contradiction(draft, answers, **told)


def warned(draft: Article) -> list:
    fresh = Article.objects.get(pk=draft.pk)
    found = warn_at_gate(gate_facts(fresh, snapshot(fresh)))
    return [f for r in found if r.code == "sources-differ" for f in r.findings]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told",
    [
        {},
        {"state": Settled.RESOLVED, "reason": "The hospital counts its own."},
        {"state": Settled.DISMISSED, "reason": "Two fires.", "question": ""},
    ],
)
def test_the_gate_names_a_pair_until_somebody_settles_it(told):
    draft = a_differing_draft()
    (finding,) = warned(draft)
    assert finding.text == COUNTED
    assert "says Twelve" in finding.says
    a_policy(contradictions="refuse")
    with pytest.raises(ActRefused) as refusal:
        actions.publish_article(draft, by=an_editor())
    assert refusal.value.codes == {"sources-differ"}
    settled(draft, **told)
    content = actions.publish_article(draft, by=an_editor()).version.content
    told_readers = content.get("contradictions", [])
    assert len(told_readers) == (told.get("state") != Settled.DISMISSED)


@pytest.mark.django_db
def test_a_side_that_says_something_else_now_is_none():
    draft = a_differing_draft()
    settled(draft)
    raw = redraft(draft).body.raw_data
    html = raw[0]["value"].replace("Nine", "Ten")
    redraft(draft, body=[{**raw[0], "value": html}])
    assert len(warned(draft)) == 1
    assert "contradictions" not in snapshot(Article.objects.get(pk=draft.pk))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("says", "told", "refused"),
    [
        (("Twelve", "Eight"), {}, "is not what"),
        (("Twelve", "Nine"), {"question": " "}, "Ask what"),
        (("Twelve", "Nine"), {"state": Settled.RESOLVED}, "Say why"),
        (("Twelve",), {}, "Choose two"),
    ],
)
def test_what_settles_nothing_is_refused(says, told, refused):
    draft = a_differing_draft()
    with pytest.raises(ContradictionRefused, match=refused):
        settled(draft, *says, **told)
    Attribution.objects.filter(article=draft).update(source=a_source())
    with pytest.raises(ContradictionRefused, match="one source"):
        settled(draft)


@pytest.mark.django_db
def test_a_redaction_cuts_what_was_said_of_it():
    draft = a_differing_draft()
    settled(draft, question="How many died at Mill Lane?")
    publication = actions.publish_article(draft, by=an_editor())
    actions.redact(
        draft, by=an_editor(), passages=["Mill Lane", "region"], reason="A court order."
    )
    publication.version.refresh_from_db()
    (told,) = publication.version.content["contradictions"]
    assert told["question"] == "How many died at […]?"
    assert Contradiction.objects.get().question == told["question"]
    assert "contradictions" in snapshot(Article.objects.get(pk=draft.pk))


@pytest.mark.django_db
def test_readers_and_machines_find_both_sides_beside_the_text(client):
    draft = a_differing_draft()
    actions.publish_article(draft, by=an_editor())
    reason = "The hospital counts its own <dead>."
    settled(draft, state=Settled.RESOLVED, reason=reason)
    with pytest.raises(ActRefused, match="contradictions"):
        actions.amend_article(draft, by=an_editor())
    publication = actions.correct_article(draft, by=an_editor(), text="Nine, not ten.")
    page = client.get(publication.path).content.decode()
    text, _, after = page.partition('class="said-text differ"')
    assert COUNTED in text
    told = " ".join(after.split())
    assert '<h2 id="differ-1">How many died?</h2>' in told
    assert re.search(r"<dt>Twelve</dt> <dd>Claimed by <a[^>]+>Ina Brook</a></dd>", told)
    assert re.search(r"<dt>Nine</dt> <dd>Claimed by <a[^>]+>The hospital</a>", told)
    assert "editor resolved it: The hospital counts its own &lt;dead&gt;." in told
    assert 'On 1 question the sources differ: <a href="#differ-1">' in told
    assert '"@type":"Question","name":"How many died?"' in page
    ninjs = client.get(f"{publication.path}ninjs.json").json()
    feed = client.get("/en/feed.json").json()["items"][0]["content_html"]
    for html in (ninjs["bodies"][0]["value"], feed):
        assert "<li>Nine – Claimed by The hospital</li>" in html
    between = client.get(f"{publication.path}versions/1-2/").content.decode()
    assert "Sources differ" in between
    assert client.get(f"{publication.path}versions/2/").status_code == 200


@pytest.mark.django_db
def test_a_translation_shows_what_its_original_shows_and_no_less():
    draft = a_differing_draft()
    row = settled(draft)
    texts = ("Die Feuerwehr fand zwölf.", "Das Spital zählte neun.")
    spans = zip(handles(draft), texts, strict=True)
    html = " ".join(f'<span data-span="{s}">{text}</span>' for s, text in spans)
    body = [{"type": "paragraph", "value": f"<p>{html}</p>"}]
    other = a_draft(language="de", body=body)
    link_translation(draft, other)
    (finding,) = warned(other)
    assert finding.text == texts[1]
    answers = dict(zip(handles(draft), ("zwölf", "neun"), strict=True))
    told = {"by": an_editor(), "question": "Wie viele?"}
    there = actions.settle_contradiction(other, answers, **told)
    assert warned(other) == []
    actions.drop_contradiction(there)
    settled(draft, known=row, state=Settled.DISMISSED, reason="Two fires.")
    assert warned(other) == []
