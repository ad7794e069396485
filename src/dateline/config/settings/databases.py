"""The database as Django wants it described: embedded SQLite or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FILE_NAME = "dateline.sqlite3"

# One writer at a time, and readers that never wait for it (WAL). A writer takes its
# turn at BEGIN, so that no transaction fails half way because another came first.
# Every commit is on the disk before it is acknowledged (FULL): a signed head of the
# log that readers have seen must not vanish with the power, or an honest
# newsroom looks as if it had rewritten its history.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32000",
    "PRAGMA mmap_size=268435456",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA temp_store=MEMORY",
)
_BUSY_SECONDS = 20


def database_of(url: str, data: Path) -> dict[str, Any]:
    """Describe to Django the database at `url`, or the file in `data`."""
    return postgresql(url) if url else sqlite(data / FILE_NAME)


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": _BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": ";".join(_PRAGMAS),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # libpq takes a folder for a host: its Unix socket.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": parts.port or options.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
