"""A redacted passage is nowhere, and the chain still verifies."""

import json
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.models import Article
from dateline.publishing import actions, queries, verification
from dateline.publishing.models import FormerAddress, Publication, Version
from dateline.publishing.redacting import pattern_of, without
from dateline.publishing.rules import ActRefused
from tests.publishing.factories import a_draft, an_editor, paragraphs, redraft

NAME = "Tim O'Dell"
GROUND = "A court forbade naming a minor."


def dump() -> str:
    """Return every text that the database holds."""
    with connection.cursor() as cursor:
        held = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (Django's own names)
            held += cursor.fetchall()
    return "\n".join(str(row) for row in held)


@pytest.mark.django_db
class TestTheAct:
    def test_the_name_is_gone_from_all_that_is_kept(self):
        draft = a_draft(
            headline=f"{NAME}, 14, saved a dog",
            body=paragraphs("Neighbours saw <b>Tim</b> O&#x27;Dell jump in."),
        )
        first = actions.publish_article(draft, by=an_editor())
        redraft(draft, lede=f"The dog was {NAME}'s own.")
        text = f"An earlier version said the dog was not {NAME}'s."
        actions.correct_article(draft, by=an_editor(), text=text)
        redraft(draft, ednote=f"Call {NAME} again")
        actions.redact(
            draft,
            by=an_editor(),
            passages=[NAME],
            reason=GROUND,
            new_slug="boy-saves-dog",
        )
        held = dump()
        for trace in (NAME, "O'Dell", "O&#x27;Dell", "tim-o", "Tim</b>"):
            assert trace not in held
        assert verification.verify().holds
        moved = queries.moved_to("en", first.date, first.slug)
        assert moved is not None
        assert moved.slug == "boy-saves-dog"
        assert FormerAddress.objects.count() == 1

    def test_a_killed_article_can_still_be_redacted(self):
        draft = a_draft(lede=f"{NAME} was there.")
        actions.publish_article(draft, by=an_editor())
        actions.kill_article(
            draft, by=an_editor(), desk="News desk", reason="It was wrong all through."
        )
        actions.redact(draft, by=an_editor(), passages=[NAME], reason=GROUND)
        assert NAME not in dump()
        assert verification.verify().holds

    def test_redacting_twice_holds(self):
        draft = a_draft(lede=f"{NAME} and Ann Lee were there.")
        actions.publish_article(draft, by=an_editor())
        for passage in (NAME, "Ann Lee"):
            actions.redact(draft, by=an_editor(), passages=[passage], reason=GROUND)
        assert Publication.objects.get().lede == "[…] and […] were there."
        assert verification.verify().holds

    def test_putting_the_text_back_is_found(self):
        draft = a_draft(lede=f"{NAME} was there.")
        actions.publish_article(draft, by=an_editor())
        before = Version.objects.get()
        actions.redact(draft, by=an_editor(), passages=[NAME], reason=GROUND)
        Version.objects.filter(pk=before.pk).update(
            content=before.content, nonce=before.nonce
        )
        assert "not the one logged" in str(verification.verify().broken)

    @pytest.mark.parametrize(
        ("passages", "reason", "code"),
        [
            (["Nobody by that name"], GROUND, "passage-not-found"),
            ([], GROUND, "passage-not-found"),
            (["berths"], "", "reason-missing"),
            (["berths"], "The word berths had to go.", "reason-missing"),
        ],
    )
    def test_what_is_refused(self, passages, reason, code):
        draft = a_draft()
        actions.publish_article(draft, by=an_editor())
        with pytest.raises(ActRefused) as caught:
            actions.redact(draft, by=an_editor(), passages=passages, reason=reason)
        assert code in caught.value.codes
        assert "berths" in Article.objects.get(pk=draft.pk).headline


@given(st.text(min_size=1, max_size=20), st.text(max_size=30), st.text(max_size=30))
def test_no_passage_survives_in_plain_text_or_json(passage, before, after):
    if len(passage.split()) == 0:
        return
    text = f"{before} {passage} {after}"
    left = without({"lede": text, "body": [text]}, [pattern_of(passage)])
    if passage not in "[…]":
        kept = left["lede"].replace("[…]", "\0")
        assert pattern_of(passage).search(kept) is None
    assert json.loads(json.dumps(left)) == left


def test_tags_stay_paired():
    html = (
        '<p>So <span data-span="abcdefghijkl">Tim <i>O</i></span><b>&#x27;Dell</b>.</p>'
    )
    left = without(html, [pattern_of(NAME)])
    assert left.count("<") == html.count("<")
    assert "Dell" not in left


def test_the_witness_file_holds_no_copy(settings, tmp_path: Path):
    from dateline.publishing.handlers import witness_head, witness_path

    settings.DATELINE_DATA = tmp_path
    witness_head({"head": "1:abc", "at": "2026-11-22T00:00:00+00:00", "path": "/en/x/"})
    assert witness_path().read_text() == "1:abc 2026-11-22T00:00:00+00:00\n"
