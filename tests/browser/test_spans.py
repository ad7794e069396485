"""What an attributed span survives in the real editor (docs/adr, the span format)."""

import re

import pytest

pytestmark = pytest.mark.browser

FIRST = (
    "The harbour board closed two of its five berths on Monday after divers had found "
    "cracks in the timber below the water line, its chair said in a written statement."
)
SECOND = (
    "Ships will be sent to the northern basin until the timber has been replaced, "
    "which may take until the end of May, the engineer who leads the inspection said."
)
REPORT = f"""<!doctype html><html lang="en"><head><title>Berths</title></head><body>
<article><h1>Two berths close at the eastern quay</h1><p>{FIRST}</p><p>{SECOND}</p>
</article></body></html>"""
SOURCE = "The Quay Echo"
EDITOR = ".desk-sheet .public-DraftEditor-content"
SAVE = "button:has-text('Save draft')"


@pytest.fixture
def desk(page, address, sign_in):
    """A signed-in editor with a draft whose two paragraphs are laid to a source."""
    name, password = sign_in
    page.goto(f"{address}/desk/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"/desk/$"))
    page.goto(f"{address}/desk/receive/")
    page.fill("#id_text", REPORT)
    page.click("button:has-text('Receive')")
    page.wait_for_url(re.compile(r"/desk/wire/\d+/$"))
    page.select_option("#id_language", "en")
    if page.locator("#id_new_source").count():
        page.fill("#id_new_source", SOURCE)
    page.click("button:has-text('Draft')")
    page.wait_for_url(re.compile(r"/desk/articles/edit/\d+/$"))
    page.wait_for_selector(".desk-span")
    return page


def save(page):
    """Save, load the editor anew, and return the spans: id, text and source's name."""
    with page.expect_navigation():
        page.locator(SAVE).first.click()
    page.reload()
    page.wait_for_selector(EDITOR)
    return spans(page)


def spans(page):
    page.wait_for_function(
        "() => [...document.querySelectorAll('.desk-span')]"
        ".every(span => span.title.startsWith('Source: '))"
    )
    found = page.locator(".desk-span").evaluate_all(
        "all => all.map(e => [e.dataset.span, e.textContent, e.title])"
    )
    joined = {}
    for span, text, title in found:
        before = joined.get(span, ("", ""))[0]
        joined[span] = (before + text, title)
    return joined


def texts(found):
    return [text for text, _ in found.values()]


def test_typing_inside_stays_inside_and_after_stays_outside(desk):
    before = spans(desk)
    desk.locator(EDITOR).first.click()
    desk.keyboard.press("Control+Home")
    for _ in range(len("The harbour ")):
        desk.keyboard.press("ArrowRight")
    desk.keyboard.type("old ")
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" More of our own.")

    after = save(desk)

    assert list(after) == list(before)
    assert texts(after) == [FIRST.replace("The harbour", "The harbour old"), SECOND]
    assert desk.locator(EDITOR).first.inner_text().endswith("More of our own.")
    assert {title for _, title in after.values()} == {f"Source: {SOURCE}"}


def test_bold_inside_leaves_the_span_whole(desk):
    before = spans(desk)
    desk.locator(EDITOR).first.click()
    desk.keyboard.press("Control+Home")
    for _ in range(len("The ")):
        desk.keyboard.press("ArrowRight")
    for _ in range(len("harbour")):
        desk.keyboard.press("Shift+ArrowRight")
    desk.keyboard.press("Control+b")

    after = save(desk)

    assert after == before
    bold = desk.locator(".desk-span span[style*='bold']").first
    assert bold.inner_text() == "harbour"


def test_a_moved_block_takes_its_span_along(desk):
    before = spans(desk)
    desk.locator("[data-streamfield-child]").first.hover()
    desk.locator("[data-streamfield-child] button[title='Move down']").first.click()

    after = save(desk)

    assert texts(after) == [SECOND, FIRST]
    assert after == before


def test_a_copied_block_rests_on_the_same_source_under_its_own_id(desk):
    before = spans(desk)
    desk.locator("[data-streamfield-child]").first.hover()
    desk.locator("[data-streamfield-child] button[title='Duplicate']").first.click()
    desk.wait_for_function(
        f"() => document.querySelectorAll({EDITOR!r}).length === 3", timeout=10_000
    )

    after = save(desk)

    assert sorted(texts(after)) == sorted([FIRST, FIRST, SECOND])
    assert set(before) < set(after)
    assert {title for _, title in after.values()} == {f"Source: {SOURCE}"}


def test_words_copied_to_another_paragraph_keep_their_source(desk):
    before = spans(desk)
    desk.locator(EDITOR).nth(0).click()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+c")
    desk.locator(EDITOR).nth(1).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" ")
    desk.keyboard.press("Control+v")

    after = save(desk)

    assert sorted(texts(after)) == sorted([FIRST, SECOND, FIRST])
    assert set(before) < set(after)
    assert {title for _, title in after.values()} == {f"Source: {SOURCE}"}


def test_an_old_draft_is_compared_and_restored_with_its_spans(desk, address):
    before = spans(desk)
    number = re.search(r"/edit/(\d+)/", desk.url).group(1)
    first = desk.locator("input[name=loaded_revision_id]").input_value()
    desk.locator(EDITOR).first.click()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Nothing of it is left.")
    after = save(desk)
    assert texts(after) == [SECOND]

    history = f"{address}/desk/articles/history/{number}/revisions"
    desk.goto(f"{history}/compare/earliest...latest/")
    compared = desk.locator("main").inner_text()
    assert "Nothing of it is left." in compared
    assert "The harbour board closed" in compared
    assert "data-span" not in compared

    desk.goto(f"{history}/{first}/revert/")
    desk.wait_for_selector(EDITOR)
    with desk.expect_navigation():
        desk.locator("button:has-text('Replace current draft')").first.click()
    desk.goto(f"{address}/desk/articles/edit/{number}/")
    desk.wait_for_selector(EDITOR)

    assert spans(desk) == before


def test_a_selection_is_laid_to_a_source_from_the_toolbar(desk):
    desk.locator(EDITOR).first.click()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("We saw it ourselves.")
    desk.keyboard.press("Control+a")
    desk.locator("button[name=SPAN]:visible").first.click()
    desk.locator(".desk-chooser [role=option]").first.click()
    desk.wait_for_function(
        "() => document.querySelector('.desk-span')?.title.startsWith('Source: ')"
    )

    after = save(desk)

    assert texts(after) == ["We saw it ourselves.", SECOND]
