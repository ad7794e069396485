"""Pages kept by a real nginx, and what our purges do to them."""

import pytest

from dateline.pagestore.adapters.nginx import Nginx
from dateline.pagestore.adapters.vocabulary import Cache, CacheRefused, Kind
from tests.pagestore.adapters import debian
from tests.pagestore.adapters.origin import HOST, opened

pytestmark = pytest.mark.caches
# «قديم» and a slug with an apostrophe's place taken by a hyphen, as browsers send them.
ARABIC = "/ar/2026/11/22/%D9%85%D9%8A%D9%86%D8%A7%D8%A1/"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    with (
        opened(Cache(Kind.NGINX, "")) as origin,
        debian.nginx(folder, origin.port) as front,
    ):
        yield origin, front


@pytest.fixture
def origin(running):
    origin, _ = running
    origin.pages.clear()
    origin.is_overtaken = False
    return origin


@pytest.fixture
def front(running):
    return running[1]


@pytest.fixture
def adapter(front):
    return Nginx(f"http://127.0.0.1:{front.purges}", seconds=5.0)


def purge(adapter, *paths, hard=False):
    adapter.purge(["any"], [f"https://{HOST}{path}" for path in paths], hard=hard)


def keep(origin, front, path, text):
    origin.pages[path] = (text, ("any",))
    front.get(path)
    assert front.get(path) == (text, "hit")


@pytest.mark.parametrize("hard", [False, True])
def test_a_purge_removes_its_pages_and_leaves_the_others(origin, front, adapter, hard):
    for path in (f"/en/a/{hard}/", f"/en/ab/{hard}/"):
        keep(origin, front, path, "old")
        origin.pages[path] = ("new", ("any",))
    purge(adapter, f"/en/a/{hard}/", "/en/never-kept/", hard=hard)
    assert front.get(f"/en/a/{hard}/") == ("new", "miss")
    assert front.get(f"/en/ab/{hard}/") == ("old", "hit")


def test_one_purge_removes_every_form_of_a_page(origin, front, adapter):
    keep(origin, front, "/en/forms/", "old")
    assert front.get("/en/forms/", Accept_Encoding="gzip") == ("old", "hit")
    assert front.get("/en/forms/", Accept_Language="ar", Cookie="a=b")[1] == "hit"
    assert front.get("/en/forms/?utm_source=x") == ("old", "hit")
    origin.pages["/en/forms/"] = ("new", ("any",))
    purge(adapter, "/en/forms/")
    assert front.get("/en/forms/", Accept_Encoding="gzip")[0] == "new"
    assert front.get("/en/forms/")[0] == "new"


def test_addresses_in_any_script_are_purged(origin, front, adapter):
    keep(origin, front, ARABIC, "old")
    origin.pages[ARABIC] = ("new", ("any",))
    purge(adapter, ARABIC)
    assert front.get(ARABIC) == ("new", "miss")


@pytest.mark.parametrize(
    "path",
    [
        ARABIC.lower(),
        "/en/%61/",
        "/en//a/",
        "/en/a%2Fb/",
        "/en/a%20b/",
        "/en/%0D%0Ax/",
        "/en/a'b|c/",
    ],
)
def test_another_spelling_of_an_address_is_never_kept(origin, front, path):
    origin.pages[path] = ("page", ("any",))
    front.get(path)
    assert front.get(path)[1] == "bypass"


def test_a_wrong_spelling_cannot_stand_in_for_the_right_one(origin, front):
    origin.pages["/en/right/"] = ("right", ("any",))
    assert front.get("/en//right/")[0] == "nothing here"
    assert front.get("/en/x/../right/")[0] == "nothing here"
    assert front.get("/en/right/")[0] == "right"


def test_what_has_no_lifetime_is_not_kept(origin, front):
    origin.pages["/en/untagged/"] = ("page", ())
    front.get("/en/untagged/")
    assert front.get("/en/untagged/")[1] == "miss"
    origin.pages["/en/late/"] = ("page", ("any",))
    origin.is_overtaken = True
    front.get("/en/late/")
    assert front.get("/en/late/")[1] == "miss"


@pytest.mark.parametrize("path", ["/", "/desk/", "/healthz", "/static/x.css"])
def test_what_is_not_a_shared_page_is_passed_on(origin, front, path):
    origin.pages[path] = ("first", ("any",))
    assert front.get(path, Cookie="a=1")[0] == "first"
    origin.pages[path] = ("second", ("any",))
    assert front.get(path, Cookie="a=2")[0] == "second"


def test_readers_cannot_purge(origin, front):
    keep(origin, front, "/en/safe/", "page")
    status, _, _ = debian.ask(front.port, "PURGE", "/en/safe/")
    assert status != 200
    assert front.get("/en/safe/")[1] == "hit"


def test_the_door_of_purges_gives_no_pages(origin, front):
    keep(origin, front, "/en/door/", "page")
    assert debian.ask(front.purges, "GET", "/en/door/")[0] == 405
    assert front.get("/en/door/")[1] == "hit"


def test_a_refusal_is_told_with_what_to_do(front):
    wrong = Nginx(f"http://127.0.0.1:{front.port}", seconds=5.0)
    with pytest.raises(CacheRefused, match="lets purge"):
        wrong.purge([], [f"https://{HOST}/en/x/"], hard=True)
