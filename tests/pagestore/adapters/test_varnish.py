"""Pages kept by a real Varnish, and what our purges do to them."""

import contextlib
import http.client
import threading

import pytest

from dateline.pagestore.adapters.choosing import parse
from dateline.pagestore.adapters.marks import CROWDED, EVERY_PAGE
from dateline.pagestore.adapters.varnish import Varnish
from dateline.pagestore.adapters.vocabulary import Cache, CacheRefused, Kind
from tests.pagestore.adapters import debian
from tests.pagestore.adapters.origin import HOST, opened

pytestmark = pytest.mark.caches
VARNISH = Cache(Kind.VARNISH, "")
HARBOUR = "/en/2026/11/22/harbour/"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("varnish")
    with (
        opened(VARNISH) as origin,
        debian.varnish(folder, origin.port) as front,
    ):
        yield origin, front


@pytest.fixture
def origin(running):
    origin, _ = running
    origin.pages.clear()
    origin.caches = (VARNISH,)
    origin.is_overtaken = False
    return origin


@pytest.fixture
def front(running):
    return running[1]


@pytest.fixture
def adapter(front):
    return Varnish(f"http://127.0.0.1:{front.purges}", seconds=5.0)


def purge(adapter, *tags, addresses=(), hard=False):
    adapter.purge(tags, [f"https://{HOST}{path}" for path in addresses], hard=hard)


def keep(origin, front, path, text, *tags):
    """Have a page kept; the second answer is a hit."""
    origin.pages[path] = (text, tags)
    front.get(path)
    assert front.get(path) == (text, "hit")


def test_a_purge_makes_its_pages_fresh_and_leaves_the_others(origin, front, adapter):
    keep(origin, front, "/en/a/", "old", "article:1", "list:en:latest")
    keep(origin, front, "/en/b/", "same", "article:11", "list:en:latests")
    origin.pages["/en/a/"] = ("new", ("article:1",))
    assert front.get("/en/a/") == ("old", "hit")

    purge(adapter, "article:1")

    assert front.get("/en/a/") == ("new", "miss")
    assert front.get("/en/b/") == ("same", "hit")


def test_a_soft_purge_shows_the_old_copy_once_more(origin, front, adapter):
    keep(origin, front, "/en/soft/", "old", "article:2")
    origin.pages["/en/soft/"] = ("new", ("article:2",))
    origin.holds.clear()

    purge(adapter, "article:2", addresses=["/en/soft/"])
    # The house takes its time: readers have the old page meanwhile.
    assert front.get("/en/soft/") == ("old", "hit")
    origin.holds.set()

    assert wait_for(front, "/en/soft/", "new")


def test_a_cache_further_out_keeps_no_copy_that_is_stale_here(origin, front, adapter):
    origin.caches = (VARNISH, parse("cloudflare://ZONE"))
    keep(origin, front, "/en/chain/", "old", "article:13")
    field = "Cloudflare-CDN-Cache-Control"
    assert headers_of(front, "/en/chain/")[field] == "max-age=3600"
    origin.holds.clear()
    purge(adapter, "article:13", addresses=["/en/chain/"])
    stale = headers_of(front, "/en/chain/")
    origin.holds.set()
    assert field not in stale
    assert "Cache-Tag" not in stale


def headers_of(front, path):
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Host": HOST})
        with connection.getresponse() as answer:
            return answer.headers


def wait_for(front, path, text):
    """Ask until the page is there; the copy in the background needs a moment."""
    asks = (front.get(path)[0] for _ in range(2_000))
    return any(body == text for body in asks)


def test_a_hard_purge_leaves_no_copy_to_show(origin, front, adapter):
    keep(origin, front, "/en/hard/", "killed", "article:3")
    # Stale copies, which a soft purge leaves to be shown, go as well.
    origin.holds.clear()
    purge(adapter, "article:3", addresses=["/en/hard/"])
    assert front.get("/en/hard/") == ("killed", "hit")
    origin.pages["/en/hard/"] = ("withdrawn", ("article:3",))

    purge(adapter, "article:3", addresses=["/en/hard/"], hard=True)

    answers = []
    reader = threading.Thread(target=lambda: answers.append(front.get("/en/hard/")))
    reader.start()
    origin.holds.set()
    reader.join(10)
    assert [text for text, _ in answers] == ["withdrawn"]


def test_a_killed_page_is_not_shown_when_the_house_is_gone(tmp_path):
    with opened(VARNISH) as origin:
        stack = contextlib.ExitStack()
        front = stack.enter_context(debian.varnish(tmp_path, origin.port))
        keep(origin, front, "/en/gone/", "killed", "article:4")
        keep(origin, front, "/en/stays/", "kept", "article:5")
        adapter = Varnish(f"http://127.0.0.1:{front.purges}", seconds=5.0)
        purge(adapter, "article:4", hard=True)
    with stack:
        assert "killed" not in front.get("/en/gone/")[0]
        assert front.get("/en/stays/") == ("kept", "hit")


ODD_TAGS = [
    "list:ar:section:ميناء-قديم",
    "list:my:topic:ဆိပ်ကမ်း",
    "a\"b'c",
    "two words",
    "a|b",
    ".*",
    "^$",
    "(x",
    "[a-z]+",
    "back\\slash",
    "a&&b",
    "obj.http.x ~ .",
    "line\r\nSurrogate-Key: article:999",
    "comma,comma",
    "per%cent",
    "",
    "x" * 5_000,
    "ä" * 300,
]


def test_no_tag_breaks_a_ban_or_strikes_another_page(origin, front, adapter):
    keep(origin, front, "/en/other/", "other", "article:999", "b", "x", "words")
    for number, tag in enumerate(ODD_TAGS):
        path = f"/en/odd/{number}/"
        keep(origin, front, path, "old", tag, "article:6")
        origin.pages[path] = ("new", (tag,))
    for number, tag in enumerate(ODD_TAGS):
        purge(adapter, tag)
        assert front.get(f"/en/odd/{number}/") == ("new", "miss"), tag
        if number + 1 < len(ODD_TAGS):
            assert front.get(f"/en/odd/{number + 1}/") == ("old", "hit"), tag
    assert front.get("/en/other/") == ("other", "hit")


def test_a_purge_of_thousands_of_tags_is_told_in_portions(origin, front, adapter):
    keep(origin, front, "/en/first/", "old", "group:00000")
    keep(origin, front, "/en/last/", "old", "group:09999")
    keep(origin, front, "/en/none/", "old", "article:7")
    purge(adapter, *(f"group:{number:05}" for number in range(10_000)))
    assert front.get("/en/first/")[1] == "miss"
    assert front.get("/en/last/")[1] == "miss"
    assert front.get("/en/none/")[1] == "hit"


def test_a_page_with_too_many_tags_is_purged_by_every_purge(origin, front, adapter):
    many = tuple(f"group:{number:036}" for number in range(1_000))
    keep(origin, front, "/sitemaps/2026/11/22.xml", "old", *many)
    purge(adapter, many[-1])
    assert front.get("/sitemaps/2026/11/22.xml")[1] == "miss"
    assert dict(origin.fields(many))["surrogate-key"] == f"{CROWDED} {EVERY_PAGE}"


def test_no_query_and_no_cookie_makes_another_page(origin, front, adapter):
    keep(origin, front, HARBOUR, "old", "article:8")
    assert front.get(f"{HARBOUR}?utm_source=x") == ("old", "hit")
    assert front.get(HARBOUR, Cookie="who=ina", Accept_Language="uk")[1] == "hit"
    assert front.get(HARBOUR, host="NEWS.example")[1] == "hit"
    origin.pages[HARBOUR] = ("new", ("article:8",))
    purge(adapter, "article:8")
    assert front.get(f"{HARBOUR}?utm_source=y") == ("new", "miss")


def test_what_nothing_can_purge_is_not_kept(origin, front):
    origin.pages["/en/untagged/"] = ("page", ())
    front.get("/en/untagged/")
    assert front.get("/en/untagged/")[1] == "miss"
    front.get("/no/such/page/")
    assert front.get("/no/such/page/")[1] == "miss"


def test_an_answer_that_a_purge_overtook_is_not_kept(origin, front, adapter):
    origin.pages["/en/late/"] = ("old", ("article:9",))
    origin.is_overtaken = True
    assert front.get("/en/late/") == ("old", "miss")
    origin.is_overtaken = False
    origin.pages["/en/late/"] = ("new", ("article:9",))
    assert front.get("/en/late/") == ("new", "miss")


@pytest.mark.parametrize("method", ["BAN", "PURGE"])
def test_readers_cannot_purge(origin, front, method):
    keep(origin, front, "/en/safe/", "page", "article:10")
    headers = {"Surrogate_Key": "article:10", "Purge_Mode": "hard"}
    status, _, _ = debian.ask(front.port, method, "/en/safe/", **headers)
    assert status == 405
    assert front.get("/en/safe/")[1] == "hit"


@pytest.mark.parametrize(
    "keys", ["", "a && obj.status == 200", "a)|(.*", "a\tb", 'a"', "a\\", "a,b"]
)
def test_a_ban_that_is_not_made_of_tags_is_refused(origin, front, keys):
    keep(origin, front, "/en/refused/", "page", "a")
    status, _, _ = debian.ask(front.purges, "BAN", "/", Surrogate_Key=keys)
    assert status == 400
    assert front.get("/en/refused/")[1] == "hit"


def test_the_desk_is_passed_on_with_its_cookies_and_never_kept(origin, front):
    origin.pages["/desk/"] = ("Ina's", ("article:1",))
    assert front.get("/desk/", Cookie="dateline_desk=1") == ("Ina's", "miss")
    origin.pages["/desk/"] = ("Jonas's", ("article:1",))
    assert front.get("/desk/", Cookie="dateline_desk=2") == ("Jonas's", "miss")


def test_a_refusal_is_told_with_what_to_do(front):
    # The readers' door takes no purges.
    wrong = Varnish(f"http://127.0.0.1:{front.port}", seconds=5.0)
    with pytest.raises(CacheRefused, match=r"lets purge.*405"):
        wrong.purge(["article:1"], [], hard=True)


def test_readers_see_nothing_of_what_caches_are_told(origin, front):
    keep(origin, front, "/en/plain/", "page", "article:12")
    seen = headers_of(front, "/en/plain/")
    names = {name.lower() for name in seen}
    assert not names & {"surrogate-key", "surrogate-control", "age"}
    assert seen["Cache-Control"] == "public, max-age=0, must-revalidate"
