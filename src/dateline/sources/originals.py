"""Originals kept whole in the data folder, each under the hash of its bytes."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

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
    path = _path(digest)
    target = Path(settings.DATELINE_DATA) / path
    if not _is_kept(target, len(content)):
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, content)
    return KeptOriginal(path=path, hash=digest, size=len(content))


def keep_chunks(chunks: Iterable[bytes]) -> KeptOriginal:
    """
    Keep what comes in pieces, and return where; no more of it is held than a piece.

    Whatever the pieces raise goes through, and nothing is kept then.
    """
    folder = Path(settings.DATELINE_DATA) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".coming-")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        kept = KeptOriginal(_path(digest.hexdigest()), digest.hexdigest(), size)
        _put(Path(name), Path(settings.DATELINE_DATA) / kept.path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return kept


def _put(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)
    _sync_folder(target.parent)


def open_original(path: str) -> BinaryIO:
    """Return a kept original, open for reading."""
    return (Path(settings.DATELINE_DATA) / path).open("rb")


def read_original(path: str) -> bytes:
    """Return the bytes of a kept original."""
    return (Path(settings.DATELINE_DATA) / path).read_bytes()


def _path(digest: str) -> str:
    return f"{FOLDER}/{digest[:2]}/{digest[2:4]}/{digest}"


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
