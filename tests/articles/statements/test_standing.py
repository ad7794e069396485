"""What a statement rests on: a source, a name, the text, or nothing."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.spans import wrap
from dateline.articles.statements.finding import find_statements, words_of
from dateline.articles.statements.standing import Grounds, judge, tally
from dateline.articles.statements.vocabulary import Mark, Standing
from dateline.articles.vocabulary import MarkKind
from tests.articles.statements.test_finding import A, B, content

SENTENCE = "Two of the five berths closed on Monday."


def standings(html: str, grounds: Grounds, **values: str) -> list[Standing]:
    told = content(("paragraph", f"<p>{html}</p>"), **values)
    return [one.standing for one in judge(find_statements(told), grounds)]


def mark_of(text: str, kind: MarkKind = MarkKind.COMMON_KNOWLEDGE) -> Mark:
    (statement,) = find_statements(content(("paragraph", f"<p>{text}</p>")))
    return Mark(kind, "Ina Brook", "2026-11-22T08:00:00Z", statement.words)


def test_an_attributed_sentence_is_traced_and_one_beside_it_is_not():
    html = f"{wrap(SENTENCE, A)} Nobody said why."
    found = standings(html, Grounds(frozenset({A})))
    assert found == [Standing.TRACED, Standing.UNSOURCED]


def test_a_span_without_attribution_is_nothing():
    assert standings(wrap(SENTENCE, A), Grounds()) == [Standing.UNSOURCED]


def test_attributing_one_word_does_not_attribute_the_sentence():
    html = SENTENCE.replace("Monday", wrap("Monday", A))
    assert standings(html, Grounds(frozenset({A}))) == [Standing.UNSOURCED]


def test_two_sources_of_one_sentence_add_up():
    html = f"{wrap('Two berths closed,', A)} {wrap('but only for a day.', B)}"
    grounds = Grounds(frozenset({A, B}))
    assert standings(html, grounds) == [Standing.TRACED]
    (one,) = find_statements(content(("paragraph", f"<p>{html}</p>")))
    mixed = Grounds(frozenset({A, B}), unverified=frozenset({(one.id, A)}))
    assert standings(html, mixed) == [Standing.SINGLE_SOURCE]


def test_an_item_that_cites_nobody_is_a_single_source_and_not_traced():
    (one,) = find_statements(content(("paragraph", f"<p>{wrap(SENTENCE, A)}</p>")))
    grounds = Grounds(frozenset({A}), unverified=frozenset({(one.id, A)}))
    assert standings(wrap(SENTENCE, A), grounds) == [Standing.SINGLE_SOURCE]


def test_a_mark_stands_for_the_words_it_was_given_for():
    grounds = Grounds(marks={A: mark_of(SENTENCE)})
    assert standings(wrap(SENTENCE, A), grounds) == [Standing.MARKED]
    bold = SENTENCE.replace("five", "<b>five</b>")
    assert standings(f"Before it. {wrap(bold, A)}", grounds)[1] == Standing.MARKED
    changed = SENTENCE.replace("closed", "never closed")
    assert standings(wrap(changed, A), grounds) == [Standing.UNSOURCED]


def test_one_mark_does_not_stand_for_two_sentences():
    grounds = Grounds(marks={A: mark_of(SENTENCE)})
    both = wrap(f"{SENTENCE} The mayor stole the rest.", A)
    assert standings(both, grounds) == [Standing.MARKED, Standing.UNSOURCED]


def test_a_headline_and_a_lede_may_rest_on_what_the_text_says():
    html = wrap("Ina Brook said that 2 of 5 berths closed on Monday.", A)
    grounds = Grounds(frozenset({A}))
    assert standings(
        html, grounds, headline="2 berths closed", lede="On Monday, said Brook."
    ) == [Standing.RESTS_ON_TEXT, Standing.RESTS_ON_TEXT, Standing.TRACED]


def test_a_headline_with_a_number_or_a_name_of_its_own_rests_on_nothing():
    html = wrap("Ina Brook said that 2 of 5 berths closed on Monday.", A)
    for headline in (
        "3 berths closed",
        "2 berths closed by Falk",
        "Falk closed 2 berths on Monday",
        "On Monday 2 berths closed. Falk said",
        "Mayor stole cash",
    ):
        found = standings(html, Grounds(frozenset({A})), headline=headline)
        assert found[0] == Standing.UNSOURCED, headline


def test_a_headline_does_not_rest_on_a_text_that_rests_on_nothing():
    assert standings(SENTENCE, Grounds(), headline="Two berths closed")[0] == (
        Standing.UNSOURCED
    )


def test_a_headline_may_name_who_said_it():
    html = wrap("On Monday 2 berths closed.", A)
    told = content(("paragraph", f"<p>{html}</p>"), headline="Brook: 2 berths closed")
    for names, standing in ((("Ina Brook",), "RESTS_ON_TEXT"), ((), "UNSOURCED")):
        grounds = Grounds(frozenset({A}), names=names)
        assert judge(find_statements(told), grounds)[0].standing.name == standing


def test_a_vowel_sign_is_a_letter_of_its_word():
    told, other = ("बंदरगाह का पुल बंद है।", "बंदरगाह की पुल बंद है।")
    mark = Mark(MarkKind.OPINION, "Ina Brook", "", words_of(told))
    assert words_of(told) != words_of(other)
    grounds = Grounds(marks={A: mark})
    assert standings(wrap(told, A), grounds, language="hi") == [Standing.MARKED]
    assert standings(wrap(other, A), grounds, language="hi") == [Standing.UNSOURCED]
    html = wrap("बंदरगाह का पुराना पुल सोमवार को बंद हुआ।", A)
    found = standings(
        html, Grounds(frozenset({A})), headline="पुराना पुल बंद", language="hi"
    )
    assert found[0] == Standing.RESTS_ON_TEXT


def test_a_headline_of_other_scripts_rests_on_its_text():
    told = content(
        ("paragraph", f"<p>{wrap('港务局周一关闭了五个泊位中的两个。', A)}</p>"),
        language="zh-CN",
        headline="港务局关闭两个泊位",
    )
    found = judge(find_statements(told), Grounds(frozenset({A})), code="zh-CN")
    assert found[0].standing == Standing.RESTS_ON_TEXT


def test_headline_table_and_caption_are_attributed_as_a_whole():
    told = content(
        ("table", {"caption": "", "header": True, "rows": [["Berth", "7"]]}),
        headline="Seven",
        picture={"caption": "As it came."},
    )
    grounds = Grounds(
        frozenset({"headline", "block-0"}), given_captions=frozenset({"As it came."})
    )
    found = judge(find_statements(told), grounds)
    assert [one.standing for one in found] == [Standing.TRACED] * 3


def test_what_it_rests_on_is_counted_by_name():
    html = f"{wrap(SENTENCE, A)} {wrap('Water is wet.', B)} Nobody knows."
    told = content(("paragraph", f"<p>{html}</p>"))
    grounds = Grounds(frozenset({A}), marks={B: mark_of("Water is wet.")})
    count = tally(judge(find_statements(told), grounds))
    assert (count.statements, count.marked, count.unsourced) == (3, 1, 1)
    assert count.by_mark == {(MarkKind.COMMON_KNOWLEDGE, "Ina Brook"): 1}
    assert count.as_record() == {
        "statements": 3,
        "traced": 1,
        "marked": 1,
        "unsourced": 1,
    }


SPANS = st.lists(st.sampled_from([A, B, ""]), min_size=1, max_size=12)


@given(SPANS, st.sets(st.sampled_from([A, B])))
def test_a_sentence_is_attributed_exactly_if_half_its_letters_are(words, attributed):
    html = " ".join(wrap("word", span) if span else "word" for span in words)
    held = sum(1 for span in words if span in attributed)
    found = standings(html, Grounds(frozenset(attributed)))
    is_traced = found == [Standing.TRACED]
    assert is_traced is (held > 0 and 2 * held >= len(words))
