"""Reader's pages in a browser: accessible, narrow, and asking nobody else."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

FRONTS = ("/en/", "/ar/", "/zh-CN/", "/hi/")
WIDTHS = (320, 1280)


@pytest.fixture(params=FRONTS)
def front(request, address):
    return address + request.param


def first_article(page, front):
    page.goto(front)
    lead = page.locator("main article a[href*='/20']").first
    return lead.evaluate("link => link.href")


def broken_rules(page):
    wanted = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
    found = Axe().run(page, options=wanted).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_a_front_breaks_no_rule_of_accessibility(page, front):
    page.goto(front)
    assert broken_rules(page) == []


def test_an_article_breaks_no_rule_of_accessibility(page, front):
    page.goto(first_article(page, front))
    assert broken_rules(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(page, front, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in (front, first_article(page, front)):
        page.goto(address)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth"
            " - document.documentElement.clientWidth"
        )
        assert overflow <= 0, address


def test_a_reader_asks_nobody_but_the_paper_and_gets_no_cookie(page, front, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(front, wait_until="networkidle")
    page.goto(first_article(page, front), wait_until="networkidle")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert page.context.cookies() == []


def test_the_first_key_leads_past_the_masthead(page, front):
    page.goto(front)
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    assert target.startswith("#")
    page.keyboard.press("Enter")
    assert page.locator(target).count() == 1


def test_the_desk_opens_to_who_signs_in(page, address, sign_in):
    name, password = sign_in
    page.goto(f"{address}/desk/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/desk/" in url and "/login" not in url)
    session = next(c for c in page.context.cookies() if c["name"] == "dateline_desk")
    assert session["path"] == "/desk/"
    assert session["httpOnly"]
