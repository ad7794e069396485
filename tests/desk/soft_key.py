"""A security key made of software: it answers as asked, or as a thief would."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


def _b64(raw):
    return websafe_encode(bytes(raw))


@dataclass
class SoftKey:
    """Says what it is told to say; `told` may differ from what it was asked."""

    host: str = "testserver"
    origin: str = "http://testserver"
    flags: int = PRESENT | VERIFIED
    uses: int = 1
    identity: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: str = ""

    def __post_init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())

    def make(self, asked):
        self.handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.private.public_key())
        held = AttestedCredentialData.create(Aaguid.NONE, self.identity, public)
        data = self._data(HOLDS_KEY, held)
        said = self._said("webauthn.create", asked)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            {"clientDataJSON": _b64(said), "attestationObject": _b64(attestation)}
        )

    def use(self, asked):
        data = self._data()
        said = self._said("webauthn.get", asked)
        signed = bytes(data) + hashlib.sha256(said).digest()
        return self._answer(
            {
                "clientDataJSON": _b64(said),
                "authenticatorData": _b64(data),
                "signature": _b64(self.private.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": self.handle or None,
            }
        )

    def _data(self, flags=0, held=b""):
        named = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(named, self.flags | flags, self.uses, held)

    def _said(self, kind, asked):
        said = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, response):
        name = _b64(self.identity)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response}
        )
