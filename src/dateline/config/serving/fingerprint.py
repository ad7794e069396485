"""What a data folder is prepared for, told without loading any of it."""

import hashlib
from collections.abc import Iterator
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
    for line in _files():
        digest.update(line.encode())
    return digest.hexdigest()


def _files() -> Iterator[str]:
    folders = (f for name in _ROOMS for f in PACKAGE.glob(f"*/{name}"))
    for folder in sorted(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                facts = path.stat()
                name = path.relative_to(PACKAGE)
                yield f"{name} {facts.st_size} {facts.st_mtime_ns}\n"
