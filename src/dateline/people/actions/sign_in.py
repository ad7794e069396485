"""Let somebody in by a password, a code or a passkey; or not, and say so."""

import logging
from collections.abc import Callable

from django.contrib.auth import authenticate
from django.http import HttpRequest

from dateline.people import codes, passkeys, sealing
from dateline.people.actions.tries import Count, count_try, forgive, take_back
from dateline.people.models import AuthenticatorApp, Passkey, RecoveryCode, User
from dateline.people.passkeys import Asked, PasskeyRefused, Place, State
from dateline.people.rules import Tried
from dateline.plumbing import clock

log = logging.getLogger("dateline.sign_in")


class NotLetIn(Exception):
    """It was not the right password, code or key. Nothing says which part was wrong."""


def check_sign_in(
    request: HttpRequest, *, name: str, password: str, address: str
) -> User:
    """
    Return the account to which a name and a password belong.

    :raises NotLetIn: no such account, or another password: it takes as long
    :raises TooManyTries: for this account or from this address
    """
    account, origin = Count(Tried.ACCOUNT, name), Count(Tried.ADDRESS, address)
    count_try(account, origin)
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        log.warning("wrong sign-in", extra={"address": address})
        raise NotLetIn
    forgive(account)
    # Only this one: an account of one's own must not clear an address.
    take_back(origin)
    return user


def confirm_password(user: User, password: str) -> None:
    """
    Make sure that it is still the same person who sits there.

    :raises NotLetIn: another password
    :raises TooManyTries: counted apart from sign-ins, so that nobody outside can
        use it up
    """
    count = Count(Tried.CONFIRMATION, str(user.pk))
    count_try(count)
    if not user.check_password(password):
        log.warning("wrong confirmation", extra={"account": user.get_username()})
        raise NotLetIn
    forgive(count)


def use_code(user: User, code: str) -> None:
    """
    Take the code of an authenticator app.

    :raises NotLetIn: a wrong one, or one that was used
    :raises TooManyTries: too many wrong ones
    """
    _take(user, code, _take_code)


def use_recovery_code(user: User, code: str) -> None:
    """
    Take a recovery code, which is then used up.

    :raises NotLetIn: a wrong one, or one that was used
    :raises TooManyTries: too many wrong ones
    """
    _take(user, code, _take_recovery_code)


def begin_passkey_sign_in(place: Place, *, address: str) -> tuple[Asked, State]:
    """
    Ask whoever is there for a passkey.

    :raises TooManyTries: asked for too often from this address without an answer
    """
    count_try(Count(Tried.PASSKEY, address))
    return passkeys.begin_use(place, [])


def finish_passkey_sign_in(
    place: Place, state: State, answer: str, *, address: str
) -> User:
    """
    Return the account whose passkey answered.

    :raises NotLetIn: an unknown key, a wrong answer, or a key that was copied
    """
    user = use_passkey(place, state, answer)
    take_back(Count(Tried.PASSKEY, address))
    return user


def use_passkey(
    place: Place, state: State, answer: str, *, of: User | None = None
) -> User:
    """
    Take a passkey's answer and return whose it is.

    :raises NotLetIn: an unknown key, a wrong answer, or a key that was copied
    """
    key = _answering(place, answer, of)
    try:
        uses = passkeys.finish_use(place, state, bytes(key.credential), answer)
    except PasskeyRefused as error:
        log.warning("wrong passkey", extra={"account": key.user.get_username()})
        raise NotLetIn from error
    # One statement, so that of two answers at once one comes late.
    rows = Passkey.objects.filter(pk=key.pk)
    rows = rows.filter(uses__lt=uses) if uses or key.uses else rows
    if not rows.update(uses=uses, last_used_at=clock.now()):
        log.error(
            "a passkey fell behind its own count: it may have been copied",
            extra={"account": key.user.get_username(), "passkey": key.pk},
        )
        raise NotLetIn
    return key.user


def _answering(place: Place, answer: str, of: User | None) -> Passkey:
    try:
        claimed = passkeys.claimed_key(answer)
    except PasskeyRefused as error:
        raise NotLetIn from error
    rows = Passkey.objects.select_related("user").filter(
        credential_id=claimed.credential_id, host=place.host, user__is_active=True
    )
    key = (rows.filter(user=of) if of else rows).first()
    # A key that names its account must name the one that we know it by.
    if key is None or claimed.user_handle not in {None, key.user_handle}:
        log.warning("unknown passkey")
        raise NotLetIn
    return key


def _take(user: User, code: str, taken: Callable[[User, str], bool]) -> None:
    count = Count(Tried.CODE, str(user.pk))
    count_try(count)
    if not taken(user, code):
        log.warning("wrong code", extra={"account": user.get_username()})
        raise NotLetIn
    forgive(count)


def _take_code(user: User, code: str) -> bool:
    app = AuthenticatorApp.objects.filter(user=user).first()
    if app is None:
        return False
    try:
        secret = sealing.unseal(app.sealed_secret)
    except sealing.SealBroken:
        log.exception("an authenticator app was sealed under another secret key")
        return False
    now = clock.now()
    step = codes.step_of(code, secret, seconds=int(now.timestamp()))
    if step is None:
        return False
    unused = AuthenticatorApp.objects.filter(pk=app.pk, last_step__lt=step)
    return bool(unused.update(last_step=step, last_used_at=now))


def _take_recovery_code(user: User, code: str) -> bool:
    unused = RecoveryCode.objects.filter(
        user=user, digest=codes.digest(code), used_at__isnull=True
    )
    return bool(unused.update(used_at=clock.now()))
