"""I19: whom the newsroom belongs to is told wherever an article names them."""

import pytest

from dateline.articles.models import Article
from dateline.publishing import actions, rules
from dateline.publishing.actions.disclose import NamesakeRefused, say_namesake
from dateline.publishing.gating import gate_facts
from dateline.publishing.interests import named_in
from dateline.publishing.models import Interest, LogEntry, Publication, Version
from dateline.publishing.snapshots import snapshot
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import a_reporter, an_editor, redraft
from tests.publishing.sourced import a_policy, a_sourced_draft

pytestmark = pytest.mark.django_db
CODE = "interest-hidden"
TOLD = "This paper belongs to the Norden Group."


def an_interest(**values) -> Interest:
    told = {
        "name": "Norden Group",
        "aliases": "Портова Група\nمجموعة الشمال\n北方集团\nSun",
        "disclosures": {"en": TOLD},
    }
    return Interest.objects.create(**told | values)


@pytest.fixture
def interest() -> Interest:
    a_policy(unsourced="off", single_source="off")
    return an_interest()


NAMES = {
    "The Norden Group sold it.": True,
    "NORDEN GROUP'S quay": True,
    "<b>Nor</b>den Gr<i>ou</i>p sold it.": True,
    "The Nоrden\u200b Grоup sold it.": True,
    "Причал належить Портовій Групі.": True,
    "قال ممثل لمجموعة الشمال ذلك.": True,
    "由北方集团出售。": True,
    "The Sun sold it.": True,
    "It was sold on Sunday.": False,
    "Norden sold its group of quays.": False,
    "The Nordenham Group sold it.": False,
}


def test_in_what_forms_a_name_is_found(interest):
    for text, is_named in NAMES.items():
        body = [{"id": "b", "type": "paragraph", "value": f"<p>{text}</p>"}]
        content = {"form": "article", "headline": "", "lede": "", "body": body}
        assert bool(named_in(content)) is is_named, text


def refused(draft: Article) -> dict[str, list[str]]:
    copy = Article.objects.get(pk=draft.pk)
    told = rules.refuse_at_gate(gate_facts(copy, snapshot(copy), by=an_editor()))
    return {r.code: [f.says for f in r.findings] for r in told}


def test_honest_readers_are_told_at_the_foot_in_each_place(interest, client):
    draft = a_sourced_draft("The Norden Group sold the quay.")
    public = actions.publish_article(draft, by=an_editor())

    told = Version.objects.get().content["disclosures"]
    assert told == [{"interest": interest.pk, "name": "Norden Group", "text": TOLD}]
    assert TOLD in client.get(public.path).content.decode()
    assert TOLD in client.get("/en/feed.atom").content.decode()
    gate = LogEntry.objects.get().payload["gate"]
    assert gate["interests"] == {"named": 1, "disclosed": 1}


def test_dishonest_without_a_sentence_in_its_language_it_is_refused(interest):
    draft = a_sourced_draft("Le Norden Group a vendu le quai.", language="fr")
    desk = signed_in(an_editor())
    answer = desk.post(f"/desk/articles/{draft.pk}/publish/", {})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no disclosure in this language" in page
    assert f'href="/desk/interests/edit/{interest.pk}/"' in page

    told = {"name": "Norden Group", "kind": "owner", "aliases": "", "is_declared": "on",
            "disclosures": "fr = Ce journal appartient au Norden Group."}  # fmt: skip
    assert desk.post(f"/desk/interests/edit/{interest.pk}/", told).status_code == 302
    assert desk.post(f"/desk/articles/{draft.pk}/publish/", {}).status_code == 302
    assert Publication.objects.get().is_public


def test_cheat_its_writer_alone_says_that_another_is_meant(interest):
    draft = a_sourced_draft("The Norden Group sold the quay.")
    writer, other = a_reporter(), an_editor("second")
    with pytest.raises(NamesakeRefused):
        say_namesake(draft, interest, by=other, reason="Other")
    say_namesake(draft, interest, by=writer, reason="A choir of that name.")
    assert "disclosures" not in snapshot(draft)
    assert "only its writer" in refused(draft)[CODE][0]

    url = f"/desk/articles/{draft.pk}/interests/"
    told = {"interest": interest.pk, "reason": "A choir of that name."}
    assert signed_in(other).post(url, told).status_code == 302
    assert refused(draft) == {}

    body = f"{draft.body.raw_data[0]['value']}<p>The Norden Group owns us.</p>"
    longer = redraft(draft, body=[{"type": "paragraph", "value": body}])
    assert "disclosures" in snapshot(longer)


def test_cheat_a_snapshot_without_its_disclosure_is_refused(interest):
    draft = a_sourced_draft("The Norden Group sold the quay.")
    content = snapshot(draft)
    del content["disclosures"]
    told = rules.refuse_at_gate(gate_facts(draft, content))
    assert [refusal.code for refusal in told] == [CODE]


def test_what_readers_have_keeps_no_correction_back(interest):
    Interest.objects.update(disclosures={})
    a_policy(unsourced="off", single_source="off", interest="warn")
    draft = a_sourced_draft("The Norden Group sold the quay on Monday.")
    actions.publish_article(draft, by=an_editor())
    a_policy(unsourced="off", single_source="off", interest="refuse")
    fresh = redraft(draft, lede="The board fears for the very old quay.")
    assert refused(fresh) == {}
