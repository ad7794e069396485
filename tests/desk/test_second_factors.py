"""Second factors over HTTP, with an authenticator app that is not our own code."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from dateline.people import codes
from dateline.people.models import AuthenticatorApp, User
from dateline.plumbing.clock import now
from tests.desk.desk_forms import signed_in
from tests.desk.entrance import (
    OWN,
    PASSWORD,
    SECOND,
    SIGN_IN,
    attempt,
    confirm,
    has_app,
    is_in,
    set_up_app,
    shown_codes,
)

pytestmark = pytest.mark.usefixtures("clock", "member")


def test_is_asked_for_after_the_password(client, member, clock):
    app, _ = set_up_app(signed_in(member), clock)
    answer = attempt(client, next="/desk/wire/")
    assert answer.headers["Location"] == SECOND
    assert not is_in(client)
    before = client.session.session_key
    answer = client.post(SECOND, {"code": app.now()})
    assert answer.headers["Location"] == "/desk/wire/"
    assert client.session.session_key != before
    assert is_in(client)


def test_shows_its_key_as_square_and_as_text_and_asks_nobody(member, clock):
    client = signed_in(member)
    confirm(client)
    answer = client.get(f"{OWN}app/")
    assert "<svg" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_is_not_taken_over_before_it_has_shown_a_code(client, member, clock):
    desk = signed_in(member)
    confirm(desk)
    desk.get(f"{OWN}app/")
    refused = desk.post(f"{OWN}app/", {"code": "000000"})
    assert refused.status_code == 422
    assert attempt(client).headers["Location"] == "/desk/"


def test_one_code_lets_in_once(client, member, clock):
    app, _ = has_app(member, clock)
    code = app.now()
    attempt(client)
    client.post(SECOND, {"code": code})
    again = Client()
    attempt(again)
    refused = again.post(SECOND, {"code": code})
    assert refused.status_code == 422
    assert not is_in(again)


def test_the_code_that_set_it_up_does_not_let_in(client, member, clock):
    app, _ = has_app(member, clock)
    clock.shift(-60)
    attempt(client)
    assert client.post(SECOND, {"code": app.now()}).status_code == 422


@pytest.mark.parametrize(
    ("seconds", "status"), [(-60, 422), (-30, 302), (30, 302), (60, 422)]
)
def test_a_clock_may_be_off_by_half_a_minute(client, member, clock, seconds, status):
    app, _ = has_app(member, clock)
    clock.shift(600)
    code = app.at(now() + timedelta(seconds=seconds))
    attempt(client)
    assert client.post(SECOND, {"code": code}).status_code == status


@pytest.mark.parametrize("zero", ["٠", "۰", "०", "၀", "０"])
def test_digits_may_be_of_any_script(client, member, clock, zero):
    app, _ = has_app(member, clock)
    typed = "".join(chr(ord(zero) + int(digit)) for digit in app.now())
    attempt(client)
    answer = client.post(SECOND, {"code": f" {typed[:3]} {typed[3:]}"})
    assert answer.status_code == 302


def test_five_wrong_codes_have_to_wait_and_a_new_password_does_not_help(
    client, member, clock
):
    app, _ = has_app(member, clock)
    for _ in range(5):
        attempt(client)
        assert client.post(SECOND, {"code": "12"}).status_code == 422
    attempt(client)
    refused = client.post(SECOND, {"code": app.now()})
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert not is_in(client)


def test_half_a_sign_in_is_none_and_ends(client, member, clock):
    app, _ = has_app(member, clock)
    attempt(client)
    for address in ("/desk/", "/desk/wire/", OWN, f"{OWN}app/"):
        assert client.get(address).headers["Location"].startswith(SIGN_IN)
    clock.shift(timedelta(minutes=11))
    answer = client.post(SECOND, {"code": app.now()})
    assert answer.headers["Location"] == SIGN_IN


def test_a_new_password_ends_half_a_sign_in(client, member, clock):
    app, _ = has_app(member, clock)
    attempt(client)
    member.set_password("another-one-altogether")
    member.save()
    answer = client.post(SECOND, {"code": app.now()})
    assert answer.headers["Location"] == SIGN_IN


def test_without_a_password_there_is_no_second_step(client, member):
    assert client.get(SECOND).headers["Location"] == SIGN_IN
    assert client.post(SECOND, {"code": "1"}).headers["Location"] == SIGN_IN


def test_a_copy_of_the_database_does_not_tell_the_key(client, member, clock):
    app, recovery = has_app(member, clock)
    row = AuthenticatorApp.objects.get()
    assert app.secret not in row.sealed_secret
    digests = set(member.recovery_codes.values_list("digest", flat=True))
    assert not digests & set(recovery)


def test_under_another_secret_key_recovery_codes_still_let_in(
    client, member, clock, settings
):
    app, recovery = has_app(member, clock)
    settings.SECRET_KEY = "k" * 50
    attempt(client)
    assert client.post(SECOND, {"code": app.now()}).status_code == 422
    answer = client.post(SECOND, {"recovery_code": recovery[0]})
    assert answer.status_code == 302


def test_ten_are_shown_once_and_each_lets_in_once(client, member, clock):
    desk = signed_in(member)
    _, shown = set_up_app(desk, clock)
    assert len(set(shown)) == 10
    assert shown[0] not in desk.get(OWN).content.decode()
    attempt(client)
    answer = client.post(SECOND, {"recovery_code": shown[0].upper()})
    assert answer.status_code == 302
    assert "9 of your codes are unused" in client.get(OWN).content.decode()
    again = Client()
    attempt(again)
    assert again.post(SECOND, {"recovery_code": shown[0]}).status_code == 422


def test_new_ones_void_the_old(client, member, clock):
    desk = signed_in(member)
    _, old = set_up_app(desk, clock)
    page = desk.post(f"{OWN}recovery-codes/").content.decode()
    new = shown_codes(page)
    attempt(client)
    assert client.post(SECOND, {"recovery_code": old[1]}).status_code == 422
    assert client.post(SECOND, {"recovery_code": new[1]}).status_code == 302


def test_alone_they_are_no_second_factor(client, member, clock):
    desk = signed_in(member)
    set_up_app(desk, clock)
    desk.post(f"{OWN}app/remove/")
    assert attempt(client).headers["Location"] == "/desk/"
    assert member.recovery_codes.count() == 0


def test_typing_them_is_forgiving():
    assert codes.digest("abcd-efgh") == codes.digest(" ABCD EFGH ")
    assert codes.digest("abcd-efgh") != codes.digest("abcd-efgj")


CHANGES = ("app/", "app/remove/", "passkeys/", "recovery-codes/")


@pytest.mark.parametrize("change", CHANGES)
def test_asks_for_the_password_again(member, clock, change):
    desk = signed_in(member)
    for answer in (desk.get(f"{OWN}{change}"), desk.post(f"{OWN}{change}")):
        assert answer.headers["Location"] == f"{OWN}confirm/"
    refused = confirm(desk, "guess")
    assert refused.status_code == 422
    answer = confirm(desk)
    assert answer.headers["Location"] == f"{OWN}{change}"


def test_the_confirmation_lasts_ten_minutes(member, clock):
    desk = signed_in(member)
    confirm(desk)
    assert desk.get(f"{OWN}app/").status_code == 200
    clock.shift(timedelta(minutes=11))
    assert desk.get(f"{OWN}app/").status_code == 302


def test_five_wrong_passwords_have_to_wait(member, clock):
    desk = signed_in(member)
    for _ in range(5):
        confirm(desk, "guess")
    refused = confirm(desk)
    assert refused.status_code == 429
    assert is_in(desk)


def test_ends_the_other_sessions_and_keeps_this_one(member, clock):
    desk, elsewhere = signed_in(member), signed_in(member)
    set_up_app(desk, clock)
    assert is_in(desk)
    assert not is_in(elsewhere)


def test_is_logged(member, clock):
    has_app(member, clock)
    entry = ModelLogEntry.objects.get(action="dateline.sign_in.add_app")
    assert (entry.user, entry.object_id) == (member, str(member.pk))
    assert entry.message == "Added an authenticator app"


def test_nobody_is_asked_twice_whether_they_have_an_app(member, clock):
    desk = signed_in(member)
    set_up_app(desk, clock)
    assert desk.get(f"{OWN}app/").headers["Location"] == OWN


def test_is_reached_from_the_account_page(member):
    assert f'href="{OWN}"' in signed_in(member).get("/desk/account/").content.decode()


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief", password=PASSWORD)


def test_removes_what_somebody_lost(client, member, chief, clock):
    theirs = signed_in(member)
    set_up_app(theirs, clock)
    desk = signed_in(chief)
    page = f"/desk/users/{member.pk}/signing-in/"
    assert desk.post(page).headers["Location"] == f"{OWN}confirm/"
    confirm(desk)
    assert "Authenticator app" in desk.get(page).content.decode()
    assert desk.post(page).headers["Location"] == "/desk/users/"
    assert not is_in(theirs)
    assert attempt(client).headers["Location"] == "/desk/"
    entry = ModelLogEntry.objects.get(action="dateline.sign_in.remove_all")
    assert (entry.user, entry.object_id) == (chief, str(member.pk))


def test_the_machine_itself_helps_the_last_administrator(client, member, clock):
    has_app(member, clock)
    call_command("remove_second_factors", "mira", stdout=StringIO())
    assert attempt(client).headers["Location"] == "/desk/"
    entry = ModelLogEntry.objects.get(action="dateline.sign_in.remove_all")
    assert entry.user is None
    with pytest.raises(CommandError, match="nobody"):
        call_command("remove_second_factors", "nobody")


def test_is_led_there_from_the_list_of_users(member, chief):
    page = signed_in(chief).get("/desk/users/").content.decode()
    assert f"/desk/users/{member.pk}/signing-in/" in page


def test_an_editor_may_not(member, chief, clock):
    has_app(chief, clock)
    desk = signed_in(member)
    confirm(desk)
    answer = desk.post(f"/desk/users/{chief.pk}/signing-in/")
    assert answer.headers["Location"] == "/desk/"
    assert AuthenticatorApp.objects.filter(user=chief).exists()


@pytest.fixture
def required(settings):
    settings.DATELINE_REQUIRE_SECOND_FACTOR = True


def test_nothing_opens_before_one_is_set_up(required, client, member, clock):
    attempt(client)
    for address in ("/desk/", "/desk/wire/", "/desk/account/", "/desk/articles/"):
        assert client.get(address).headers["Location"] == OWN
    assert "asks everybody" in client.get(OWN).content.decode()
    set_up_app(client, clock)
    assert client.get("/desk/wire/").status_code == 200


def test_scripts_are_refused_rather_than_led(required, client, member):
    client.force_login(member)
    answer = client.get("/desk/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 403


def test_one_may_leave(required, client, member):
    client.force_login(member)
    assert client.post("/desk/logout/").headers["Location"] == SIGN_IN


def test_removing_the_last_leads_there_again(required, client, member, clock):
    client.force_login(member)
    set_up_app(client, clock)
    client.post(f"{OWN}app/remove/")
    assert client.get("/desk/").headers["Location"] == OWN
