"""Pages in the front's memory: bounded, and good for one state of the store."""

import gzip
import time
from dataclasses import replace

from dateline.pagestore.front import memory as memories
from dateline.pagestore.front.memory import (
    NO_GENERATION,
    UNPRESSED_SECONDS,
    Codings,
    Entry,
    Heads,
    Memory,
)
from dateline.pagestore.vocabulary import Found, Page

TEXT = b"<p>" + b"harbor " * 2_000


def entry(body=b"x" * 10_000, generation=2, status=200):
    page = Page(status=status, headers=(), etag="e", plain=body)
    return Entry(Found(page, None), generation)


def unasked(**settings):
    made = entry(**settings)
    made.was_asked = False
    return made


def filled(count, room=8):
    size = entry().size
    memory = Memory(size * room)
    for number in range(count):
        memory.put(f"/{number}", unasked())
    return memory


def test_what_was_asked_for_longest_ago_goes_first():
    memory = filled(8)
    memory.entries["/0"].was_asked = True
    memory.put("/new", unasked())
    assert "/0" in memory.entries
    assert "/1" not in memory.entries
    assert memory.bytes <= memory.largest_bytes


def test_it_never_holds_more_than_it_may():
    memory = filled(100)
    for kept in memory.entries.values():
        kept.was_asked = True
    memory.put("/new", unasked())
    assert memory.bytes == sum(kept.size for kept in memory.entries.values())
    assert memory.bytes <= memory.largest_bytes


def test_a_page_of_more_than_its_share_is_not_held():
    memory = filled(8)
    memory.put("/large", entry(b"x" * memory.largest_bytes))
    assert "/large" not in memory.entries
    assert len(memory.entries) == 8


def test_a_page_that_is_still_to_be_pressed_is_looked_at_again_before_long():
    packed = Page(status=200, headers=(), etag="e", gzip=gzip.compress(TEXT))
    began = time.time()
    good_until = Entry(Found(packed, None), 2).good_until
    assert began < good_until <= time.time() + UNPRESSED_SECONDS
    pressed = replace(packed, brotli=b"as if Brotli")
    assert Entry(Found(pressed, None), 2).good_until == float("inf")
    expiring = replace(packed, expires_at=began + 1)
    assert Entry(Found(expiring, None), 2).good_until == began + 1


def test_the_form_without_coding_counts_once_it_is_made():
    page = Page(status=200, headers=(), etag="e", gzip=gzip.compress(TEXT))
    kept = Entry(Found(page, None), 2)
    memory = Memory(1_000_000)
    memory.put("/", kept)
    before = memory.bytes
    ready, grown = kept.answer(0, "")
    memory.grow("/", grown)
    assert ready[2] == TEXT
    assert memory.bytes == before + len(TEXT)
    assert kept.answer(0, "") == (ready, 0)


def test_the_keys_asked_for_are_told_once():
    memory = filled(3)
    memory.entries["/1"].was_asked = True
    assert memory.take_asked() == ["/1"]
    assert memory.take_asked() == []
    assert list(memory.entries) == ["/0", "/2", "/1"]


def test_an_entry_read_while_the_store_changed_is_good_for_no_generation():
    assert entry(generation=4).generation == 4
    assert entry(generation=5).generation == NO_GENERATION


def test_an_accept_encoding_header_is_a_number_of_codings():
    codings = Codings()
    headers = ("", "gzip", "br;q=1, gzip;q=0", "gzip, deflate, br, zstd", "*")
    assert [codings.read(header) for header in headers] == [0, 1, 2, 3, 3]
    for number in range(10_000):
        codings.read(f"gzip, made-up-{number}")
    assert len(codings.known) < 1_000


def test_heads_are_known_until_they_are_too_many(monkeypatch):
    monkeypatch.setattr(memories, "_HEADS_BYTES", 100_000)
    heads = Heads()
    for number in range(2_000):
        heads.put(b"GET /%d HTTP/1.1\r\n\r\n" % number, (f"/{number}", 1))
    assert heads.known[b"GET /1999 HTTP/1.1\r\n\r\n"] == ("/1999", 1)
    assert len(heads.known) < 1_000


def test_a_head_that_is_known_takes_no_more_room(monkeypatch):
    monkeypatch.setattr(memories, "_HEADS_BYTES", 1_000)
    heads = Heads()
    for _ in range(100):
        heads.put(b"GET / HTTP/1.1\r\n\r\n", ("/", 1))
    heads.put(b"GET /other/ HTTP/1.1\r\n\r\n", ("/other/", 1))
    assert len(heads.known) == 2


def test_a_long_head_is_read_each_time():
    heads = Heads()
    heads.put(b"GET / HTTP/1.1\r\ncookie: " + b"a" * 3_000 + b"\r\n\r\n", ("/", 1))
    assert not heads.known
