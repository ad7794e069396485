"""A page that is open says quietly that there is a newer version of it."""

import json
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.operations.newsroom import an_empty_newsroom, environment, opened

pytestmark = pytest.mark.browser

WORDS = {"update": "updated", "redact": "updated", "correct": "corrected"}
SHOWN = {
    "update": "(update)",
    "redact": "A court ordered it.",
    "correct": "We had the number wrong.",
}
SHIFTS = """
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.moved = (window.moved ?? 0) + value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A newsroom of our own: what we withdraw, no other test is reading."""
    data = tmp_path_factory.mktemp("live") / "data"
    an_empty_newsroom(data)
    with opened(data) as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def act(paper):
    """Return a way to act at the door from a process of its own."""

    def acting(*arguments):
        command = [sys.executable, "-m", "tests.browser.acting", *arguments]
        done = subprocess.run(
            command,
            env=environment(DATELINE_DATA=str(paper.data)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return acting


@pytest.fixture
def listening(page, paper):
    """Return a way to open a page and wait until it hears of acts."""

    def opening(path, **size):
        page.set_viewport_size({"width": 1280, "height": 800} | size)
        with page.expect_response("**/events/*") as answered:
            page.goto(f"http://127.0.0.1:{paper.port}{path}")
        assert answered.value.status == 200
        return page

    return opening


@pytest.mark.parametrize("what", WORDS)
def test_an_act_is_told_and_its_link_leads_to_it(listening, act, what):
    path = act("publish", "en")
    page = listening(path)
    bar = page.get_by_role("status")
    assert bar.inner_text() == ""
    page.evaluate(SHIFTS)
    before = page.locator("h1").inner_text()
    act(what, path)
    bar.get_by_role("link").wait_for()
    assert WORDS[what] in bar.inner_text()
    # The page stays as it was, and nothing on it moves.
    assert page.locator("h1").inner_text() == before
    assert page.evaluate("window.moved ?? 0") == 0
    with page.expect_navigation():
        bar.get_by_role("link").click()
    assert SHOWN[what] in page.locator("main").inner_text()
    assert page.get_by_role("status").inner_text() == ""


def test_a_withdrawal_is_told_and_its_link_leads_to_the_reason(listening, act):
    path = act("publish", "en")
    page = listening(path)
    act("kill", path)
    link = page.get_by_role("status").get_by_role("link")
    link.wait_for()
    assert "withdrawn" in page.get_by_role("status").inner_text()
    assert link.inner_text() == "Read why"
    answer = page.request.get(link.evaluate("link => link.href"))
    assert answer.status == 410
    assert "It was not so." in answer.text()


def test_who_was_away_while_it_happened_is_told_on_coming_back(listening, act):
    path = act("publish", "en")
    page = listening(path)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    act("correct", path)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    page.get_by_role("status").get_by_role("link").wait_for()


def test_the_bar_closes_by_key_and_stays_closed_until_the_next_act(listening, act):
    path = act("publish", "en")
    page = listening(path)
    bar = page.get_by_role("status")
    act("update", path)
    bar.get_by_role("button").wait_for()
    bar.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert bar.inner_text() == ""
    assert page.evaluate("document.activeElement.id") == "main"
    act("correct", path)
    bar.get_by_role("link").wait_for()
    assert "corrected" in bar.inner_text()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_bar_breaks_no_rule_at_any_width_by_day_and_by_night(
    listening, act, language
):
    path = act("publish", language)
    page = listening(path)
    act("correct", path)
    page.get_by_role("status").get_by_role("link").wait_for()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert broken_rules(page) == [], (width, scheme)
        overflow = "root => root.scrollWidth - root.clientWidth"
        assert page.locator(":root").evaluate(overflow) <= 0
        assert_its_controls_can_be_hit(page)
        assert_the_foot_can_be_reached(page)
    page.emulate_media(media="print")
    assert not page.get_by_role("status").is_visible()


def broken_rules(page):
    wanted = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
    found = Axe().run(page, options=wanted).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def assert_its_controls_can_be_hit(page):
    for control in ("link", "button"):
        box = page.get_by_role("status").get_by_role(control).bounding_box()
        assert box["height"] >= 44


def assert_the_foot_can_be_reached(page):
    """What has the focus at the very foot of the page is not behind the bar."""
    last = page.locator(".foot a").last
    last.focus()
    box, bar = last.bounding_box(), page.get_by_role("status").bounding_box()
    assert box["y"] + box["height"] <= bar["y"]


def test_who_saves_data_is_left_alone(browser, paper, act):
    path = act("publish", "en")
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    # The clock goes by, not we.
    page.clock.install()
    page.goto(f"http://127.0.0.1:{paper.port}{path}")
    page.clock.run_for(60_000)
    context.close()
    assert asked
    assert [url for url in asked if "/events/" in url] == []


def test_what_is_told_holds_no_word_of_the_article(listening, act):
    path = act("publish", "en")
    page = listening(path)
    act("redact", path)
    page.get_by_role("status").get_by_role("link").wait_for()
    told = page.evaluate(
        """() => new Promise((resolve) => {
          const { events } = document.querySelector("[data-events]").dataset;
          new EventSource(`${events}?last=0`).onmessage = ({ data }) => resolve(data);
        })"""
    )
    assert json.loads(told).keys() == {"act", "entry"}
