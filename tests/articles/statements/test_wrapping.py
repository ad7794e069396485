"""A stretch of text becomes a span, and nothing else of the block changes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.spans import wrap
from dateline.articles.statements.marked_text import read_html
from dateline.articles.statements.wrapping import wrap_stretch
from tests.articles.statements.test_finding import A, B

OTHER_TAG = re.compile(r"<(?!/?span)[^>]*>")


def test_a_stretch_across_tags_becomes_elements_of_one_span():
    html = "<p>One. A <b>bold &amp; new</b> day. Three.</p>"
    start, end = 5, 22
    assert read_html(html).text[start:end] == "A bold & new day."
    assert wrap_stretch(html, start, end, B) == (
        f"<p>One. {wrap('A ', B)}<b>{wrap('bold &amp; new', B)}</b>{wrap(' day.', B)} "
        "Three.</p>"
    )


TOKENS = ["<p>", "</p>", "<b>", "</b>", "<br/>", "One ", "&lt;", "न।", "&nbsp;"]


def held_by(html: str) -> list[str]:
    """Return for each letter the innermost span that holds it."""
    marked = read_html(html)
    letters = dict.fromkeys(range(len(marked.text)), "")
    for use in reversed(marked.spans):
        letters |= dict.fromkeys(range(use.start, use.end), use.span)
    return [
        "" if sign.isspace() else letters[at] for at, sign in enumerate(marked.text)
    ]


@given(
    st.lists(st.sampled_from([*TOKENS, f'<span data-span="{A}">', "</span>"])),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from([B, ""]),
)
def test_the_stretch_alone_changes_hands(tokens, start, length, span):
    html = "".join(tokens)
    end = start + length
    laid = wrap_stretch(html, start, end, span)
    assert read_html(laid).text == read_html(html).text
    assert OTHER_TAG.findall(laid) == OTHER_TAG.findall(html)
    letters = enumerate(zip(held_by(html), read_html(html).text, strict=True))
    assert held_by(laid) == [
        span if start <= at < end and not sign.isspace() else held
        for at, (held, sign) in letters
    ]
