"""What a reader can open of a statement: who says it, when, and how we know."""

from datetime import date

import pytest

from dateline.website import ledger

PAPER = {"id": 1, "name": "Harbor Gazette", "kind": "publication", "url": ""}
PILOT = {"id": 2, "name": "A pilot", "kind": "person", "url": "https://example.org/"}
COPY = {"form": "page", "sha256": "4f" * 32, "size": 900, "type": "text/html"}


def attributed(source, *steps):
    return {"source": source, "wire_item": None, "steps": list(steps)}


def step(name, **told):
    nothing = {"kind": "", "source": None, "place": "", "said_on": None, "kept": None}
    return {"name": name, **nothing, **told}


def said(text, span):
    return f'<span data-span="{span}">{text}</span>'


def block(html, number="b1"):
    return {"id": number, "type": "paragraph", "value": html}


def the_note(html, **attributions):
    (note,) = ledger.notes(block(html), attributions)
    return note


def test_a_statement_tells_when_it_was_said_and_what_is_kept_of_it():
    told = step("A pilot", place="page 4", said_on="2026-11-03", kept=COPY)
    note = the_note(said("The bar is closed.", "aaa"), aaa=attributed(PILOT, told))
    (saying,) = note.said
    assert saying.words == "The bar is closed."
    assert saying.status == "claimed"
    assert saying.said_on == date(2026, 11, 3)
    assert saying.place == "page 4"
    assert (saying.kept.form, saying.kept.sha256) == ("page", "4f" * 32)


def test_a_chain_is_told_step_by_step():
    steps = [step("Harbor Gazette"), step("the port office"), step("two officials")]
    row = attributed(PAPER, *steps)
    (saying,) = the_note(said("It sank.", "aaa"), aaa=row).said
    assert saying.status == "reported"
    assert saying.rests_on == ("the port office", "two officials")
    (line,) = ledger.source_lines({"attributions": {"aaa": row, "bbb": row}})
    assert line.chains == (("the port office", "two officials"),)
    assert line.statements == 2


@pytest.mark.parametrize(
    ("kind", "kept", "status"),
    [
        ("document", COPY, "confirmed"),
        ("data_set", COPY, "confirmed"),
        ("document", None, "claimed"),
        ("official_body", COPY, "claimed"),
        ("unnamed", None, "claimed"),
        ("publication", None, "reported"),
    ],
)
def test_the_word_follows_from_the_source_and_from_what_is_kept(kind, kept, status):
    row = attributed(PILOT | {"kind": kind}, step("It", kept=kept))
    assert the_note(said("So.", "aaa"), aaa=row).said[0].status == status


def test_versions_from_before_chains_were_kept_are_told_as_far_as_they_go():
    row = {"source": PILOT, "wire_item": None}
    (saying,) = the_note(said("So.", "aaa"), aaa=row).said
    assert (saying.rests_on, saying.kept, saying.said_on) == ((), None, None)
    assert ledger.mark_lines({"body": []}) == ledger.override_reasons({}) == ()


def test_a_span_that_crosses_a_link_is_one_statement():
    html = (
        said("The bar", "aaa") + f'<a href="/x">{said("is <i>closed</i>.", "aaa")}</a>'
    )
    (saying,) = the_note(html, aaa=attributed(PILOT)).said
    assert saying.words == "The bar is closed ."


def test_what_hangs_on_a_whole_block_is_told_beside_it():
    note = the_note("<p>All of it.</p>", b1=attributed(PILOT))
    assert [saying.words for saying in note.said] == [""]


@pytest.mark.parametrize(
    "text", ["harbor " * 40, "港口" * 100, "ท่าเรือ" * 40, "x" * 500]
)
def test_long_statements_are_cut_short_in_any_script(text):
    (saying,) = the_note(said(text, "aaa"), aaa=attributed(PILOT)).said
    assert saying.words.endswith("…")
    assert 20 < len(saying.words) <= ledger.LONGEST_WORDS + 1
    assert text.startswith(saying.words[:-1])


def test_names_that_stand_for_statements_are_counted():
    def mark(kind, by):
        return {"kind": kind, "by": by, "at": "2026-11-22T06:00:00+00:00"}

    lines = ledger.mark_lines(
        {
            "marks": {
                "aaa": mark("observation", "Ina Voss"),
                "bbb": mark("common_knowledge", "Ina Voss"),
                "ccc": mark("common_knowledge", "Ina Voss"),
            }
        }
    )
    assert [(line.kind, line.by, line.statements) for line in lines] == [
        ("common_knowledge", "Ina Voss", 2),
        ("observation", "Ina Voss", 1),
    ]


def test_sources_are_counted_once_each_and_the_weightiest_comes_first():
    rows = {"a": attributed(PAPER), "b": attributed(PILOT), "c": attributed(PILOT)}
    lines = ledger.source_lines({"attributions": rows})
    counted = [(line.name, line.statements) for line in lines]
    assert counted == [("A pilot", 2), ("Harbor Gazette", 1)]
