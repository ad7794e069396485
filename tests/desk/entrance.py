"""What somebody does who wants in."""

import re

import pyotp
from django.test import Client

from dateline.people import actions, codes

PASSWORD = "heron-under-the-bridge"
SIGN_IN, SECOND = "/desk/login/", "/desk/login/second/"
OWN = "/desk/account/signing-in/"


def attempt(client, *, name="mira", password=PASSWORD, **fields):
    """Send the form of the desk's entrance."""
    return client.post(SIGN_IN, {"username": name, "password": password, **fields})


def is_in(client):
    """Tell whether the desk takes this client for somebody who is signed in."""
    return client.get("/desk/account/").status_code == 200


def confirm(client, password=PASSWORD):
    return client.post(f"{OWN}confirm/", {"password": password})


def set_up_app(client, clock):
    """Add an authenticator app as a person would; return it and the recovery codes."""
    confirm(client)
    page = client.get(f"{OWN}app/").content.decode()
    key = re.search(r'<code aria-labelledby="key">([A-Z2-7 ]+)</code>', page)[1]
    app = pyotp.TOTP(key.replace(" ", ""))
    page = client.post(f"{OWN}app/", {"code": app.now()}).content.decode()
    clock.shift(60)
    return app, shown_codes(page)


def has_app(user, clock):
    """Give somebody an app that they have set up before; return it, and the codes."""
    secret = codes.new_secret()
    app = pyotp.TOTP(codes.written(secret).replace(" ", ""))
    recovery = actions.add_authenticator_app(user, secret=secret, code=app.now())
    clock.shift(60)
    return app, recovery


def shown_codes(page):
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", page)


def from_address(address):
    return Client(REMOTE_ADDR=address)
