"""From a statement to its source and back, by keyboard, on a phone without scripts."""

import pytest

from tests.browser.test_pages import broken_rules

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 700}


@pytest.fixture
def without_scripts(browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_reader_follows_a_statement_to_its_source_without_scripts(
    without_scripts, page, address, code
):
    phone = without_scripts
    phone.goto(f"{address}/{code}/")
    links = phone.locator("main .headline a").all()
    paths = [link.get_attribute("href") for link in links]
    article = next(path for path in paths if has_note(phone, address + path))

    summary = phone.locator(".note summary").first
    name = phone.locator(".note .known a").first
    assert not name.is_visible()
    summary.focus()
    phone.keyboard.press("Enter")
    assert name.is_visible()
    told = name.inner_text()
    name.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"{address}/{code}/sources/*/")
    if not phone.url.endswith("/unnamed/"):
        assert phone.locator("h1").inner_text() == told
    assert phone.locator(f"main a[href='{article}']").count()

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(phone.url)
        assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def has_note(page, url):
    page.goto(url)
    return page.locator(".note .known a").count() > 0
