"""Passkeys over HTTP: what is taken for one, and what is not."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from fido2.utils import websafe_encode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.people import actions
from dateline.people.models import Passkey, User
from dateline.people.passkeys import PasskeyRefused, Place, claimed_key, finish_making
from tests.desk.desk_forms import signed_in
from tests.desk.entrance import (
    OWN,
    PASSWORD,
    SECOND,
    attempt,
    confirm,
    is_in,
    set_up_app,
    shown_codes,
)
from tests.desk.soft_key import PRESENT, SoftKey

pytestmark = pytest.mark.usefixtures("clock", "member")
ALONE = "/desk/login/passkey/"


def asked(client, address):
    return client.post(f"{address}question/").json()


def add(desk, key, name="Blue key"):
    confirm(desk)
    answer = key.make(asked(desk, f"{OWN}passkeys/"))
    return desk.post(f"{OWN}passkeys/", {"name": name, "answer": answer})


def come_in(client, key, **fields):
    answer = key.use(asked(client, ALONE))
    key.uses += 1
    return client.post(ALONE, {"answer": answer, **fields})


@pytest.fixture
def key(member):
    """Return a key that belongs to the member, who made it before."""
    key, place = SoftKey(), Place("testserver", "http://testserver")
    question, state = actions.begin_passkey(member, place=place)
    said = {"state": state, "answer": key.make(question), "name": "Blue key"}
    actions.add_passkey(member, place=place, **said)
    key.uses += 1
    return key


def test_lets_in_alone_without_a_name(client, key):
    answer = come_in(client, key, next="/desk/wire/", remember="on")
    assert answer.headers["Location"] == "/desk/wire/"
    assert is_in(client)
    assert not client.session.get_expire_at_browser_close()


def test_is_asked_for_after_the_password(client, key):
    assert attempt(client).headers["Location"] == SECOND
    question = asked(client, SECOND)
    assert question["userVerification"] == "required"
    assert [one["id"] for one in question["allowCredentials"]] == [
        Passkey.objects.get().credential_id
    ]
    answer = client.post(SECOND, {"answer": key.use(question)})
    assert answer.headers["Location"] == "/desk/"
    assert is_in(client)


def test_brings_recovery_codes_once(member):
    desk = signed_in(member)
    assert len(shown_codes(add(desk, SoftKey()).content.decode())) == 10
    second = add(desk, SoftKey(), "Work laptop")
    assert second.headers["Location"] == OWN
    page = desk.get(OWN).content.decode()
    assert "Blue key" in page
    assert "Work laptop" in page


def test_an_account_has_one_handle_on_all_devices_and_nobody_else_has_it(member, key):
    chief = User.objects.create_superuser("chief", password=PASSWORD)
    for user in (User.objects.get(pk=member.pk), chief):
        add(signed_in(user), SoftKey())
    theirs, again = Passkey.objects.filter(user=member)
    assert theirs.user_handle == again.user_handle == key.handle
    assert Passkey.objects.get(user=chief).user_handle != key.handle


def test_a_device_is_told_what_it_holds_already(member, key):
    desk = signed_in(User.objects.get(pk=member.pk))
    confirm(desk)
    question = asked(desk, f"{OWN}passkeys/")
    assert (
        question["excludeCredentials"][0]["id"] == Passkey.objects.get().credential_id
    )
    assert question["user"]["id"] == key.handle
    assert question["authenticatorSelection"]["residentKey"] == "required"


def test_one_answer_lets_in_once(client, key):
    answer = key.use(asked(client, ALONE))
    client.post(ALONE, {"answer": answer})
    client.post("/desk/logout/")
    assert client.post(ALONE, {"answer": answer}).status_code == 403
    asked(client, ALONE)
    assert client.post(ALONE, {"answer": answer}).status_code == 403
    assert not is_in(client)


def test_an_answer_to_somebody_elses_question_is_none(client, key):
    stolen = key.use(asked(Client(), ALONE))
    asked(client, ALONE)
    assert client.post(ALONE, {"answer": stolen}).status_code == 403


def test_a_question_lasts_five_minutes(client, key, clock):
    answer = key.use(asked(client, ALONE))
    clock.shift(timedelta(minutes=6))
    assert client.post(ALONE, {"answer": answer}).status_code == 403


def test_a_question_for_one_thing_is_none_for_another(client, key):
    answer = key.use(asked(client, ALONE))
    attempt(client)
    assert client.post(SECOND, {"answer": answer}).status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize(
    ("says", "otherwise"),
    [
        ("origin", "http://testserver.evil.example"),
        ("origin", "https://testserver"),
        ("host", "evil.example"),
        ("flags", PRESENT),
        ("flags", 0),
        ("handle", "AAAA"),
        ("identity", b"another identity of a key"),
    ],
)
def test_what_says_otherwise_is_refused(client, key, says, otherwise):
    setattr(key, says, otherwise)
    refused = come_in(client, key)
    assert refused.status_code == 403
    assert "not recognized" in refused.content.decode()
    assert not is_in(client)


def test_another_private_key_under_the_same_name_is_refused(client, key):
    other = SoftKey(identity=key.identity, handle=key.handle, uses=key.uses)
    assert come_in(client, other).status_code == 403


def test_a_copied_key_that_falls_behind_is_refused(client, key):
    come_in(client, key)
    copy = key
    copy.uses = 2
    again = Client()
    assert come_in(again, copy).status_code == 403
    assert not is_in(again)


def test_a_key_that_does_not_count_may_stay_at_nothing(client, member):
    key = SoftKey(uses=0)
    add(signed_in(member), key)
    for _ in range(2):
        key.uses = 0
        assert come_in(client, key).status_code == 302
        client.post("/desk/logout/")


def test_somebody_elses_key_is_no_second_step(client, key):
    User.objects.create_superuser("chief", password=PASSWORD)
    desk = Client()
    desk.force_login(User.objects.get(username="chief"))
    theirs = SoftKey()
    add(desk, theirs)
    attempt(client)
    answer = theirs.use(asked(client, SECOND))
    assert client.post(SECOND, {"answer": answer}).status_code == 422
    assert not is_in(client)


def test_who_left_the_newsroom_is_not_let_in(client, key):
    User.objects.update(is_active=False)
    assert come_in(client, key).status_code == 403


def test_a_removed_key_is_unknown(client, key, member):
    desk = signed_in(User.objects.get(pk=member.pk))
    confirm(desk)
    desk.post(f"{OWN}passkeys/{Passkey.objects.get().pk}/remove/")
    assert come_in(client, key).status_code == 403
    assert attempt(client).headers["Location"] == "/desk/"


def test_nobody_removes_a_key_of_somebody_else(key, db):
    chief = User.objects.create_superuser("chief", password=PASSWORD)
    desk = signed_in(chief)
    confirm(desk)
    row = Passkey.objects.get()
    assert desk.post(f"{OWN}passkeys/{row.pk}/remove/").status_code == 404
    assert Passkey.objects.exists()


@pytest.mark.parametrize(
    ("says", "otherwise"),
    [("origin", "http://evil.example"), ("host", "evil.example"), ("flags", PRESENT)],
)
def test_a_key_that_was_not_made_for_us_is_not_kept(member, says, otherwise):
    key = SoftKey(**{says: otherwise})
    refused = add(signed_in(member), key)
    assert refused.status_code == 422
    assert "could not be checked" in refused.content.decode()
    assert not Passkey.objects.exists()


def test_a_key_is_not_made_without_the_password(member):
    desk = signed_in(member)
    assert desk.post(f"{OWN}passkeys/question/").status_code == 302
    assert (
        desk.post(f"{OWN}passkeys/", {"name": "a", "answer": "{}"}).status_code == 302
    )


def test_a_wait_for_the_password_keeps_no_passkey_out(client, key):
    for _ in range(6):
        attempt(Client(), password="guess")
    assert come_in(client, key).status_code == 302


def test_questions_are_not_asked_without_end(client, key):
    for _ in range(60):
        client.post(f"{ALONE}question/")
    refused = client.post(f"{ALONE}question/")
    assert refused.status_code == 429
    assert "Try again" in refused.json()["refusal"]


def test_under_a_bare_address_there_are_no_passkeys(member):
    desk = Client(headers={"Host": "127.0.0.1:8000"})
    assert "passkey" not in desk.get("/desk/login/").content.decode()
    assert desk.post(f"{ALONE}question/").status_code == 400
    desk.force_login(member)
    assert "open it as localhost" in desk.get(OWN).content.decode()


def test_a_key_for_another_name_of_the_newsroom_leaves_the_recovery_codes(
    client, member, key
):
    Passkey.objects.update(host="news.example")
    attempt(client)
    page = client.get(SECOND).content.decode()
    assert "another address of this newsroom" in page
    assert client.post(f"{SECOND}question/").status_code == 400


def test_an_app_beside_it_serves_as_well(client, member, clock):
    desk = signed_in(member)
    add(desk, SoftKey())
    app, _ = set_up_app(desk, clock)
    attempt(client)
    assert client.post(SECOND, {"code": app.now()}).status_code == 302


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
_part = st.text("AQgjoWCfX_-", max_size=60) | st.binary(max_size=80).map(websafe_encode)


@given(
    st.one_of(
        st.text(max_size=200),
        _json.map(json.dumps),
        st.fixed_dictionaries(
            {
                "id": _part,
                "rawId": _part,
                "type": st.sampled_from(["public-key", "x"]),
                "response": st.dictionaries(
                    st.sampled_from(
                        [
                            "clientDataJSON",
                            "attestationObject",
                            "authenticatorData",
                            "signature",
                            "userHandle",
                        ]
                    ),
                    _part,
                ),
            }
        ).map(json.dumps),
    )
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_refused_by_name(answer):
    place = Place(host="testserver", origin="http://testserver")
    state = {"challenge": "A" * 43, "user_verification": "required"}
    with pytest.raises(PasskeyRefused):
        finish_making(place, state, answer)
    try:
        claimed_key(answer)
    except PasskeyRefused:
        return


@pytest.mark.parametrize("answer", ["", "[" * 10_000, "{}" + " " * 30_000, "null"])
def test_a_hostile_answer_over_http_is_refused(client, key, answer):
    asked(client, ALONE)
    assert client.post(ALONE, {"answer": answer}).status_code == 403
