"""A newsroom from a backup: whole, or not at all."""

import hashlib
import json
import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from typing import IO, Any

from dateline.plumbing.backup import (
    FORMAT,
    MANIFEST,
    MARK,
    NOT_KEPT,
    BackupDamaged,
    BackupNewer,
    BackupUnsafe,
    DiskFull,
    FolderNotEmpty,
    Summary,
    named_errors,
)

_LARGEST_MANIFEST = 256_000_000
_CHUNK = 1 << 20
_Told = dict[str, dict[str, Any]]


def restore(source: Path, data: Path, *, version: str) -> Summary:
    """
    Put the newsroom in the backup `source` into the empty folder `data`.

    :raises FolderNotEmpty: there is something in `data`
    :raises BackupDamaged: a file is missing, changed or cut off
    :raises BackupUnsafe: an entry would leave the folder, or is no plain file
    :raises BackupNewer: a newer version took it
    :raises DiskFull: no room for what it holds
    """
    if any(entry.name not in NOT_KEPT for entry in data.iterdir()):
        if not (data / MARK).exists():
            raise FolderNotEmpty(f"{data} is not empty: choose another with --data.")
        _clear(data)
    (data / MARK).touch()
    try:
        with named_errors(source):
            summary = _unpack(source, data, version=version)
    except BaseException:
        _clear(data)
        (data / MARK).unlink()
        raise
    stamp = json.dumps({"version": summary.version})
    (data / "dateline.json").write_text(stamp, encoding="utf-8")
    (data / MARK).unlink()
    return summary


def _clear(data: Path) -> None:
    for entry in data.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name not in {MARK, ".lock"}:
            entry.unlink()


def _unpack(source: Path, data: Path, *, version: str) -> Summary:
    found: _Told = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, mode="r|") as tar:
            for entry in tar:
                if manifest is not None:
                    raise BackupDamaged(f"{source}: something follows the manifest.")
                _refuse_unsafe(entry, found)
                content = tar.extractfile(entry)
                if content is None:
                    raise BackupDamaged(f"{source}: {entry.name} cannot be read.")
                if entry.name == MANIFEST:
                    manifest = _read_manifest(source, content, version=version)
                else:
                    _refuse_full_disk(data, entry.size)
                    found[entry.name] = _write_file(data / entry.name, content)
    except (tarfile.TarError, EOFError) as error:
        raise BackupDamaged(f"{source} is not a whole backup: {error}.") from error
    _refuse_damage(source, manifest, found)
    size = sum(told["size"] for told in found.values())
    return Summary(len(found), size, str((manifest or {})["version"]))


def _refuse_unsafe(entry: tarfile.TarInfo, found: _Told) -> None:
    path = PurePosixPath(entry.name)
    is_inside = (
        entry.name
        and not path.is_absolute()
        and ".." not in path.parts
        and path.as_posix() == entry.name
        and path.parts[0] not in NOT_KEPT
        and "\0" not in entry.name
    )
    if not is_inside or not entry.isreg() or entry.issparse() or entry.name in found:
        raise BackupUnsafe(f"The entry “{entry.name[:200]}” is not of a backup.")


def _refuse_full_disk(data: Path, size: int) -> None:
    if size > shutil.disk_usage(data).free:
        raise DiskFull(f"The disk of {data} has no room for what the backup holds.")


def _read_manifest(source: Path, content: IO[bytes], *, version: str) -> dict[str, Any]:
    try:
        manifest = json.loads(content.read(_LARGEST_MANIFEST))
        theirs, form = str(manifest["version"]), int(manifest["format"])
        manifest["files"].items()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupDamaged(f"{source}: its manifest cannot be read.") from error
    if form > FORMAT or _rank(theirs) > _rank(version):
        raise BackupNewer(f"{source} was taken by Dateline {theirs}: install that.")
    return dict(manifest)


def _rank(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _write_file(path: Path, content: IO[bytes]) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def _refuse_damage(source: Path, manifest: dict[str, Any] | None, found: _Told) -> None:
    if manifest is None:
        raise BackupDamaged(f"{source} is not a whole backup: it has no manifest.")
    told = manifest["files"]
    if told != found or manifest.get("database") not in found:
        wrong = sorted(
            name
            for name in told.keys() | found.keys()
            if told.get(name) != found.get(name)
        )
        what = wrong[0] if wrong else "the database"
        raise BackupDamaged(f"{source}: {what} is missing or was changed.")
