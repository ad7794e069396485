"""Originals kept whole in the data folder, each under the hash of its bytes."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER = "originals"


@dataclass(frozen=True, slots=True)
class KeptOriginal:
    """Where the bytes are (below the data folder) and what proves them."""

    path: str
    hash: str
    size: int


def keep_original(content: bytes) -> KeptOriginal:
    """
    Keep the bytes and return where.

    The file appears whole or not at all, and is on the disk before this returns: a
    row may then name it. The same bytes kept twice are one file.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = f"{FOLDER}/{digest[:2]}/{digest[2:4]}/{digest}"
    target = Path(settings.DATELINE_DATA) / path
    if not _is_kept(target, len(content)):
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, content)
    return KeptOriginal(path=path, hash=digest, size=len(content))


def read_original(path: str) -> bytes:
    """Return the bytes of a kept original."""
    return (Path(settings.DATELINE_DATA) / path).read_bytes()


def _is_kept(target: Path, size: int) -> bool:
    return target.is_file() and target.stat().st_size == size


def _write_whole(target: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".coming-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
