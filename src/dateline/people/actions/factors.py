"""
Change how somebody signs in. Each change ends the account's other sessions.

Who came in by a stolen password must not stay when its owner adds a second factor,
and who holds a lost phone must not stay when it is removed.
"""

import logging

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log as log_action

from dateline.people import codes, passkeys, sealing
from dateline.people.actions.sign_in import NotLetIn
from dateline.people.models import AuthenticatorApp, Passkey, RecoveryCode, User
from dateline.people.passkeys import Asked, PasskeyRefused, Place, State
from dateline.people.queries import has_second_factor
from dateline.plumbing import clock

log = logging.getLogger("dateline.sign_in")
MOST_PASSKEYS = 20


class FactorRefused(Exception):
    """It cannot be added; the text says why."""


@transaction.atomic
def add_authenticator_app(user: User, *, secret: bytes, code: str) -> list[str]:
    """
    Add an app that has shown a right code; return new recovery codes, if any.

    :raises NotLetIn: the code is not this app's
    :raises FactorRefused: there is one already
    """
    _lock(user)
    now = clock.now()
    step = codes.step_of(code, secret, seconds=int(now.timestamp()))
    if step is None:
        raise NotLetIn
    if AuthenticatorApp.objects.filter(user=user).exists():
        raise FactorRefused("There is an authenticator app already: remove it first.")
    AuthenticatorApp.objects.create(
        user=user, sealed_secret=sealing.seal(secret), last_step=step, added_at=now
    )
    return _changed(user, "add_app", by=user)


@transaction.atomic
def add_passkey(
    user: User, *, place: Place, state: State, answer: str, name: str
) -> list[str]:
    """
    Add a passkey that was made; return new recovery codes, if any.

    :raises FactorRefused: it was not made for us, or there are too many
    """
    _lock(user)
    try:
        made = passkeys.finish_making(place, state, answer)
    except PasskeyRefused as error:
        log.warning("passkey refused", extra={"account": user.get_username()})
        raise FactorRefused("This passkey could not be checked. Try again.") from error
    if Passkey.objects.filter(user=user).count() >= MOST_PASSKEYS:
        raise FactorRefused(f"More than {MOST_PASSKEYS} passkeys are not kept.")
    if Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise FactorRefused("This passkey is known already.")
    Passkey.objects.create(
        user=user,
        name=name,
        host=place.host,
        credential_id=made.credential_id,
        credential=made.credential,
        user_handle=state["handle"],
        uses=made.uses,
        added_at=clock.now(),
    )
    return _changed(user, "add_passkey", by=user)


def begin_passkey(user: User, *, place: Place) -> tuple[Asked, State]:
    """Ask the device of somebody who is signed in for a new passkey."""
    known = list(Passkey.objects.filter(user=user, host=place.host))
    handle = known[0].user_handle if known else passkeys.new_handle()
    asked, state = passkeys.begin_making(
        place,
        handle=handle,
        name=user.get_username(),
        full_name=str(user),
        known=[bytes(key.credential) for key in known],
    )
    return asked, state | {"handle": handle}


@transaction.atomic
def remove_authenticator_app(user: User) -> None:
    _lock(user)
    if AuthenticatorApp.objects.filter(user=user).delete()[0]:
        _changed(user, "remove_app", by=user)


@transaction.atomic
def remove_passkey(user: User, key: Passkey) -> None:
    _lock(user)
    if Passkey.objects.filter(user=user, pk=key.pk).delete()[0]:
        _changed(user, "remove_passkey", by=user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Return new recovery codes; the old ones are void."""
    _lock(user)
    if not has_second_factor(user):
        raise FactorRefused("Recovery codes stand in for a second factor: add one.")
    RecoveryCode.objects.filter(user=user).delete()
    return _changed(user, "renew_codes", by=user)


@transaction.atomic
def remove_all_factors(user: User, *, by: User | None) -> None:
    """
    Remove every second factor of somebody who lost them, and end their sessions.

    Nobody is named where it is done at the machine itself.
    """
    _lock(user)
    AuthenticatorApp.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    _changed(user, "remove_all", by=by)


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _changed(user: User, what: str, *, by: User | None) -> list[str]:
    """Do what every change asks for; return the recovery codes that it brought."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    log_action(user, f"dateline.sign_in.{what}", user=by)
    log.info(
        "second factor changed",
        extra={"account": user.get_username(), "change": what, "by": by},
    )
    held = RecoveryCode.objects.filter(user=user)
    if not has_second_factor(user):
        held.delete()
        return []
    return [] if held.exists() else _give_recovery_codes(user)


def _give_recovery_codes(user: User) -> list[str]:
    fresh = codes.new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=codes.digest(code)) for code in fresh
    )
    return fresh
