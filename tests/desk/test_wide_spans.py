"""One span over three sentences, of which one cites nobody: who is told for which."""

import pytest
from wagtail.test.utils.form_data import rich_text

from dateline.articles.blocks import INLINE
from dateline.articles.models import Article
from dateline.articles.spans import wrap
from dateline.articles.vocabulary import Status
from dateline.publishing import actions
from dateline.publishing.snapshots import snapshot
from dateline.website.ledger import plain
from tests.desk.desk_forms import sent
from tests.publishing.factories import a_draft, an_editor
from tests.publishing.sourced import an_item, attribute

pytestmark = pytest.mark.django_db

WIDE = "aaaaaaaaaaaa"
SENTENCES = (
    "The harbour board said that two berths are closed.",
    "Water stands in both sheds.",
    "“The quay is old,” said Ina Brook.",
)
FIRST, BARE, LAST = SENTENCES


@pytest.fixture
def draft(reporter) -> Article:
    """Return a draft whose paragraph is laid to a wire item in one go."""
    text = wrap(" ".join(SENTENCES), WIDE)
    body = [{"type": "paragraph", "value": f"<p>{text}</p>"}]
    article = a_draft(by=reporter, headline="Berths are closed", body=body)
    attribute(article, "lede")
    attribute(article, WIDE, an_item(" ".join(SENTENCES)))
    return article


def margin(desk, article) -> dict[str, str]:
    """Return what the margin says beside each sentence of a draft."""
    html = Article.objects.get(pk=article.pk).body.raw_data[0]["value"]
    told = sent(article, body=[("paragraph", rich_text(html, features=INLINE))])
    answer = desk.post("/desk/margin/", told | {"article": article.pk})
    return {note["text"]: note["words"] for note in answer.json()["notes"]}


def statements(desk, article) -> str:
    return " ".join(desk.get(f"/desk/articles/{article.pk}/statements/").text.split())


def test_readers_are_told_the_least_of_it_and_the_desk_for_which_sentence(
    client, reporters_desk, draft
):
    assert snapshot(draft)["attributions"][WIDE]["status"] == Status.UNVERIFIED
    notes = margin(reporters_desk, draft)
    page = statements(reporters_desk, draft)
    for told in (notes[BARE], page):
        assert "readers see 2 more sentences so for it" in told
        assert "choose again for this one alone" in told
    assert notes[BARE].startswith("The Agency, single source, unverified;")
    for sentence in (FIRST, LAST):
        assert notes[sentence] == (
            f"The Agency; unverified to readers, as “{BARE}” cites nobody"
        )
    assert page.count(f"unverified to readers, as “{BARE}” cites nobody") == 2

    publication = actions.publish_article(draft, by=an_editor())
    readers = plain(client.get(publication.path).content.decode())
    assert readers.count("Unverified: only The Agency says so") == 1
    assert "Reported by The Agency" not in readers


def test_laid_by_itself_the_others_are_known_as_well_as_they_are(
    client, reporters_desk, draft
):
    """What the margin says to do: as *Each statement* does it, and as the keys do."""
    page = f"/desk/articles/{draft.pk}/statements/"
    answer = reporters_desk.get(page)
    [line] = [o for o in answer.context["judged"] if o.statement.text == BARE]
    reporters_desk.post(page, {"statement": line.statement.id, "release": "yes"})
    source = draft.attributions.get(span=WIDE).source
    reporters_desk.post(
        page, {"statement": line.statement.id, "rests_on": f"source:{source.pk}"}
    )

    notes = margin(reporters_desk, draft)
    assert notes[FIRST] == notes[LAST] == "The Agency"
    told = snapshot(Article.objects.get(pk=draft.pk))["attributions"]
    assert told[WIDE]["status"] == Status.REPORTED
    publication = actions.publish_article(
        Article.objects.get(pk=draft.pk), by=an_editor()
    )
    readers = plain(client.get(publication.path).content.decode())
    assert "Reported by The Agency" in readers


def test_what_an_editor_called_otherwise_is_not_said_to_be_unverified(
    reporters_desk, draft
):
    actions.set_status(
        draft, WIDE, status=Status.REPORTED, by=an_editor(), reason="I saw the water."
    )
    notes = margin(reporters_desk, draft)
    assert notes[FIRST] == notes[LAST] == "The Agency"
    assert notes[BARE] == "The Agency, single source, unverified"
    assert "unverified to readers" not in statements(reporters_desk, draft)
