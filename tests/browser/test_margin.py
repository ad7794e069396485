"""The margin and the chooser, as a reporter with a keyboard uses them."""

import re

import pytest

from tests.browser.test_desk import EDITOR, enter
from tests.browser.test_pages import broken_rules

pytestmark = pytest.mark.browser

COUNT = ".desk-ledger-count"
HEADLINE = "Berths closed"
NAME = "Tide Office"
TEXT = "Two of five berths closed on Monday. Water is wet."


@pytest.fixture
def desk(page, address, sign_in):
    """A new article of one paragraph, the caret at its end."""
    enter(page, address, sign_in)
    page.goto(f"{address}/desk/articles/add/")
    page.fill("#id_headline", HEADLINE)
    page.locator("button[title='Insert a block']").first.click()
    page.get_by_role("option", name="Paragraph").click()
    page.locator(EDITOR).first.click()
    return page


def counted(desk, says):
    desk.wait_for_function(
        "says => document.querySelector('.desk-ledger-count').textContent === says",
        arg=says,
    )


def notes(desk):
    names = desk.locator(".desk-note-who")
    return names.all_inner_texts()


def saved(desk):
    """Wait until the draft has saved itself, and load it anew."""
    desk.wait_for_function(
        "() => /\\/edit\\/\\d+\\//.test(location.pathname)"
        " && !document.querySelector('input[name=desk-rests]').value"
    )
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
    assert notes(desk)[0] == NAME
    number = re.search(r"/edit/(\d+)/", desk.url).group(1)
    desk.goto(f"{address}/desk/articles/{number}/statements/")
    listed = desk.locator("main").inner_text()
    assert "2 traced to a source" in listed
    assert "1 marked common knowledge" in listed
