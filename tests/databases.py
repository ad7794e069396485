"""
A migrated database for each test process, copied from one that is made once.

Migrating takes seconds and copying takes none, so the migrated database is kept
under `.state/`, by the hash of everything that migrations do. In it the gate warns of
what rests on nothing: a test of the gate sets its own policy. A test in a transaction
is rolled back; after one that commits, the copy is taken anew, so that what
migrations wrote is there again for the next.
"""

import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

from tests.publishing.policies import begin_on_paper

STATE = Path(__file__).resolve().parents[1] / ".state" / "databases"
DAY_SECONDS = 86_400
# Where the process's own database is, before it is pointed elsewhere.
OWN_NAME = str(connection.settings_dict["NAME"])


def prepare(*, renew: bool) -> None:
    """Give this process a migrated database of its own."""
    STATE.mkdir(parents=True, exist_ok=True)
    with _alone():
        _VENDORS[connection.vendor].make_template(renew=renew)
    restore()


def restore() -> None:
    """Put the database back to what it was after the migrations."""
    connections.close_all()
    _VENDORS[connection.vendor].copy_template()


@contextmanager
def _alone() -> Iterator[None]:
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _key() -> str:
    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    for app in apps.get_app_configs():
        for room in ("migrations", "data"):
            for path in sorted(Path(app.path, room).glob("*.*")):
                digest.update(path.name.encode() + path.read_bytes())
        guards = Path(app.path, "guards.py")
        digest.update(guards.read_bytes() if guards.exists() else b"")
    digest.update(
        Path(__file__).with_name("publishing").joinpath("policies.py").read_bytes()
    )
    return digest.hexdigest()[:16]


def _migrate_into(name: str) -> None:
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)
    begin_on_paper()
    connections.close_all()


class _SQLite:
    @staticmethod
    def _template() -> Path:
        return STATE / f"{_key()}.sqlite3"

    @classmethod
    def make_template(cls, *, renew: bool) -> None:
        template = cls._template()
        if template.exists() and not renew:
            return
        draft = template.with_suffix(f".{os.getpid()}")
        draft.unlink(missing_ok=True)
        _migrate_into(str(draft))
        connection.settings_dict["NAME"] = OWN_NAME
        # Others may be at work on an older one: what is a day old goes.
        for old in STATE.glob("*.sqlite3"):
            if time.time() - old.stat().st_mtime > DAY_SECONDS:
                old.unlink()
        draft.replace(template)

    @classmethod
    def copy_template(cls) -> None:
        # Through SQLite, not as a file: a server's thread may hold it open still.
        with (
            closing(
                sqlite3.connect(f"file:{cls._template()}?mode=ro", uri=True)
            ) as template,
            closing(sqlite3.connect(OWN_NAME)) as own,
        ):
            template.backup(own)


class _PostgreSQL:
    @staticmethod
    def _run(*statements: str) -> None:
        # A database is made and dropped from another one than itself.
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    @classmethod
    def _exists(cls, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    @classmethod
    def make_template(cls, *, renew: bool) -> None:
        template = f"template_{_key()}"
        if cls._exists(template) and not renew:
            return
        draft = f"draft_{_key()}"
        cls._run(f'DROP DATABASE IF EXISTS "{draft}"', f'CREATE DATABASE "{draft}"')
        _migrate_into(draft)
        cls._run(
            f'DROP DATABASE IF EXISTS "{template}"',
            f'ALTER DATABASE "{draft}" RENAME TO "{template}"',
        )

    @classmethod
    def copy_template(cls) -> None:
        name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        cls._run(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "template_{_key()}"',
        )
        connection.settings_dict["NAME"] = name


_VENDORS = {"sqlite": _SQLite, "postgresql": _PostgreSQL}
