"""The desk in a browser: accessible on every screen of our own, and nothing lost."""

import re

import pytest

from tests.browser.test_pages import broken_rules
from tests.browser.test_spans import SAVE

pytestmark = pytest.mark.browser

SCREENS = (
    "",
    "articles/",
    "articles/add/",
    "receive/",
    "wire/",
    "sections/",
    "sections/add/",
    "contributors/add/",
    "topics/",
    "purges/",
)
LOOKS = ({"width": 1280, "scheme": "light"}, {"width": 360, "scheme": "dark"})
EDITOR = ".desk-sheet .public-DraftEditor-content"


def enter(page, address, sign_in):
    name, password = sign_in
    page.goto(f"{address}/desk/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"/desk/$"))
    return page


@pytest.fixture
def desk(page, address, sign_in):
    return enter(page, address, sign_in)


def first_article(desk, address):
    desk.goto(f"{address}/desk/articles/?standing=published&language=ar")
    return desk.locator(".desk-headline-cell a").first.evaluate("link => link.href")


def begin(desk, address, *, headline):
    """Save a draft of a headline alone."""
    desk.goto(f"{address}/desk/articles/add/")
    desk.fill("#id_headline", headline)
    with desk.expect_navigation():
        desk.locator(SAVE).first.click()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look["scheme"])
def test_no_screen_of_ours_breaks_a_rule_of_accessibility(desk, address, look):
    desk.set_viewport_size({"width": look["width"], "height": 900})
    desk.emulate_media(color_scheme=look["scheme"])
    editor = first_article(desk, address)
    # The lowest row that a list can have.
    begin(desk, address, headline="Fog")
    number = re.search(r"/edit/(\d+)/", editor).group(1)
    acts = [f"articles/{number}/{act}/" for act in ("update", "correct", "kill")]

    broken = {}
    for screen in (*(f"{address}/desk/{s}" for s in (*SCREENS, *acts)), editor):
        desk.goto(screen, wait_until="networkidle")
        wide = desk.evaluate(
            "() => document.documentElement.scrollWidth"
            " - document.documentElement.clientWidth"
        )
        if (rules := broken_rules(desk)) or wide > 0:
            broken[screen] = (rules, wide)

    assert broken == {}


def test_the_headline_says_how_long_it_is(desk, address):
    desk.goto(f"{address}/desk/articles/add/")
    headline = desk.locator("#id_headline")
    hint = desk.locator("#id_headline-length")
    for text, says in (
        ("Fog closes the harbour", "22 of 70: good"),
        ("大雾封港", "8 of 70: good"),
        ("x" * 80, "80 of 70: long"),
        ("x" * 120, "120 of 70: too long for a front"),
    ):
        headline.fill(text)
        assert hint.inner_text() == says


def test_what_is_typed_saves_itself_and_the_second_editor_is_told(
    desk, browser, address, sign_in
):
    editor = first_article(desk, address)
    desk.goto(editor)
    desk.wait_for_selector(EDITOR)
    second = browser.new_context().new_page()
    enter(second, address, sign_in)
    second.goto(editor)
    second.wait_for_selector(EDITOR)

    with desk.expect_response(lambda r: r.request.method == "POST" and r.url == editor):
        desk.locator("#id_ednote").fill("From the first editor")
    with second.expect_response(
        lambda r: r.request.method == "POST" and r.url == editor
    ) as refused:
        second.locator("#id_ednote").fill("From the second editor")

    assert refused.value.status == 400
    assert refused.value.json()["error_code"] == "invalid_revision"
    assert second.locator("#id_ednote").input_value() == "From the second editor"
    desk.reload()
    assert desk.locator("#id_ednote").input_value() == "From the first editor"
    second.context.close()


def test_what_is_typed_while_the_draft_saves_itself_is_saved_too(desk, address):
    editor = first_article(desk, address)
    desk.goto(editor)
    desk.wait_for_selector(EDITOR)
    note, on_the_way = desk.locator("#id_ednote"), []

    def pass_on(route):
        if route.request.method == "POST" and not on_the_way:
            on_the_way.append(route)
        else:
            route.continue_()

    desk.route(editor, pass_on)
    # At once: Wagtail takes what is typed in its first two seconds for what was there.
    with desk.expect_request(lambda r: r.method == "POST" and r.url == editor):
        note.fill("Begun")
    note.fill("Begun and ended")
    with desk.expect_response(
        lambda r: "Begun and ended" in (r.request.post_data or "")
    ):
        on_the_way[0].continue_()

    desk.reload()
    assert note.input_value() == "Begun and ended"
