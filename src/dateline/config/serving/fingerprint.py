"""What a data folder and its kept pages are made by, told without loading any of it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path

from dateline import __version__
from dateline.config.settings.options import Options

PACKAGE = Path(__file__).resolve().parents[2]
# Migrations, styles and the data that a newsroom starts with.
_ROOMS = ("migrations", "static", "data")
_FOUNDATION = ("django", "django-tasks-db", "wagtail")


def fingerprint(chosen: Options) -> str:
    """Name the software's tables, styles and data, and the database they are in."""
    digest = hashlib.sha256()
    for part in (__version__, chosen.database_url, *map(version, _FOUNDATION)):
        digest.update(f"{part}\n".encode())
    for line in _files(f for name in _ROOMS for f in PACKAGE.glob(f"*/{name}")):
        digest.update(line.encode())
    return digest.hexdigest()


def epoch(chosen: Options) -> str:
    """Name all that pages are rendered by: the software's files, and the settings."""
    digest = hashlib.sha256()
    for setting in fields(chosen):
        digest.update(f"{setting.name} {getattr(chosen, setting.name)}\n".encode())
    for package in (*_FOUNDATION, "babel", "jinja2"):
        digest.update(f"{package} {version(package)}\n".encode())
    for line in _files([PACKAGE]):
        digest.update(line.encode())
    return digest.hexdigest()


def _files(folders: Iterable[Path]) -> Iterator[str]:
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                facts = path.stat()
                name = path.relative_to(PACKAGE)
                yield f"{name} {facts.st_size} {facts.st_mtime_ns}\n"
