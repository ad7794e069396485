"""The codes that people type: an authenticator app's, and recovery codes."""

import base64
import hashlib
import secrets
import unicodedata

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
DIGITS = 6
# A phone's clock may be off by half a minute either way.
DRIFT_STEPS = 1
SECRET_BYTES = 20

RECOVERY_CODES = 10
# Letters that cannot be mistaken for one another; 79 bits a code, so that a fast
# hash keeps it.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LETTERS = 4, 4


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def written(secret: bytes) -> str:
    """Return the secret as people type it into an app."""
    text = base64.b32encode(secret).decode("ascii")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def enrollment_uri(secret: bytes, *, account: str, issuer: str) -> str:
    """Return what an app reads from the square."""
    return _totp(secret).get_provisioning_uri(account, issuer)


def step_of(code: str, secret: bytes, *, seconds: int) -> int | None:
    """Return the half minute to which a code belongs, near the moment given."""
    typed = plain_digits(code).encode()
    present = seconds // STEP_SECONDS
    found = None
    # All are compared, in the same time whichever fits.
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if bytes_eq(_totp(secret).generate(step * STEP_SECONDS), typed):
            found = step
    return found


def plain_digits(code: str) -> str:
    """Return the digits of a code, in whichever script they were typed."""
    values = (unicodedata.decimal(letter, None) for letter in code)
    return "".join(str(value) for value in values if value is not None)


def new_recovery_codes() -> list[str]:
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def digest(recovery_code: str) -> str:
    """Return the hash under which a recovery code is kept, however it was typed."""
    letters = [one for one in recovery_code.casefold() if one in LETTERS]
    return hashlib.sha256("".join(letters).encode()).hexdigest()


def _recovery_code() -> str:
    groups = (
        "".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS))
        for _ in range(GROUPS)
    )
    return "-".join(groups)


def _totp(secret: bytes) -> TOTP:
    # Apps agree on SHA-1 alone; as HMAC it is not broken.
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  (RFC 6238)
