"""The desk's entrance over HTTP: a password, and how often one may be wrong."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from dateline.people.actions import Count, count_try
from dateline.people.models import User
from dateline.people.rules import Tried
from tests.desk.entrance import PASSWORD, SIGN_IN, attempt, confirm, from_address, is_in

pytestmark = pytest.mark.usefixtures("clock", "member")


def test_lets_in_and_out_again(client, member):
    before = client.get(SIGN_IN).cookies["dateline_csrf"].value
    answer = attempt(client, next="/desk/wire/")
    assert answer.headers["Location"] == "/desk/wire/"
    cookie = answer.cookies["dateline_desk"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/desk/",
        True,
        "Lax",
    )
    assert answer.cookies["dateline_csrf"].value != before
    assert is_in(client)
    client.post("/desk/logout/")
    assert not is_in(client)


def test_an_address_elsewhere_is_not_followed(client, member):
    answer = attempt(client, next="https://evil.example/")
    assert answer.headers["Location"] == "/desk/"


def test_the_session_gets_a_new_key(client, member):
    client.force_login(member)
    before = client.session.session_key
    attempt(client)
    assert client.session.session_key != before
    assert is_in(client)


def test_unknown_names_and_wrong_passwords_read_the_same(client, member):
    def words(answer):
        text = re.sub(r'(value|nonce)="[^"]*"', "", answer.content.decode())
        return text.replace("nobody", "mira")

    wrong = attempt(client, password="heron")
    unknown = attempt(client, name="nobody", password="heron")
    assert wrong.status_code == unknown.status_code == 200
    assert words(wrong) == words(unknown)
    assert "do not belong together" in words(wrong)


def test_somebody_who_left_reads_the_same(client, member):
    User.objects.update(is_active=False)
    assert "do not belong together" in attempt(client).content.decode()


def test_staying_signed_in_is_a_choice(client, member):
    attempt(client)
    assert client.session.get_expire_at_browser_close()
    attempt(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("name", ["mira", "nobody"])
def test_five_for_an_account_whether_or_not_there_is_one(client, member, clock, name):
    for _ in range(5):
        assert attempt(client, name=name, password="guess").status_code == 200
        clock.shift(timedelta(minutes=1))
    refused = attempt(client, name=name, password="guess")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "600"
    assert "Try again in 10 minutes." in refused.content.decode()
    # The right password has to wait as well; its case hides nothing.
    assert attempt(client, name=f" {name.upper()} ").status_code == 429


def test_who_is_signed_in_stays_so(client, member, clock):
    client.force_login(member)
    for _ in range(6):
        attempt(Client(), password="guess")
    assert is_in(client)
    # And may still confirm that it is them.
    answer = confirm(client)
    assert answer.status_code == 302


def test_a_forgotten_password_is_asked_for_five_times(client, member, clock):
    for _ in range(5):
        client.post("/desk/password_reset/", {"email": "mira@news.example"})
    assert len(mail.outbox) == 5
    refused = client.post("/desk/password_reset/", {"email": "mira@news.example"})
    assert refused.status_code == 429
    assert "Try again in 15 minutes." in refused.content.decode()
    assert len(mail.outbox) == 5


def test_an_account_of_ones_own_does_not_clear_the_address(db):
    User.objects.create_user("own", password=PASSWORD)
    for _ in range(19):
        count_try(Count(Tried.ADDRESS, "127.0.0.1"))
    assert attempt(Client(), name="own").status_code == 302
    attempt(Client(), name="other", password="guess")
    assert attempt(Client(), name="own").status_code == 429
    assert attempt(from_address("203.0.113.7")).status_code == 302


@pytest.mark.parametrize(("trusted", "status"), [((), 429), (["127.0.0.1/32"], 200)])
def test_the_header_of_a_proxy_counts_if_it_is_trusted(settings, trusted, status):
    settings.DATELINE_TRUSTED_PROXIES = trusted
    for _ in range(20):
        count_try(Count(Tried.ADDRESS, "127.0.0.1"))
    client = Client(headers={"X-Forwarded-For": "198.51.100.1"})
    assert attempt(client, password="guess").status_code == status


def test_who_only_looks_gets_no_session(client):
    assert django_settings.SESSION_COOKIE_PATH == "/desk/"
    assert django_settings.SESSION_COOKIE_NAME not in client.get(SIGN_IN).cookies


def test_signing_in_sweeps_sessions_that_ended(client, clock):
    Client(headers={"Host": "localhost"}).post("/desk/login/passkey/question/")
    assert Session.objects.count() == 1
    clock.shift(timedelta(minutes=11))
    attempt(client)
    assert Session.objects.count() == 1
