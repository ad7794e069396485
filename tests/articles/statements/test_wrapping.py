"""A stretch of text becomes a span, and nothing else of the block changes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.spans import wrap
from dateline.articles.statements.marked_text import read_html
from dateline.articles.statements.wrapping import wrap_stretch
from tests.articles.statements.test_finding import A, B

SPAN = re.compile(rf'<span data-span="{B}">(.*?)</span>')


def test_a_stretch_across_tags_becomes_elements_of_one_span():
    html = "<p>One. A <b>bold &amp; new</b> day. Three.</p>"
    start, end = 5, 22
    assert read_html(html).text[start:end] == "A bold & new day."
    assert wrap_stretch(html, start, end, B) == (
        f"<p>One. {wrap('A ', B)}<b>{wrap('bold &amp; new', B)}</b>{wrap(' day.', B)} "
        "Three.</p>"
    )


TOKENS = ["<p>", "</p>", "<b>", "</b>", "<br/>", "One ", "&lt;", "न।", "&nbsp;"]


@given(
    st.lists(st.sampled_from([*TOKENS, f'<span data-span="{A}">', "</span>"])),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_the_text_and_the_tags_stay_and_the_stretch_is_held(tokens, start, length):
    html = "".join(tokens)
    wrapped = wrap_stretch(html, start, start + length, B)
    before, after = read_html(html), read_html(wrapped)
    assert after.text == before.text
    assert re.findall(r"<[^>]*>", SPAN.sub(r"\1", wrapped)) == re.findall(
        "<[^>]*>", html
    )
    held = {
        at
        for use in after.spans
        if use.span == B
        for at in range(use.start, use.end)
        if not before.text[at : at + 1].isspace()
    }
    assert held == {
        at
        for at in range(start, min(start + length, len(before.text)))
        if not before.text[at].isspace()
    }
