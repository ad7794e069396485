"""
One file that holds a newsroom.

A backup is a plain tar: the files of the data folder, the database, and last a
manifest with the size and SHA-256 of each. It is taken while the newsroom is open:
first the witness of the log's heads, then the database in one moment, then the
files, so that nothing that the database names is missing and no head is newer than
the log. A backup appears whole or not at all. :mod:`dateline.plumbing.restoring` is the
way back.
"""

import contextlib
import errno
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
MARK = "RESTORING"
FIRST = "heads.log"
# Made anew at the next start, or true of one machine alone.
NOT_KEPT = {"static", "pages", "run", ".lock", "SETTING-UP", "dateline.json", MARK}
_UPGRADE = ".before-upgrade"
_DATABASE_SUFFIXES = ("", "-wal", "-shm", "-journal", _UPGRADE, f"{_UPGRADE}.new")


class BackupRefused(Exception):
    """A backup cannot be taken or used; the sentence says why."""


class BackupExists(BackupRefused):
    """There is a file of that name already."""


class BackupDamaged(BackupRefused):
    """The file is not a whole backup."""


class BackupUnsafe(BackupRefused):
    """The file would write outside the data folder, or what no backup holds."""


class BackupNewer(BackupRefused):
    """The backup was taken by a newer version."""


class FolderNotEmpty(BackupRefused):
    """There is something in the folder already."""


class DiskFull(BackupRefused):
    """There is no room for it."""


@dataclass(frozen=True)
class Summary:
    """What a backup holds."""

    files: int
    size: int
    version: str


@dataclass
class _Manifest:
    version: str
    database: str
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def encode(self) -> bytes:
        told = {"format": FORMAT, **vars(self)}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def back_up(data: Path, database: Path, target: Path, *, version: str) -> Summary:
    """
    Write everything that makes the newsroom in `data` to the file `target`.

    :raises BackupExists: `target` is there already
    :raises BackupRefused: there is no newsroom in `data`, or it cannot be read
    :raises DiskFull: no room for the file
    """
    if target.exists():
        raise BackupExists(f"{target} exists already: choose another name.")
    if not database.is_file():
        raise BackupRefused(f"There is no newsroom in {data}.")
    with (
        named_errors(target),
        tempfile.TemporaryDirectory(
            prefix=f".{target.name}.", dir=target.parent
        ) as folder,
    ):
        draft = Path(folder, "draft.tar")
        summary = _write(data, database, draft, version=version)
        draft.replace(target)
    return summary


@contextlib.contextmanager
def named_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFull(f"The disk of {path} is full.") from error
        raise BackupRefused(f"{path}: {error.strerror or error}.") from error
    except sqlite3.Error as error:
        raise BackupRefused(f"The database cannot be copied: {error}.") from error


def _write(data: Path, database: Path, draft: Path, *, version: str) -> Summary:
    manifest = _Manifest(version, database.name)
    # The keys are inside: for the operator's eyes only.
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            if (data / FIRST).exists():
                _add(tar, manifest, data / FIRST, FIRST)
            copy = draft.with_name(database.name)
            _copy_database(database, copy)
            _add(tar, manifest, copy, database.name)
            copy.unlink()
            for path, name in _files(data, database):
                _add(tar, manifest, path, name)
            _add_manifest(tar, manifest)
        out.flush()
        os.fsync(out.fileno())
    size = sum(told["size"] for told in manifest.files.values())
    return Summary(len(manifest.files), size, version)


def _copy_database(database: Path, copy: Path) -> None:
    source = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    target = sqlite3.connect(copy)
    with contextlib.closing(source), contextlib.closing(target):
        # One read of the write-ahead log: nobody waits, and no act is cut in two.
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def _files(data: Path, database: Path) -> Iterator[tuple[Path, str]]:
    own = {database.name + suffix for suffix in _DATABASE_SUFFIXES}
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data)
        is_ours = name.parts[0] not in NOT_KEPT | own | {FIRST}
        if is_ours and path.is_file() and not path.is_symlink():
            yield path, name.as_posix()


def _add(tar: tarfile.TarFile, manifest: _Manifest, path: Path, name: str) -> None:
    try:
        content = path.open("rb")
    except FileNotFoundError:
        # Deleted since the database was copied: a rendition made anew, a redaction.
        return
    with content:
        size = os.fstat(content.fileno()).st_size
        entry = tarfile.TarInfo(name)
        entry.size = size
        entry.mode = 0o600
        hashed = _Hashed(content)
        tar.addfile(entry, hashed)
    manifest.files[name] = {"size": size, "sha256": hashed.digest.hexdigest()}


class _Hashed(io.RawIOBase):
    """A file whose hash is taken while it is read."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.content.read(size)
        self.digest.update(chunk)
        return chunk


def _add_manifest(tar: tarfile.TarFile, manifest: _Manifest) -> None:
    content = manifest.encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))
