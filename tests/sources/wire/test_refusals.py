"""Bad input gets a refusal by name, whatever it pretends to be."""

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.sources.wire import refusals
from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.recognition import Original, read_wire_items
from dateline.sources.wire.refusals import ReceiveRefusal

TEXT = "Пором знову ходить до острова, сказала в неділю капітанка. " * 8
PAGE = f"<html><body><h1>Пором знову ходить</h1><p>{TEXT}</p></body></html>"
LIMIT = DEFAULT_LIMITS.original_bytes


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", refusals.OriginalEmpty),
        (b" \r\n\t ", refusals.OriginalEmpty),
        ("\ufeff\u200b".encode(), refusals.OriginalEmpty),
        (b"%PDF-1.7\n" + b"x" * 500, refusals.OriginalBinary),
        (b"PK\x03\x04" + b"x" * 500, refusals.OriginalBinary),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), refusals.OriginalBinary),
        (bytes(range(256)) * 20, refusals.OriginalBinary),
        (b"text " * (LIMIT // 5 + 1), refusals.OriginalTooLarge),
        (gzip.compress(bytes(LIMIT + 1), mtime=0), refusals.OriginalUnpacksTooLarge),
        (gzip.compress(b"x" * 900, mtime=0)[:-12], refusals.OriginalDamaged),
        (
            gzip.compress(gzip.compress(b"x" * 90, mtime=0), mtime=0),
            refusals.OriginalBinary,
        ),
        (TEXT.encode()[:-1] + b"\xd0", refusals.EncodingUnknown),
        (b"Menu\nSearch\nHome\nSign in\n", refusals.ArticleNotFound),
        (b"<html><body><div>Menu</div></body></html>", refusals.ArticleNotFound),
        (b"<html><body>" + b"<div>" * 900, refusals.MarkupTooDeep),
        (b"<html><body>" + b"<p>a " * 30_000, refusals.OriginalTooLarge),
        (b"line\n" * 30_000, refusals.OriginalTooLarge),
        (b"<rss><channel></channel></rss>", refusals.FeedWithoutItems),
        (b"<rss><channel><item>" + b"<item>" * 3000, refusals.OriginalTooLarge),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', refusals.FeedUnreadable),
        (b"{not json", refusals.NinjsUnreadable),
        (b'{"headline": "No uri"}', refusals.NinjsWithoutUri),
        (b'{"uri": "u", "bodies": "text"}', refusals.NinjsUnreadable),
        (b'{"uri": "u", "urgency": 12}', refusals.NinjsUnreadable),
        (b'{"uri": "u", "pubStatus": "maybe"}', refusals.NinjsUnreadable),
        (b'{"uri":' * 9000, refusals.NinjsUnreadable),
        (b"[]", refusals.ArticleNotFound),
    ],
)
def test_bad_original_is_refused_by_name(content, refusal):
    with pytest.raises(refusal):
        read_wire_items(Original(content))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PAGE.encode("cp1251"), "text/html; charset=utf-8"),
        (PAGE.encode(), "text/html; charset=iso-8859-1"),
        (PAGE.encode(), "text/html; charset=utf-16"),
        (PAGE.replace("<html>", '<html><meta charset="utf-8">').encode("koi8-u"), ""),
        (b"\xff\xfe" + PAGE.encode()[:-1], ""),
    ],
)
def test_encoding_that_lies_is_refused(content, content_type):
    with pytest.raises(refusals.EncodingContradicted):
        read_wire_items(Original(content, content_type=content_type))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251"]
)
def test_encoding_that_is_told_or_plain_is_read_to_the_letter(encoding):
    declared = "text/html; charset=windows-1251" if encoding == "cp1251" else ""

    drafts = read_wire_items(Original(PAGE.encode(encoding), content_type=declared))

    assert drafts[0].paragraphs == (TEXT.strip(),)


def test_old_cyrillic_page_without_declaration_is_recognized():
    drafts = read_wire_items(Original(PAGE.encode("cp1251")))

    assert drafts[0].paragraphs == (TEXT.strip(),)


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf", "audio/mpeg"])
def test_type_that_is_no_text_is_refused_before_it_is_read(media_type):
    with pytest.raises(refusals.TypeUnsupported):
        read_wire_items(Original(PAGE.encode(), content_type=media_type))


def test_every_refusal_has_a_code_of_its_own_and_says_what_to_do():
    classes = ReceiveRefusal.__subclasses__()

    assert len({c.code for c in classes}) == len(classes)
    assert all(c.message.endswith(".") and len(c.message) > 30 for c in classes)


def read_or_refuse(content: bytes, content_type: str = "") -> None:
    """Any other exception than a refusal fails the test."""
    try:
        drafts = read_wire_items(Original(content, content_type=content_type))
    except ReceiveRefusal:
        return
    for draft in drafts:
        json.dumps(draft.as_record(), ensure_ascii=False).encode()


TYPES = st.sampled_from(
    [
        "",
        "text/html",
        "text/plain; charset=utf-8",
        "application/json",
        "text/xml",
        "\n;;=",
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=400), TYPES)
def test_any_bytes_are_read_or_refused(content, content_type):
    read_or_refuse(content, content_type)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=600), TYPES)
def test_any_text_is_read_or_refused(text, content_type):
    read_or_refuse(text.encode("utf-8", "surrogatepass"), content_type)


PIECES = st.sampled_from(
    [
        *("By ", "By", "Автор: ", "Ада Перо", "Published", "1 min read", "Photo: "),
        *("22 November 2026, 14:05", "٢٢ نوفمبر ٢٠٢٦", "2026年11月22日", "5:15 AM"),
        *("12 آذر 1405", "31 de febrero de 2026", "99/99/9999 25:61 CET", "0"),
        *("Comments", "Related", "Home > World", TEXT, "•", "©", "|", ":", "\n"),
        *("\n\n", "<p>", "</p>", "<article>", "\u202e", "\u200d"),
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_order_of_what_pages_hold_is_read_or_refused(pieces):
    read_or_refuse(" ".join(pieces).encode())


@settings(max_examples=50, deadline=None)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["uri", "headlines", "bodies", "value", "items", "pubStatus",
                         "versionCreated", "urgency", "subjects", "contentType"]),
        inner, max_size=4,
    ),
    max_leaves=12,
))  # fmt: skip
def test_any_json_is_read_or_refused(value):
    read_or_refuse(json.dumps(value).encode(), "application/json")
