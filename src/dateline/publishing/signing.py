"""The newsroom's signing key (Ed25519, RFC 8032), kept in the data folder."""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings


def key_path() -> Path:
    return Path(settings.DATELINE_DATA) / "keys" / "log.ed25519"


def sign(message: bytes) -> str:
    """Return the signature of `message` as 128 hex digits."""
    return _private_key(str(key_path())).sign(message).hex()


def is_signed(message: bytes, signature: str) -> bool:
    """Tell whether `signature` is this newsroom's signature of `message`."""
    public = _private_key(str(key_path())).public_key()
    try:
        public.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key_pem() -> bytes:
    """Return the public key, for strangers who verify."""
    return _pem(_private_key(str(key_path())).public_key())


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@lru_cache(maxsize=4)
def _private_key(path: str) -> Ed25519PrivateKey:
    file = Path(path)
    if not file.exists():
        _make_key(file)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        msg = f"{file} is not an Ed25519 key: restore the newsroom's own from a backup."
        raise TypeError(msg)
    return key


def _make_key(file: Path) -> None:
    """Write a new key whole or not at all; of two processes the first one wins."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
