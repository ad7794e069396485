"""What an article states: cut right, found again, and held by spans."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.spans import wrap
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.marked_text import read_html
from dateline.languages import LANGUAGES

A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def content(*blocks: tuple[str, Any], **values: Any) -> dict[str, Any]:
    body = [
        {"id": f"block-{number}", "type": kind, "value": value}
        for number, (kind, value) in enumerate(blocks)
    ]
    told = {"language": "en", "headline": "", "lede": "", "picture": None}
    return told | {"body": body} | values


def told(*blocks: tuple[str, Any], **values: Any) -> list[tuple[str, str]]:
    return [(s.part.value, s.text) for s in find_statements(content(*blocks, **values))]


def test_every_part_of_an_article_that_states_something_is_found_in_order():
    found = told(
        ("paragraph", "<p>Two berths closed. “We fear for the quay,” she said.</p>"),
        ("crosshead", "What comes now"),
        ("crosshead", "The mayor took the money and left by the night ferry"),
        ("quotation", {"text": "<p>It will hold. I know it.</p>", "speaker": "Falk"}),
        ("list", {"ordered": True, "items": ["<p>One. And more.</p>", "<p>Two.</p>"]}),
        ("table", {"caption": "Berths", "header": True, "rows": [["A", "1"]]}),
        (
            "fact_box",
            {"title": "The quay", "text": "<p>Built.</p><ul><li>1612</li></ul>"},
        ),
        ("picture", {"caption": "The quay at dawn."}),
        ("gallery", {"title": "", "pictures": [{"caption": "One."}, {"caption": ""}]}),
        ("embed", {"url": "https://a.example", "title": "Elsewhere"}),
        headline="Two berths close",
        lede="The board fears. So it says.",
        picture={"caption": "The harbor."},
    )
    assert found == [
        ("headline", "Two berths close"),
        ("lede", "The board fears. So it says."),
        ("caption", "The harbor."),
        ("sentence", "Two berths closed."),
        ("sentence", "“We fear for the quay,” she said."),
        ("crosshead", "The mayor took the money and left by the night ferry"),
        ("quotation", "It will hold. I know it."),
        ("list item", "One. And more."),
        ("list item", "Two."),
        ("table", "Berths\nA | 1"),
        ("fact box", "Built.\n1612"),
        ("caption", "The quay at dawn."),
        ("caption", "One."),
    ]


def test_a_draft_of_the_desk_is_read_as_its_snapshot_is():
    items = [{"type": "item", "value": "<p>One.</p>", "id": "1"}]
    assert told(
        ("list", {"ordered": False, "items": items}),
        ("table", {"caption": "", "rows": "A | 1"}),
        ("gallery", {"pictures": [{"type": "item", "value": {"caption": "C."}}]}),
    ) == [("list item", "One."), ("table", "A | 1"), ("caption", "C.")]


@pytest.mark.parametrize(
    ("code", "text", "sentences"),
    [
        ("en", "Dr. Ruiz came at 3.30 p.m. “Why?” he asked. Nobody knew.", 3),
        ("uk", "Він народився 1998 р. у м. Лиман. Так каже брат.", 2),
        ("ar", "قال: «لن نعود». ثم خرج. هل عاد؟", 3),
        ("zh-CN", "“我们来了。”他说。后来呢？没人知道。", 3),
        ("hi", "डॉ. राव आए। “क्यों?” किसी ने पूछा।", 2),
        ("my", "တံတား ပိတ်ထားသည်။ မနက်ဖြန် ဖွင့်မည်။", 2),
        ("th", "สะพานปิดการจราจรตั้งแต่เมื่อคืนนี้หลังน้ำขึ้นสูง ชาวบ้านต้องใช้เรือข้ามฟาก 3 ลำ", 2),
    ],
)
def test_sentences_are_cut_in_every_script(code, text, sentences):
    assert len(told(("paragraph", f"<p>{text}</p>"), language=code)) == sentences


def test_a_sentence_knows_the_spans_that_hold_its_letters():
    html = (
        f"<p>{wrap('Two berths closed.', A)} {wrap('It rained. <b>Much</b>', B)}.</p>"
    )
    first, second, third = find_statements(content(("paragraph", html)))
    assert first.handles == ("block-0", A)
    assert second.handles == third.handles == ("block-0", B)
    assert second.text == "It rained."
    assert [(use.start, use.end) for use in second.spans] == [(19, 29)]


def test_a_statement_keeps_its_id_while_its_words_stay():
    one = content(("paragraph", "<p>It rained. It rained. The sun came.</p>"))
    html = f"<p>New. It rained. {wrap('It <b>rained</b>!', A)} The sun came.</p>"
    other = content(("paragraph", html), ("crosshead", "More"))
    before = [s.id for s in find_statements(one)]
    after = [s.id for s in find_statements(other)]
    assert after[1:] == before
    assert len(set(after)) == 4


def test_entities_nested_and_unclosed_spans_are_read():
    html = f"<p>A &amp; B<br>{wrap('c' + wrap('d', B), A)}<span data-span='{A}'>e</p>"
    marked = read_html(html)
    assert marked.text == "A & B\ncde"
    assert {(u.span, marked.text[u.start : u.end]) for u in marked.spans} == {
        (A, "cd"),
        (B, "d"),
    }


TAGS = ["<p>", "</p>", wrap("", A)[:-7], wrap("", B)[:-7], "</span>", "<b>", "<br/>"]
WORDS = ["One. ", "two ", "&lt;", "&#0;", "<", "न।", "。", "\ud7ff"]
TOKENS = st.sampled_from(TAGS + WORDS)


@given(st.lists(TOKENS, max_size=40), st.sampled_from(sorted(LANGUAGES)))
def test_any_html_is_cut_without_losing_or_doubling_a_word(tokens, code):
    html = "".join(tokens)
    statements = find_statements(content(("paragraph", html), language=code))
    text = read_html(html).text
    ends = [0, *(s.end for s in statements)]
    assert all(s.start >= end for s, end in zip(statements, ends, strict=False))
    assert all(text[s.start : s.end] == s.text for s in statements)
    kept = "".join(c for s in statements for c in s.text if c.isalnum())
    assert kept == "".join(c for c in text if c.isalnum())
    assert all(
        s.start <= use.start < use.end <= s.end for s in statements for use in s.spans
    )


def test_hostile_html_is_read():
    for html in ("<span " * 40_000, f'<span data-span="{A}">' * 8_000, "<" * 200_000):
        assert isinstance(find_statements(content(("paragraph", html))), list)
