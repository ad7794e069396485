"""Whom a sentence cites, told by small articles of one rule each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.suggesting import suggest

CITING = [
    ("The mayor said the bridge would open.", "The mayor"),
    ("The bridge will open, Marta Ruiz said.", "Marta Ruiz"),
    ("“It will open,” said Marta Ruiz, the engineer.", "Marta Ruiz"),
    ("Marta Ruiz, who built the bridge, said it would hold.", "Marta Ruiz"),
    ("According to the harbor office, two boats sank.", "the harbor office"),
    ("Two boats sank, according to officials.", "officials"),
    ("The council voted to close the pool.", "The council"),
    ("The law was criticized by farmers.", "farmers"),
    ("Harbor board: ferry to stop", "Harbor board"),
    ("The ministry put the figure at 40.", "The ministry"),
    ("They signed a note, which stressed that ties are close.", "a note"),
    ("Ana Ruiz (Left), who chairs it, said she was undecided.", "Ana Ruiz"),
    ("The chairman, Gerrit Vos, said it was over.", "The chairman, Gerrit Vos"),
    ("Experts not involved in the trial urged patience.", "Experts"),
]
NOT_CITING = [
    "The bridge is closed.",
    "The engine claimed four lives.",
    "The mayor did not say when it would open.",
    "It stays shut until the council agrees to pay.",
    "The first signal told nobody anything.",
    "Flight plans were filed at noon.",
    "The show added two dates in May.",
    "Two boats sank in the storm, reportedly at night.",
]


@pytest.mark.parametrize(("text", "source"), CITING)
def test_the_one_who_says_it_is_found(text, source):
    ((found,),) = suggest([text])

    assert (found.cites, found.source) == (True, source)


@pytest.mark.parametrize("text", NOT_CITING)
def test_a_fact_is_left_alone(text):
    ((found,),) = suggest([text])

    assert (found.cites, found.source, found.cue) == (False, None, None)


def test_a_quotation_runs_on_and_he_is_the_one_last_cited():
    told = suggest(
        [
            "Mayor Ivo Brandt said the pool would close.",
            "“We are sorry,” he said. “There is no money left for it.”",
        ]
    )

    assert [s.source for paragraph in told for s in paragraph] == [
        "Mayor Ivo Brandt"
    ] * 3
    assert told[1][1].quotes == ("There is no money left for it.",)


def test_a_language_without_data_is_cut_and_not_guessed_at():
    ((first, second),) = suggest(["Daar is niks. Hy het dit gesê."], "af")

    assert not first.cites
    assert not second.cites


@given(
    st.lists(st.text(alphabet="aA “”\"'.,:said he who—–-", max_size=300), max_size=3)
)
def test_places_are_those_of_the_text_whatever_it_holds(paragraphs):
    for text, found in zip(paragraphs, suggest(paragraphs), strict=True):
        assert all(text[s.start : s.end] == s.text for s in found)
        assert all(s.source is None for s in found if not s.cites)
