"""The source desk in a browser: by keyboard, and nothing hostile runs."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.test_desk import enter
from tests.browser.test_pages import broken_rules

pytestmark = pytest.mark.browser

SCREENS = (
    "sources/",
    "sources/add/",
    "sources/add/?kind=unnamed",
    "sources/report/",
    "sources/links/",
)
LOOKS = ({"width": 1280, "scheme": "light"}, {"width": 360, "scheme": "dark"})
HOSTILE = b"""<!doctype html><title>Berths</title><script>
document.documentElement.dataset.ran = 'yes'</script>
<p onclick="spy()">Two berths close.</p><img src=x onerror="spy()">"""


@pytest.fixture
def desk(page, address, sign_in):
    return enter(page, address, sign_in)


def make(desk, address, name):
    """Make a source, and return the address of its page."""
    desk.goto(f"{address}/desk/sources/add/")
    desk.fill("#id_name", name)
    desk.click("main button[type=submit], footer button[type=submit]")
    desk.wait_for_url(re.compile(r"/desk/sources/\d+/$"))
    return desk.url


def looked_at(desk, screens):
    """Return what is broken on these screens: rules, and what scrolls sideways."""
    broken = {}
    for screen in screens:
        desk.goto(screen, wait_until="networkidle")
        wide = desk.evaluate(
            "() => document.documentElement.scrollWidth"
            " - document.documentElement.clientWidth"
        )
        if (rules := broken_rules(desk)) or wide > 0:
            broken[screen] = (rules, wide)
    return broken


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look["scheme"])
def test_no_screen_of_the_source_desk_breaks_a_rule(desk, address, look):
    desk.set_viewport_size({"width": look["width"], "height": 900})
    desk.emulate_media(color_scheme=look["scheme"])
    desk.goto(f"{address}/desk/sources/")
    source = desk.locator(".listing .title a").first.evaluate("link => link.href")

    screens = [f"{address}/desk/{screen}" for screen in SCREENS]
    screens += [source + rest for rest in ("", "used/", "cite/", "merge/")]
    assert looked_at(desk, screens) == {}


def test_twins_are_merged_and_parted_by_keyboard_alone(desk, address):
    house = make(desk, address, "Pilots of the bar")
    twin = make(desk, address, "Bar pilots")
    desk.goto(f"{twin}merge/")

    choose = desk.get_by_role("button", name=re.compile("Choose source")).first
    choose.focus()
    desk.keyboard.press("Enter")
    search = desk.locator(".modal").get_by_label("Search")
    search.wait_for()
    # The modal's own scripts come with it.
    desk.wait_for_load_state("networkidle")
    search.focus()
    # At once: the answer to half of it may come after the answer to all of it.
    desk.keyboard.insert_text("pilots of")
    desk.keyboard.press("Enter")
    found = desk.locator(".modal").get_by_role("link", name="Pilots of the bar")
    found.focus()
    desk.keyboard.press("Enter")
    desk.locator(".modal").wait_for(state="hidden")
    desk.get_by_label("Why").focus()
    desk.keyboard.type("One crew under two names.")
    desk.get_by_role("button", name="Merge", exact=True).focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url(house)

    assert "One crew under two names." in desk.inner_text("main")
    desk.get_by_role("button", name=re.compile("by itself again")).focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url(twin)
    assert "stands by itself again" in desk.inner_text("body")


def test_a_hostile_page_that_was_kept_does_not_run(desk, address):
    source = make(desk, address, "A page that bites")
    desk.goto(f"{source}cite/")
    file = {"name": "page.html", "mimeType": "text/html", "buffer": HOSTILE}
    desk.set_input_files("#id_file", [file])
    desk.get_by_role("button", name="Cite", exact=True).click()
    desk.wait_for_url(source)
    desk.get_by_role("link", name="kept copy").click()

    assert "Two berths close." in desk.inner_text("[role=region]")
    assert desk.locator("[role=region] *").count() == 0
    with desk.expect_download() as begun:
        desk.get_by_role("link", name="Download the original").click()
    assert begun.value.suggested_filename.endswith(".html")
    ran = desk.evaluate("document.documentElement.dataset.ran || ''")
    assert ran == ""
    assert urlsplit(desk.url).path.startswith("/desk/sources/kept/")
