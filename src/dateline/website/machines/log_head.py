"""The newest signed entry of the publication log, for strangers who keep heads."""

import hashlib
from typing import Any

from cryptography.hazmat.primitives import serialization

from dateline.publishing import queries, signing
from dateline.publishing.chain import GENESIS
from dateline.website.machines.addresses import absolute
from dateline.website.machines.xml_text import rfc3339

ALGORITHM = "Ed25519"


def head() -> dict[str, Any]:
    """Return the head as JSON says it; it tells no act, actor or article."""
    entry = queries.newest_entry()
    sequence, digest = (entry.sequence, entry.hash) if entry else (0, GENESIS)
    return {
        "sequence": sequence,
        "hash": digest,
        "head": f"{sequence}:{digest}",
        "signature": entry.signature if entry else None,
        "recorded_at": rfc3339(entry.recorded_at) if entry else None,
        "algorithm": ALGORITHM,
        "key": absolute("/log/key.pem"),
        "key_id": key_id(),
    }


def key_id() -> str:
    """Return the SHA-256 of the public key (DER), as `openssl` can compute it too."""
    key = serialization.load_pem_public_key(signing.public_key_pem())
    der = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(der).hexdigest()
