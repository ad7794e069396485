"""A real browser before a real newsroom with the demonstration paper in it."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.operations.newsroom import demonstration, environment, opened

# As root Chromium has no sandbox; and it must ask nobody but the newsroom.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def paper(tmp_path_factory):
    """Return the demonstration's data folder, and its sign-in."""
    data = tmp_path_factory.mktemp("browser") / "data"
    return data, demonstration(data)


@pytest.fixture(scope="session")
def newsroom(paper):
    # A page that is kept may be one of the newsroom's own.
    environ = environment(DATELINE_ALLOWED_NETWORKS="127.0.0.1/32")
    with opened(paper[0], environ=environ) as newsroom:
        newsroom.wait_until_well()
        yield newsroom


@pytest.fixture(scope="session")
def address(newsroom):
    """Return where the paper is, without a closing slash."""
    return f"http://127.0.0.1:{newsroom.port}"


@pytest.fixture(scope="session")
def sign_in(paper):
    """Return name and password of the one member of staff who can sign in."""
    return paper[1]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page of a browser that nobody has used; it fails on errors of its scripts."""
    context = browser.new_context()
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda said: errors.append(said.text) if said.type == "error" else None,
    )
    yield page
    context.close()
    assert errors == []
