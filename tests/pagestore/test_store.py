"""What whoever renders, purges or serves relies on: no page outlives what it read."""

import gzip
import multiprocessing
import os
import signal
import sqlite3
import tempfile
from pathlib import Path

import brotli
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dateline.pagestore import rows
from dateline.pagestore.pressing import press
from dateline.pagestore.store import Store
from dateline.pagestore.vocabulary import Outcome, Page


def a_page(text: str = "harbor", status: int = 200, **kwargs) -> Page:
    body = text.encode()
    headers = (("content-type", "text/html"),)
    return Page(status=status, headers=headers, etag=text[:32], plain=body, **kwargs)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "pages")
    store.trust()
    return store


def keep(store, key, text="harbor", tags=(), **kwargs):
    return store.keep(key, a_page(text, **kwargs), tags, begun=store.begin())


def is_fresh(store, key):
    found = store.find(key)
    return found is not None and found.purged_at is None


def test_a_page_comes_back_as_it_was_kept(store):
    page = Page(
        status=200,
        headers=(("content-type", "text/html"), ("link", "</a>"), ("link", "</b>")),
        etag="0" * 32,
        gzip=b"\x1f\x8b",
        brotli=b"br",
        expires_at=9e9,
    )
    assert store.keep("/ар/", page, {"list:ар"}, begun=store.begin()) is Outcome.KEPT
    found = Store(store.folder).find("/ар/")
    assert found.page == page
    assert found.purged_at is None
    assert store.find("/") is None


def test_a_purge_makes_stale_what_read_the_tag_and_nothing_else(store):
    keep(store, "/a", tags={"x", "y"})
    keep(store, "/b", tags={"y"})
    keep(store, "/c", tags={"z"})
    purged = store.purge(1, ["x", "z"], hard=False)
    assert purged.pages == 2
    assert set(purged.keys) == {"/a", "/c"}
    assert [is_fresh(store, key) for key in ("/a", "/b", "/c")] == [False, True, False]
    assert store.find("/a").page == a_page()
    keep(store, "/a", tags={"x"})
    assert is_fresh(store, "/a")
    assert store.purge(2, ["y"], hard=False).keys == ("/b",)


def test_a_withdrawn_page_is_seen_by_nobody_and_leaves_the_disk(store):
    keep(store, "/a", text="a name that a court took out", tags={"x"})
    store.purge(1, ["x"], hard=False)
    store.purge(2, ["x"], hard=True)
    store.purge(3, ["x"], hard=False)
    assert store.find("/a") is None
    assert store.sweep() == 1
    assert store.totals().pages == store.totals().bytes == store.totals().stale == 0


def test_a_render_that_a_purge_overtook_is_not_fresh(store):
    begun = store.begin()
    store.purge(1, ["x"], hard=False)
    assert store.keep("/a", a_page(), {"x"}, begun=begun) is Outcome.OUTDATED
    assert store.find("/a").purged_at is not None
    assert store.keep("/b", a_page(), {"y"}, begun=begun) is Outcome.KEPT
    assert is_fresh(store, "/b")


def test_a_render_that_a_withdrawal_overtook_is_not_shown(store):
    begun = store.begin()
    store.purge(1, ["x"], hard=True)
    store.purge(2, ["x"], hard=False)
    assert store.keep("/a", a_page(), {"x"}, begun=begun) is Outcome.WITHDRAWN
    assert store.find("/a") is None


def test_a_slow_render_does_not_replace_a_newer_page(store):
    slow = store.begin()
    store.purge(1, ["x"], hard=False)
    keep(store, "/a", text="new", tags={"x"})
    assert store.keep("/a", a_page("old"), {"x"}, begun=slow) is Outcome.OUTDATED
    assert store.find("/a").page == a_page("new")
    assert is_fresh(store, "/a")


def test_a_render_that_outlived_what_is_remembered_of_purges_is_not_shown(store):
    begun = store.begin()
    for number in range(1, rows.RECENT_PURGES + 2 * rows.BATCH):
        if number % rows.BATCH == 0 or number == 1:
            store.purge(number, ["x" if number == 1 else "y"], hard=number == 1)
    assert store.keep("/a", a_page(), {"x"}, begun=begun) is Outcome.WITHDRAWN


def test_a_page_expires_by_itself(store):
    keep(store, "/a", expires_at=1.0)
    assert store.find("/a").purged_at == 1.0


def test_nothing_is_served_before_purges_left_over_are_applied(store):
    store.prepare("this software")
    store.trust()
    keep(store, "/a")
    store.prepare("this software")
    assert store.find("/a") is None
    store.trust()
    assert is_fresh(store, "/a")


def test_another_software_begins_with_an_empty_store(store):
    keep(store, "/a")
    store.prepare("another software")
    store.trust()
    assert store.find("/a") is None
    store.sweep()
    assert len(list(store.folder.glob("pages-*.sqlite3"))) == 1


def test_addresses_without_end_do_not_fill_the_store(store):
    keep(store, "/a")
    for number in range(rows.MOST_ODD_ANSWERS + 20):
        keep(store, f"/missing/{number}", status=404, tags={"address"})
    assert store.totals().pages == rows.MOST_ODD_ANSWERS + 1
    assert is_fresh(store, "/a")
    assert store.find(f"/missing/{rows.MOST_ODD_ANSWERS + 19}") is not None


def test_the_least_used_goes_first(tmp_path):
    store = Store(tmp_path, largest_bytes=10_000)
    store.trust()
    for number in range(20):
        keep(store, f"/{number}", text="x" * 1_000, tags={"all"})
    with sqlite3.connect(store._path) as db:
        db.execute("UPDATE pages SET used_at = 0")
    store.touch(["/3", "/15"])
    assert store.sweep() > 0
    assert store.totals().bytes <= 10_000
    assert is_fresh(store, "/3")
    assert is_fresh(store, "/15")
    assert store.find("/0") is None


def test_a_page_without_bounds_is_not_kept(store):
    large = a_page("x" * (rows.LARGEST_PAGE + 1))
    assert store.keep("/a", large, {"x"}, begun=0) is Outcome.NOT_KEPT
    many = {f"tag:{n}" for n in range(rows.MOST_TAGS + 1)}
    assert store.keep("/a", a_page(), many, begun=0) is Outcome.NOT_KEPT
    assert store.find("/a") is None


def test_pages_are_pressed_once_and_only_while_they_are_the_same(store):
    text = b"harbor " * 200
    page = Page(status=200, headers=(), etag="1", gzip=gzip.compress(text))
    store.keep("/a", page, {"x"}, begun=store.begin())
    keep(store, "/picture.png")
    generation = store.generation
    assert not store.add_brotli("/a", "2", b"of another page")
    assert press(store) == 1
    found = store.find("/a").page
    assert brotli.decompress(found.brotli) == text
    assert store.totals().bytes == found.size + store.find("/picture.png").page.size
    # A front with ten thousand pages in memory does not look at all of them again.
    assert store.generation == generation
    assert press(store) == 0


@pytest.mark.parametrize("damage", ["cut", "overwrite", "remove"])
def test_a_damaged_store_is_begun_anew_by_everybody(store, damage):
    other = Store(store.folder)
    for number in range(200):
        keep(store, f"/{number}", text="x" * 500, tags={"x"})
    generation = other.generation
    store.close()
    path = store._path
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "cut" else b"no database" * 5_000)
    store.find("/1")
    keep(store, "/new", tags={"x"})
    keep(store, "/new", tags={"x"})
    assert is_fresh(other, "/new")
    assert other.find("/1") is None
    assert other.generation != generation
    assert other.purge(5, ["x"], hard=False).keys == ("/new",)


def test_shared_numbers_that_are_lost_come_back_for_everybody(store):
    other = Store(store.folder)
    keep(store, "/a", tags={"x"})
    (store.folder / "shared").unlink()
    other.purge(7, ["x"], hard=True)
    store.look()
    assert store.applied() == 7
    assert store.find("/a") is None
    assert store.shared.words is not other.shared.words
    store.trust()
    keep(store, "/a", tags={"x"})
    assert is_fresh(other, "/a")


def test_a_purge_that_cannot_be_written_empties_the_store(store):
    keep(store, "/a", tags={"x"})
    with sqlite3.connect(store._path) as db:
        db.execute("DROP TABLE stale")
    generation = store.generation
    assert store.purge(1, ["x"], hard=True).pages == 0
    assert store.find("/a") is None
    assert store.generation != generation
    assert store.applied() == 1
    keep(store, "/a")
    assert is_fresh(store, "/a")


def _purge_without_end(folder: Path, ready) -> None:
    store = Store(folder)
    number = store.applied()
    while True:
        number += 1
        keep(store, "/busy", tags={"x"})
        store.purge(number, ["x"], hard=False)
        ready.set()


def test_a_process_killed_in_mid_purge_leaves_the_others_careful(store):
    spawn = multiprocessing.get_context("spawn")
    for _ in range(3):
        ready = spawn.Event()
        process = spawn.Process(target=_purge_without_end, args=(store.folder, ready))
        process.start()
        assert ready.wait(30)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        before = store.generation
        keep(store, "/a", tags={"x"})
        store.purge(store.applied() + 1, ["x"], hard=False)
        assert store.generation % 2 == 0
        assert store.generation > before
        assert not is_fresh(store, "/a")


KEYS = ("/a", "/b", "/c")
TAGS = ("s", "t", "u", "v")


class Newsroom(RuleBasedStateMachine):
    """
    Facts change, and pages are rendered from them, slowly and in any order.

    `facts` holds for each tag how often it changed, and a page is the facts that it
    read. A page that the store calls fresh must say what the facts are now.
    """

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(Path(tempfile.mkdtemp(dir=self.folder)))
        self.store.trust()
        self.facts = dict.fromkeys(TAGS, 0)
        self.withdrawn = dict.fromkeys(TAGS, 0)
        self.flying: list[tuple[str, tuple[str, ...], int, dict[str, int]]] = []
        self.number = 0

    @rule(key=st.sampled_from(KEYS), tags=st.sets(st.sampled_from(TAGS), min_size=1))
    def begin_to_render(self, key, tags):
        begun = self.store.begin()
        self.flying.append((key, tuple(sorted(tags)), begun, dict(self.facts)))

    @rule(which=st.integers(0, 5))
    def end_a_render(self, which):
        if not self.flying:
            return
        key, tags, begun, facts = self.flying.pop(which % len(self.flying))
        seen = {tag: facts[tag] for tag in tags}
        outcome = self.store.keep(key, a_page(repr(seen)), tags, begun=begun)
        read_withdrawn = any(facts[tag] < self.withdrawn[tag] for tag in tags)
        assert (outcome is Outcome.WITHDRAWN) == read_withdrawn

    @rule(tags=st.sets(st.sampled_from(TAGS), min_size=1), hard=st.booleans())
    def act(self, tags, hard):
        self.number += 1
        for tag in tags:
            self.facts[tag] += 1
            if hard:
                self.withdrawn[tag] = self.facts[tag]
        self.store.purge(self.number, sorted(tags), hard=hard)

    @rule()
    def sweep(self):
        self.store.sweep()

    @invariant()
    def no_fresh_page_is_out_of_date_and_no_withdrawn_one_is_seen(self):
        for key in KEYS:
            found = self.store.find(key)
            if found is None:
                continue
            seen = eval(found.page.plain)  # noqa: S307  (our own repr)
            for tag, state in seen.items():
                assert state >= self.withdrawn[tag]
                assert found.purged_at is not None or state == self.facts[tag]

    def teardown(self) -> None:
        self.store.close()


def test_no_fresh_page_is_ever_out_of_date(tmp_path):
    class Here(Newsroom):
        folder = tmp_path

    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Here, settings=settings(max_examples=40, stateful_step_count=30, deadline=None)
    )
