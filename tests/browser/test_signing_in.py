"""The desk's entrance in a browser whose security key is Chromium's own."""

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.operations.newsroom import run

pytestmark = pytest.mark.browser

PASSWORD = "heron-under-the-bridge"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    # Its own reading of styles takes an import for one beside the page.
    "preload": False,
}
INSIDE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """What stands in for the device that keeps passkeys."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        told = self.session.send(
            "WebAuthn.addVirtualAuthenticator", {"options": INSIDE}
        )
        self.id = told["authenticatorId"]

    def send(self, what, **told):
        told["authenticatorId"] = self.id
        return self.session.send(f"WebAuthn.{what}", told)

    def knows_its_owner(self, *, knows):
        self.send("setUserVerified", isUserVerified=knows)

    def fall_behind(self):
        """Put in its place a copy of the key, as it was when it was made."""
        (key,) = self.send("getCredentials")["credentials"]
        self.send("removeCredential", credentialId=key["credentialId"])
        self.send("addCredential", credential=key | {"signCount": 0})


@pytest.fixture
def device(page):
    return Device(page)


@pytest.fixture
def desk(newsroom):
    """Return the desk's address; a passkey wants a host name."""
    return f"http://localhost:{newsroom.port}/desk"


@pytest.fixture
def colleague(newsroom, request):
    """Return the name of somebody new who may sign in."""
    name = f"colleague-{abs(hash(request.node.name)) % 10**6}"
    made = run(
        "manage",
        "createsuperuser",
        "--noinput",
        f"--username={name}",
        "--email=colleague@news.example",
        DATELINE_DATA=str(newsroom.data),
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )
    assert made.returncode == 0, made.stderr
    return name


def give_password(page, desk, name):
    page.goto(f"{desk}/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/login/"))


def sign_out(page):
    page.context.clear_cookies()


def add_passkey(page, desk):
    """Add one by keyboard alone, from the page of one's account."""
    page.goto(f"{desk}/account/signing-in/")
    page.get_by_role("link", name="Add a passkey").press("Enter")
    page.get_by_label("Your password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("What to call it").fill("Work laptop")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Your recovery codes")


def add_app(page, desk):
    page.goto(f"{desk}/account/signing-in/app/")
    app = pyotp.TOTP(page.locator(".desk-key code").inner_text().replace(" ", ""))
    page.get_by_label("Code of your authenticator app").fill(app.now())
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk}/account/signing-in/")


def press_passkey(page):
    page.get_by_role("button", name="passkey").click()


def broken_rules(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_a_passkey_is_made_and_lets_in_alone_and_after_the_password(
    page, desk, device, colleague
):
    give_password(page, desk, colleague)
    add_passkey(page, desk)
    assert page.locator(".desk-codes li").count() == 10
    sign_out(page)

    page.goto(f"{desk}/wire/")
    press_passkey(page)
    page.wait_for_url(f"{desk}/wire/")
    sign_out(page)

    give_password(page, desk, colleague)
    assert page.url == f"{desk}/login/second/"
    press_passkey(page)
    page.wait_for_url(f"{desk}/")


def test_a_device_that_does_not_know_its_owner_lets_nobody_in(
    page, desk, device, colleague
):
    give_password(page, desk, colleague)
    add_passkey(page, desk)
    sign_out(page)
    page.goto(f"{desk}/login/")
    device.knows_its_owner(knows=False)
    press_passkey(page)
    page.wait_for_selector("text=No passkey was used.")
    device.knows_its_owner(knows=True)
    press_passkey(page)
    page.wait_for_url(f"{desk}/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_screens_break_no_rule_and_fit_a_phone(
    page, desk, device, colleague, scheme
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 360, "height": 800})
    found = {}

    def look(path=""):
        if path:
            page.goto(f"{desk}/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        found[page.url] = (broken_rules(page), wide)

    look("login/")
    give_password(page, desk, colleague)
    look("account/signing-in/")
    look("account/signing-in/passkeys/")
    add_passkey(page, desk)
    look()
    look("account/signing-in/app/")
    add_app(page, desk)
    for path in ("", "app/remove/", "recovery-codes/"):
        look(f"account/signing-in/{path}")
    sign_out(page)
    give_password(page, desk, colleague)
    look()
    assert {url: told for url, told in found.items() if told != ([], False)} == {}
    assert len(found) == 8


def test_a_copied_passkey_is_found_out(browser, desk, newsroom, colleague):
    # A page of its own: the refusal is an error in the browser's eyes too.
    page = browser.new_context().new_page()
    device = Device(page)
    give_password(page, desk, colleague)
    add_passkey(page, desk)
    sign_out(page)
    page.goto(f"{desk}/login/")
    press_passkey(page)
    page.wait_for_url(f"{desk}/")
    sign_out(page)
    device.fall_behind()
    page.goto(f"{desk}/login/")
    press_passkey(page)
    page.wait_for_selector("text=This passkey was not recognized.")
    page.context.close()
