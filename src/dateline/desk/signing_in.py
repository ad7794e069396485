"""What a session knows of somebody's way in: half of it, all of it, just confirmed."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.crypto import constant_time_compare

from dateline.people.models import User
from dateline.people.passkeys import Place, State
from dateline.plumbing import clock
from dateline.plumbing.client_address import client_address

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF, CONFIRMED, QUESTION = "half_way_in", "confirmed_at", "passkey_question"
HALF_LASTS = timedelta(minutes=10)
CONFIRMATION_LASTS = timedelta(minutes=10)
QUESTION_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class HalfWay:
    """Somebody whose password was right, and of whom a second factor is asked."""

    user_id: int
    auth_hash: str
    since: float
    next_address: str
    is_remembered: bool


def let_in(request: HttpRequest, user: User, *, is_remembered: bool) -> None:
    """Sign somebody in, in a session with a new key."""
    request.session.pop(HALF, None)
    login(request, user, BACKEND)
    request.session.cycle_key()
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if is_remembered else 0)
    # Nobody else sweeps what ended: half sign-ins, unanswered questions, last week's.
    request.session.clear_expired()


def let_half_in(
    request: HttpRequest, user: User, *, next_address: str, is_remembered: bool
) -> None:
    """Note that the password was right. Whoever was signed in here no longer is."""
    request.session.flush()
    half = HalfWay(
        user_id=user.pk,
        auth_hash=user.get_session_auth_hash(),
        since=_now(),
        next_address=next_address,
        is_remembered=is_remembered,
    )
    request.session[HALF] = asdict(half)
    request.session.set_expiry(int(HALF_LASTS.total_seconds()))


def half_way_in(request: HttpRequest) -> tuple[User, HalfWay] | None:
    """Return who is half way in, if it was lately and the password is still that."""
    kept = request.session.get(HALF)
    if kept is None:
        return None
    half = HalfWay(**kept)
    user = User.objects.filter(pk=half.user_id, is_active=True).first()
    if user is None or not _is_fresh(half.since, HALF_LASTS):
        return None
    if not constant_time_compare(half.auth_hash, user.get_session_auth_hash()):
        return None
    return user, half


def note_confirmation(request: HttpRequest) -> None:
    request.session[CONFIRMED] = _now()


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether the password was asked again a short while ago."""
    return _is_fresh(request.session.get(CONFIRMED), CONFIRMATION_LASTS)


def keep_question(request: HttpRequest, purpose: str, state: State) -> None:
    """Keep what a passkey was asked, for one answer."""
    request.session[QUESTION] = {"purpose": purpose, "at": _now(), "state": state}
    if not request.user.is_authenticated:
        request.session.set_expiry(int(HALF_LASTS.total_seconds()))


def take_question(request: HttpRequest, purpose: str) -> State | None:
    """Return what was asked for this purpose, once."""
    kept: dict[str, Any] = request.session.pop(QUESTION, None) or {}
    if kept.get("purpose") != purpose or not _is_fresh(kept["at"], QUESTION_LASTS):
        return None
    state: State = kept["state"]
    return state


def place_of(request: HttpRequest) -> Place | None:
    """Return where the browser stands; None where no passkey can be: an IP address."""
    host = split_domain_port(request.get_host())[0]
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return Place(host=host, origin=f"{request.scheme}://{request.get_host()}")
    return None


def address_of(request: HttpRequest) -> str:
    """Return the address under which tries are counted."""
    return client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        trusted=settings.DATELINE_TRUSTED_PROXIES,
    )


def _now() -> float:
    return clock.now().timestamp()


def _is_fresh(since: float | None, lasts: timedelta) -> bool:
    return since is not None and 0 <= _now() - since <= lasts.total_seconds()
