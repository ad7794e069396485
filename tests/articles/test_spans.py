"""Spans: found in any block, and copied with an id of their own."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.spans import new_span_id, renew_copies, span_ids, wrap

A, B = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def paragraph(block: str, *spans: str) -> dict[str, str]:
    words = " ".join(wrap("words", span) for span in spans)
    return {"id": block, "type": "paragraph", "value": f"<p>{words} and more</p>"}


def test_an_id_is_twelve_letters_that_nothing_else_has():
    ids = {new_span_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(span_ids(wrap("x", one)) == [one] for one in ids)


def test_spans_are_found_wherever_text_stands():
    body = [
        paragraph("1", A),
        {"id": "2", "type": "quotation", "value": {"text": wrap("said", B)}},
        {"id": "3", "type": "list", "value": {"items": [{"value": wrap("x", A)}]}},
    ]
    assert span_ids(body) == [A, B]


def test_a_body_without_copies_stays_as_it_is():
    body = [paragraph("1", A), paragraph("2", B), paragraph("3")]
    assert renew_copies(body) == (body, {})


def test_formatting_in_the_middle_does_not_make_a_copy():
    body = [paragraph("1", A, A)]
    assert renew_copies(body) == (body, {})


def test_a_copied_block_gets_an_id_of_its_own():
    renewed, copied = renew_copies([paragraph("1", A), paragraph("2", A)])

    (new,) = copied
    assert copied == {new: A}
    assert span_ids(renewed[0]) == [A]
    assert span_ids(renewed[1]) == [new]


def test_the_same_copy_gets_the_same_id_at_each_save():
    body = [paragraph("1", A), paragraph("2", A), paragraph("3", A)]
    first, _ = renew_copies(body)
    again, _ = renew_copies(body)

    assert first == again
    assert len(set(span_ids(first))) == 3


def test_a_moved_block_keeps_its_spans():
    body = [paragraph("1", A), paragraph("2", B)]
    renewed, copied = renew_copies(body[::-1])
    assert span_ids(renewed) == [B, A]
    assert not copied


@given(st.lists(st.lists(st.sampled_from([A, B, "c" * 12]), max_size=4), max_size=8))
def test_no_two_blocks_ever_share_a_span(blocks):
    body = [paragraph(str(n), *spans) for n, spans in enumerate(blocks)]

    renewed, copied = renew_copies(body)

    per_block = [set(span_ids(block)) for block in renewed]
    assert sum(map(len, per_block)) == len(set().union(*per_block))
    assert set(copied.values()) <= {A, B, "c" * 12}
    assert renew_copies(renewed) == (renewed, {})
