"""I7: a named person beside words of crime: what passes, is told, is missed."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from bench.accusations import HALVES, LABELLED, score
from dateline.articles.models import Article
from dateline.plumbing import clock
from dateline.publishing import actions, rules
from dateline.publishing.actions.accuse import (
    AccusationRefused,
    Asked,
    answer_accusations,
    second_accusations,
)
from dateline.publishing.gating import gate_facts
from dateline.publishing.models import Accusation, LogEntry, Publication
from dateline.publishing.snapshots import snapshot
from dateline.sources.models import Picture
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import a_draft, a_reporter, an_editor, redraft
from tests.publishing.sourced import a_policy, a_source, a_sourced_draft
from tests.sources.picture_files import jpeg

OPEN, UNASKED = "accusation-open", "accusation-unasked"
SAID = "Gerrit Vos stole four million crowns, the audit says."


@pytest.mark.parametrize(("half", "least"), [(HALVES[0], 0.95), (HALVES[1], 0.90)])
def test_of_210_labelled_sentences_so_many_are_found(half, least):
    counts = [score(path.stem, half) for path in sorted(LABELLED.glob("*.txt"))]
    found, accusing, left, others = (
        sum(column) for column in zip(*counts, strict=True)
    )
    assert len(counts) == 7
    assert found >= least * accusing
    assert left >= least * others


def found(*sentences: str, code: str = "en", **values) -> list[str]:
    draft = a_sourced_draft(*sentences, language=code, **values)
    facts = gate_facts(draft, snapshot(draft))
    return [f"{one.person}: {one.text}" for one in facts.accusing.found]


NAMED = "Gerrit Vos keeps the books."
TEXTS = {
    "honest: a person, and no crime": (["Gerrit Vos opened the basin."], 0),
    "honest: a crime, and nobody": (["Police look for the thieves."], 0),
    "a person beside a word of crime": ([SAID], 1),
    "cheat: a pronoun in the next sentence": ([NAMED, "He stole the money."], 1),
    "cheat: the last name alone": ([NAMED, "The money was stolen by Vos."], 1),
    "cheat: the office alone": (
        ["The fund is closed, said Mayor Ina Brook.", "The mayor took bribes."], 1,
    ),
    "cheat: who speaks is described by the crime": (
        [
            "“It is shut,” said Ina Brook, who was arrested for fraud in 2019.",
            "Gerrit Vos, accused of theft, said the basin was shut.",
        ],
        2,
    ),
    "honest: who speaks of a crime is described by an office": (
        ["“He was robbed,” said Ina Brook, who leads the inquiry, on Friday."], 0,
    ),
    "cheat: letters that look the same, or are not seen": (
        ["Gerrit Vos stоle it.", "Gerrit Vos commit\u200bted fr\u200baud."], 2,
    ),
    "missed: no word of the list": (["Gerrit Vos has two sets of books."], 0),
}  # fmt: skip


@pytest.mark.django_db
def test_what_is_found_in_a_text():
    for name, (sentences, count) in TEXTS.items():
        assert len(found(*sentences, headline="A fund is closed")) == count, name
    a_source("कविराज सेठना")  # known to the ledger, and to no list
    assert found("कविराज सेठना ने चोरी की।", code="hi", headline="कोष बंद")


NOW = clock.now()
ASKED = {
    "accuses": True, "has_second": True, "asked_of": "Vos", "asked_how": "By mail",
    "asked_at": NOW - timedelta(hours=9), "answer_by_at": NOW - timedelta(hours=1),
}  # fmt: skip
REPLIES = {
    "nobody was asked": ({**ASKED}, "no reply was asked for"),
    "answered": ({**ASKED, "reply": "answered", "answer": "He denies it."}, ""),
    "declined": ({**ASKED, "reply": "declined"}, ""),
    "on record": ({**ASKED, "reply": "on_record", "answer": "Court, 3 May"}, ""),
    "silent, the time over": ({**ASKED, "reply": "silent"}, ""),
    "accuses nobody": ({"accuses": False, "has_second": True}, ""),
    "cheat: answered, without a word": ({**ASKED, "reply": "answered"}, "answered"),
    "cheat: on record, nowhere": ({**ASKED, "reply": "on_record"}, "and where"),
    "cheat: silent since a minute": (
        {**ASKED, "reply": "silent", "answer_by_at": NOW + timedelta(minutes=1)},
        "not over",
    ),
    "cheat: an hour to answer": (
        {**ASKED, "reply": "silent", "asked_at": NOW - timedelta(hours=2)},
        "less than 4 hours",
    ),
    "cheat: nobody in particular was asked": (
        {**ASKED, "reply": "declined", "asked_of": ""}, "who was asked",
    ),
    "cheat: the writer alone": (
        {**ASKED, "reply": "declined", "has_second": False}, "no second editor",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REPLIES)
def test_what_a_reply_must_be(name):
    told, says = REPLIES[name]
    fact = rules.AccusationFact("w", "b", SAID, "Gerrit Vos", "stole",
                                rules.AnswerFact(**told))  # fmt: skip
    facts = rules.AccusingFact(article=1, found=(fact,), now=NOW)
    findings = list(rules.accusation_findings(facts, 4))
    assert bool(findings) is bool(says)
    assert says in "".join(finding.says for finding in findings)


def refused(draft: Article, by=None) -> dict[str, list[str]]:
    facts = gate_facts(Article.objects.get(pk=draft.pk), snapshot(draft), by=by)
    told = rules.refuse_at_gate(facts)
    return {r.code: [f.says for f in r.findings] for r in told}


@pytest.mark.django_db
class TestAtTheGate:
    def test_an_answer_holds_for_its_words_and_the_second_editor_wrote_none(self):
        a_policy(accusation="refuse", single_source="off")
        draft = a_sourced_draft(SAID)
        writer, other = a_reporter(), an_editor("second")
        (fact,) = gate_facts(draft, snapshot(draft)).accusing.found
        assert "no second editor, no reply" in refused(draft)[OPEN][0]
        assert "no second editor" not in refused(draft, other)[OPEN][0]

        told = Asked("declined", "Gerrit Vos", "By mail", NOW - timedelta(hours=5))
        answer_accusations(draft, [fact.words], by=writer, accuses=True, asked=told)
        for who in (writer, an_editor()):
            redraft(draft, by=an_editor())
            with pytest.raises(AccusationRefused):
                second_accusations(draft, [fact.words], by=who)
        second_accusations(draft, [fact.words], by=other)
        assert refused(draft) == {}

        body = draft.body.raw_data[0]["value"].replace("four", "nine")
        changed = redraft(draft, body=[{"type": "paragraph", "value": body}])
        assert OPEN in refused(changed)

    def test_a_picture_beside_it_says_who_is_shown_and_who_says_so(self):
        a_policy(accusation="refuse", single_source="off")
        picture = Picture.objects.create(
            title="A man", credit="C", rights="R", alt_text="A man by a door",
            file=ContentFile(jpeg(), "a.jpg"),
        )  # fmt: skip
        draft = a_sourced_draft(SAID, lead_picture=picture, lead_caption="The door.")
        (fact,) = gate_facts(draft, snapshot(draft)).accusing.found
        told = Asked("on_record", answer="District court, 3 May")
        answer_accusations(
            draft, [fact.words], by=a_reporter(), accuses=True, asked=told
        )
        by = an_editor("second")
        assert "who can be recognized" in refused(draft, by)[OPEN][0]
        Picture.objects.update(people="identified")
        assert "who identified" in refused(draft, by)[OPEN][0]
        Picture.objects.update(identified_by="The photographer, by his passport")
        assert OPEN not in refused(draft, by)

    def test_the_log_keeps_how_many_were_found_and_said_to_accuse_nobody(self):
        draft = a_sourced_draft(SAID, "Police arrested Milo Hart for theft.")
        first, _ = gate_facts(draft, snapshot(draft)).accusing.found
        answer_accusations(draft, [first.words], by=a_reporter(), accuses=False)
        actions.publish_article(draft, by=an_editor())
        gate = LogEntry.objects.get().payload["gate"]
        assert gate["accusations"] == {"found": 2, "not_accusing": 1}
        assert gate["warned"][OPEN] == 1

    def test_a_redaction_leaves_nothing_of_it_in_what_was_answered(self):
        other = "Police arrested Milo Hart for theft."
        draft = a_sourced_draft(SAID, other)
        first, second = gate_facts(draft, snapshot(draft)).accusing.found
        told = Asked("answered", "Gerrit Vos", "By mail", NOW, answer="Vos denies it.")
        words = [first.words, second.words]
        answer_accusations(draft, words, by=a_reporter(), accuses=True, asked=told)
        actions.publish_article(draft, by=an_editor())

        actions.redact(
            draft, by=an_editor(), passages=["Vos"], reason="A court forbade the name."
        )
        (row,) = Accusation.objects.all()
        assert row.words == second.words
        assert "Vos" not in row.asked_of + row.answer

    def test_at_the_desk_it_is_refused_answered_seconded_and_published(self):
        a_policy(accusation="refuse", unsourced="off", single_source="off")
        draft = a_sourced_draft(SAID)
        desk, second = signed_in(an_editor()), signed_in(an_editor("second"))
        redraft(draft, by=an_editor())
        url, act = (
            f"/desk/articles/{draft.pk}/{w}/" for w in ("accusations", "publish")
        )

        page = desk.post(act, {})
        assert page.status_code == 422
        assert f'href="{url}"' in page.content.decode()
        (fact,) = gate_facts(draft, snapshot(draft)).accusing.found
        assert SAID in desk.get(url).content.decode()
        told = {"words": fact.words, "accuses": "yes", "reply": "answered",
                "asked_of": "Gerrit Vos", "asked_how": "By mail",
                "asked_at": "2026-11-01T09:00", "answer": "He denies it."}  # fmt: skip
        assert desk.post(url, told).status_code == 302
        assert desk.post(act, {}).status_code == 422
        assert desk.post(url, {"words": fact.words, "second": "yes"}).status_code == 422
        second.post(url, {"words": fact.words, "second": "yes"})
        assert Accusation.objects.get().seconded_by.username == "second"
        assert desk.post(act, {}).status_code == 302
        assert Publication.objects.get().is_public

    def test_in_a_language_without_a_list_the_editor_answers_each_text(self):
        a_policy(accusation="refuse", unsourced="off", accusation_unasked="refuse")
        draft = a_draft(language="sw", headline="Bandari imefungwa")
        desk, act = signed_in(an_editor()), f"/desk/articles/{draft.pk}/publish/"
        assert set(refused(draft)) == {UNASKED}
        assert 'name="accuses"' in desk.get(act).content.decode()
        assert desk.post(act, {}).status_code == 422
        answer = desk.post(act, {"accuses": "yes"})
        assert "A named person stands beside words of crime." in answer.content.decode()
        assert not Accusation.objects.exists()
        assert desk.post(act, {"accuses": "no"}).status_code == 302
        assert Publication.objects.get().is_public
        assert Accusation.objects.get().answered_by == an_editor()
        assert UNASKED in refused(redraft(draft, lede="Mwenyekiti aliiba."))
