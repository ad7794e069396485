"""The arithmetic of the log: what an entry's hash covers. Pure."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dateline.plumbing.json_text import canonical

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """What one entry says, in the spelling that is hashed."""

    sequence: int
    act: str
    recorded_at: datetime
    article: str
    actor: int
    payload: dict[str, Any]
    previous_hash: str

    def told(self) -> dict[str, Any]:
        """Return what is hashed of the entry, as its canonical JSON says it."""
        return {
            "sequence": self.sequence,
            "act": self.act,
            "recorded_at": spell_time(self.recorded_at),
            "article": self.article,
            "actor": self.actor,
            "payload": self.payload,
            "previous_hash": self.previous_hash,
        }

    def digest(self) -> str:
        """Return the entry's SHA-256 in hex: what is signed and shown as head."""
        return hashlib.sha256(canonical(self.told())).hexdigest()


def spell_time(moment: datetime) -> str:
    """Return a moment as the log spells it: UTC, microseconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_nonce() -> str:
    """Return a secret that keeps a hash from being guessed (128 random bits)."""
    return secrets.token_hex(16)


def commitment(value: Any, nonce: str) -> str:
    """
    Return a hash that binds to `value` and, without `nonce`, tells nothing of it.

    A redacted name could be guessed from a bare hash of the text around it.
    """
    return hashlib.sha256(nonce.encode() + b"\n" + canonical(value)).hexdigest()


def version_hash(content: dict[str, Any], note: str, nonce: str) -> str:
    """Return what the log holds of a version: its text and its note, bound."""
    return commitment({"content": content, "note": note}, nonce)
