"""
The two ceremonies of a passkey (WebAuthn): it is made, and it answers.

The device must know its owner (a finger, a face, a PIN), so that a passkey is two
factors in one, and it keeps the name of the account, so that nobody has to type it.
"""

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

State = dict[str, Any]
"""What must be kept between the question and the answer, by the server alone."""
Asked = dict[str, Any]
"""The question, as the browser wants it."""

T = TypeVar("T")
LONGEST_ANSWER = 20_000
LONGEST_ID = 1023
HANDLE_BYTES = 32
VERIFIED = UserVerificationRequirement.REQUIRED


class PasskeyRefused(Exception):
    """The answer is not one to our question, or not by the key it names."""


@dataclass(frozen=True)
class Place:
    """Where the browser stands: a passkey answers to one host name alone."""

    host: str
    origin: str


@dataclass(frozen=True)
class Claimed:
    """What an answer says of itself; nothing of it is proven."""

    credential_id: str
    user_handle: str | None


@dataclass(frozen=True)
class Made:
    """A new passkey, proven to be there."""

    credential_id: str
    credential: bytes
    uses: int


def new_handle() -> str:
    """Return a name of an account for devices, which tells nothing of it."""
    return websafe_encode(secrets.token_bytes(HANDLE_BYTES))


def begin_making(
    place: Place, *, handle: str, name: str, full_name: str, known: Iterable[bytes]
) -> tuple[Asked, State]:
    """Return the question for a new passkey, on a device that holds none of `known`."""
    options, state = _server(place).register_begin(
        PublicKeyCredentialUserEntity(
            id=websafe_decode(handle), name=name, display_name=full_name
        ),
        credentials=[AttestedCredentialData(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    return dict(options.public_key), dict(state)


def finish_making(place: Place, state: State, answer: str) -> Made:
    """
    Return the passkey that was made.

    :raises PasskeyRefused: not an answer to this question, or no person was seen
    """

    def finish() -> Made:
        data = _server(place).register_complete(state, _parsed(answer))
        credential = data.credential_data
        if credential is None or len(credential.credential_id) > LONGEST_ID:
            raise PasskeyRefused
        return Made(
            websafe_encode(credential.credential_id), bytes(credential), data.counter
        )

    return _refusing(finish)


def begin_use(place: Place, keys: Iterable[bytes]) -> tuple[Asked, State]:
    """Return the question for one of these passkeys, or for any that the device has."""
    options, state = _server(place).authenticate_begin(
        credentials=[AttestedCredentialData(one) for one in keys] or None,
        user_verification=VERIFIED,
    )
    return dict(options.public_key), dict(state)


def claimed_key(answer: str) -> Claimed:
    """
    Return by which key an answer claims to be.

    :raises PasskeyRefused: it is no answer at all
    """

    def read() -> Claimed:
        response = AuthenticationResponse.from_dict(_parsed(answer))
        handle = response.response.user_handle
        return Claimed(
            websafe_encode(response.raw_id), websafe_encode(handle) if handle else None
        )

    return _refusing(read)


def finish_use(place: Place, state: State, credential: bytes, answer: str) -> int:
    """
    Return the device's count of uses, once the answer is proven to be by this key.

    :raises PasskeyRefused: it is not
    """

    def finish() -> int:
        parsed = _parsed(answer)
        _server(place).authenticate_complete(
            state, [AttestedCredentialData(credential)], parsed
        )
        response = AuthenticationResponse.from_dict(parsed)
        return response.response.authenticator_data.counter

    return _refusing(finish)


def _server(place: Place) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=place.host, name=place.host),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == place.origin,
    )


def _parsed(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise PasskeyRefused
    parsed = json.loads(answer)
    if not isinstance(parsed, dict):
        raise PasskeyRefused
    return parsed


def _refusing(work: Callable[[], T]) -> T:
    try:
        return work()
    except PasskeyRefused:
        raise
    # The library says of hostile bytes what Python says: ValueError, KeyError,
    # struct.error, RecursionError, and whatever CBOR may hold.
    except Exception as error:
        raise PasskeyRefused from error
