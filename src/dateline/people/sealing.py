"""
Secrets that must be read again, kept so that a copy of the database does not tell.

The key follows from the house's secret key, which does not lie in the database.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


class SealBroken(Exception):
    """It was sealed under another secret key, or is damaged."""


def seal(secret: bytes) -> str:
    """Return the secret as text that only this house can read."""
    return _box().encrypt(secret).decode("ascii")


def unseal(sealed: str) -> bytes:
    """
    Return what was sealed.

    :raises SealBroken: not by this house
    """
    try:
        return _box().decrypt(sealed)
    except InvalidToken as error:
        raise SealBroken from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    derivation = HKDF(SHA256(), length=32, salt=None, info=b"dateline.people.sealing")
    return base64.urlsafe_b64encode(derivation.derive(force_bytes(key)))
