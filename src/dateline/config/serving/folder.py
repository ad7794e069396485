"""
The data folder: locked by one newsroom at a time, and marked when it is whole.

An empty folder is set up under the mark `SETTING-UP`. The mark goes when
everything is there; a set-up that was cut off is cleared away and begun again, so
that nothing half made is ever opened. What the folder was last prepared for is
written in `dateline.json`, so that a start with nothing due loads nothing.
"""

import errno
import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.config.serving.refusals import Refused
from dateline.plumbing.backup import MARK as RESTORING

STAMP = "dateline.json"
MARK = "SETTING-UP"
LOCK = ".lock"
CHOSEN = "dateline.toml"
LEAST_FREE_BYTES = 200_000_000


@dataclass
class DataFolder:
    """A data folder whose lock we hold."""

    path: Path
    lock: int

    @property
    def stamp(self) -> dict[str, Any]:
        """What the folder was last prepared for; empty before the first time."""
        try:
            stamp = json.loads((self.path / STAMP).read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Refused(f"{self.path / STAMP} cannot be read: {error}.") from error
        return stamp if isinstance(stamp, dict) else {}

    @property
    def is_new(self) -> bool:
        return not self.stamp

    def mark(self) -> None:
        """Note that the set-up has begun, in a folder with nothing else in it."""
        (self.path / MARK).touch()

    def finish(self, stamp: dict[str, Any]) -> None:
        """Write what the folder is prepared for; it is whole from now on."""
        draft = self.path / f"{STAMP}.new"
        with draft.open("w", encoding="utf-8") as out:
            json.dump(stamp | {"version": __version__}, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self.path / STAMP)
        (self.path / MARK).unlink(missing_ok=True)

    def clear(self) -> None:
        """Take away what an unfinished set-up has made; the mark goes last."""
        for entry in self.path.iterdir():
            if entry.name in {MARK, LOCK, CHOSEN}:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        (self.path / MARK).unlink(missing_ok=True)


def take(path: Path, *, to_restore: bool = False) -> DataFolder:
    """
    Lock the folder for this newsroom, making it where it is missing.

    :raises Refused: it is in use, not ours, of a newer version, or not to be written
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Refused(unusable(path, error)) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise Refused(f"A newsroom is already open in {path}: close it.") from error
    folder = DataFolder(path, lock)
    try:
        if not to_restore:
            _refuse_unfit(folder)
    except Refused:
        os.close(lock)
        raise
    return folder


def _refuse_unfit(folder: DataFolder) -> None:
    stamp = folder.stamp
    theirs = str(stamp.get("version", ""))
    if _rank(theirs) > _rank(__version__):
        raise Refused(
            f"{folder.path} was used by Dateline {theirs}, and this is {__version__}: "
            "install that version or a later one."
        )
    if (folder.path / RESTORING).exists():
        raise Refused(f"A restore into {folder.path} was cut off: run it again.")
    ours = {LOCK, CHOSEN, "lost+found"}
    if not stamp and not (folder.path / MARK).exists():
        strangers = sorted({entry.name for entry in folder.path.iterdir()} - ours)
        if strangers:
            raise Refused(
                f"{folder.path} is not a data folder of Dateline and not empty "
                f"({strangers[0]}): choose another with --data."
            )


def refuse_full_disk(path: Path) -> None:
    """
    Make sure that there is room to set up or upgrade.

    :raises Refused: less than 200 MB are free
    """
    free = shutil.disk_usage(path).free
    if free < LEAST_FREE_BYTES:
        raise Refused(
            f"The disk of {path} has {free // 1_000_000} MB left, and setting up "
            f"needs {LEAST_FREE_BYTES // 1_000_000} MB: make room or choose another "
            "with --data."
        )


def unusable(path: Path, error: OSError) -> str:
    """Say in a sentence why the folder cannot be used."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"The disk of {path} is full: make room or choose another with --data."
    if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
        return f"{path} cannot be written: change its rights or choose another folder."
    return f"{path} cannot be used as data folder: {error.strerror}."


def _rank(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
