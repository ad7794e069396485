"""The margin and the chooser, as a reporter with a keyboard uses them."""

import json
import re
from pathlib import Path

import pytest

from tests.browser.test_desk import EDITOR, enter
from tests.browser.test_pages import broken_rules
from tests.browser.test_spans import SAVE

pytestmark = pytest.mark.browser

PASTED = Path(__file__).parent / "pasted"
PASTE = """html => {
  const held = new DataTransfer();
  held.setData('text/html', html);
  held.setData('text/plain', 'plain');
  document.activeElement.dispatchEvent(new ClipboardEvent(
    'paste', { clipboardData: held, bubbles: true, cancelable: true }));
}"""

HEADLINE = "Berths closed"
NAME = "Tide Office"
TEXT = "Two of five berths closed on Monday. Water is wet."


@pytest.fixture
def desk(page, address, sign_in):
    """A new article of one paragraph, the caret in it."""
    enter(page, address, sign_in)
    begin(page, address)
    return page


def begin(desk, address):
    desk.goto(f"{address}/desk/articles/add/")
    desk.fill("#id_headline", HEADLINE)
    desk.locator("button[title='Insert a block']").first.click()
    desk.get_by_role("option", name="Paragraph").click()
    desk.locator(EDITOR).first.click()


def counted(desk, says):
    desk.wait_for_function(
        "says => document.querySelector('.desk-ledger-count').textContent === says",
        arg=says,
    )


def noted(desk, name):
    desk.locator(".desk-note-who").get_by_text(name, exact=True).first.wait_for()


def saved(desk):
    """Save, and load the editor anew."""
    with desk.expect_navigation():
        desk.locator(SAVE).first.click()
    desk.reload()
    desk.wait_for_selector(EDITOR)


def test_a_reporter_gives_each_statement_a_source_by_keyboard_alone(desk, address):
    desk.keyboard.type(TEXT)
    counted(desk, "3 statements, 3 without a source")

    desk.keyboard.press("Control+Enter")
    desk.keyboard.type(NAME)
    desk.locator("[role=option]", has_text=f"New source: {NAME}").wait_for()
    assert broken_rules(desk) == []
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    counted(desk, "3 statements, 2 without a source")
    desk.keyboard.type(" It rose.")
    assert desk.locator(".desk-span").all_inner_texts() == ["Water is wet."]

    desk.keyboard.press("Control+Home")
    desk.keyboard.press("Control+Enter")
    desk.keyboard.type("common")
    desk.locator("[role=option]", has_text="Common knowledge").wait_for()
    desk.keyboard.press("Enter")
    counted(desk, "4 statements, 1 without a source, 1 marked")
    desk.focus("#id_headline")
    desk.keyboard.press("Control+Enter")
    desk.keyboard.press("Enter")
    desk.locator(".desk-note-who").first.filter(has_text=NAME).wait_for()

    saved(desk)

    counted(desk, "4 statements, 1 without a source, 1 marked")
    noted(desk, NAME)
    number = re.search(r"/edit/(\d+)/", desk.url).group(1)
    desk.goto(f"{address}/desk/articles/{number}/statements/")
    listed = desk.locator("main").inner_text()
    assert "2 traced to a source" in listed
    assert "1 marked common knowledge" in listed


WRITTEN = [
    "Two of five berths closed on Monday, the harbour board said.",
    "“We cannot risk a third,” Ina Brook said.",
    "It rose.",
]
TOLD = {
    "word": (WRITTEN, ["Two of five"], ["LINK"]),
    "docs": (WRITTEN, ["Two of five"], ["LINK"]),
    "reader": (["Before. Two of five berths closed. After."], ["After"], []),
}


def test_what_is_pasted_keeps_its_text_and_brings_no_span(desk):
    for name, told in TOLD.items():
        desk.keyboard.press("Control+a")
        desk.keyboard.press("Delete")
        desk.evaluate(PASTE, (PASTED / f"{name}.html").read_text(encoding="utf-8"))
        desk.locator(EDITOR).first.get_by_text(told[0][-1]).wait_for()
        counted(desk, "4 statements, 4 without a source")
        assert written(desk) == told, name


def written(desk):
    """Return the paragraphs, the bold words, and the kinds of entities."""
    value = desk.locator("input[name='body-0-value']").evaluate(
        "input => { input.draftailEditor.saveState(); return input.value; }"
    )
    state = json.loads(value)
    bold = [
        block["text"][r["offset"] : r["offset"] + r["length"]]
        for block in state["blocks"]
        for r in block["inlineStyleRanges"]
        if r["style"] == "BOLD"
    ]
    kinds = [entity["type"] for entity in state["entityMap"].values()]
    return [block["text"] for block in state["blocks"]], bold, kinds


def test_a_pasted_link_is_cited_and_goes_with_words_to_another_article(desk, address):
    desk.keyboard.type(TEXT)
    desk.keyboard.press("Control+Enter")
    desk.keyboard.insert_text(f"{address}/en/")
    desk.keyboard.press("Enter")
    desk.locator("#desk-chooser-name:visible").wait_for()
    assert desk.locator("#desk-chooser-name").input_value() == "127.0.0.1"
    desk.keyboard.press("Enter")
    counted(desk, "3 statements, 2 without a source")
    saved(desk)
    span = desk.locator(".desk-span").get_attribute("data-span")
    desk.locator(EDITOR).first.click()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+c")

    begin(desk, address)
    desk.keyboard.press("Control+v")
    counted(desk, "3 statements, 2 without a source")
    saved(desk)

    assert desk.locator(".desk-span").inner_text() == "Water is wet."
    assert desk.locator(".desk-span").get_attribute("data-span") != span
    noted(desk, "127.0.0.1")
    desk.goto(f"{address}/desk/sources/?q=127.0.0.1")
    desk.locator("main").get_by_text("127.0.0.1").first.click()
    desk.wait_for_url(re.compile(r"/desk/sources/\d+/$"))
    page = desk.locator("main").inner_text()
    assert page.count("Water is wet.") == 2
    assert "127.0.0.1 (kept copy)" in page


def test_an_arabic_article_has_its_margin_on_the_other_side(desk):
    desk.select_option("#id_language", "ar")
    desk.locator(EDITOR).first.click()
    desk.keyboard.type("قال رئيس البلدية إن المرسى مغلق. الماء مبلل.")
    counted(desk, "3 statements, 3 without a source")
    margin = desk.locator(".desk-ledger").bounding_box()
    text = desk.locator(EDITOR).first.bounding_box()
    assert margin["x"] + margin["width"] < text["x"]

    desk.locator(".desk-note-offer").first.click()
    desk.locator("#desk-chooser-name:visible").wait_for()
    assert desk.locator("#desk-chooser-name").input_value() == "رئيس البلدية"
    assert broken_rules(desk) == []
    desk.keyboard.press("Enter")
    counted(desk, "3 statements, 2 without a source")
    saved(desk)
    noted(desk, "رئيس البلدية")


def test_writing_goes_on_while_the_desk_does_not_answer(browser, address, sign_in):
    desk = browser.new_page()
    enter(desk, address, sign_in)
    begin(desk, address)
    desk.keyboard.type(TEXT)
    counted(desk, "3 statements, 3 without a source")

    desk.context.route("**/desk/margin/", lambda route: route.abort())
    desk.keyboard.type(" It rose.")
    desk.locator(".desk-ledger-trouble").get_by_text("Go on writing").wait_for()
    desk.keyboard.type(" It fell.")
    assert desk.locator(EDITOR).first.inner_text() == f"{TEXT} It rose. It fell."

    desk.context.unroute("**/desk/margin/")
    desk.keyboard.type(" Then it rained.")
    counted(desk, "6 statements, 6 without a source")
    desk.close()
