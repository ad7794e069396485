"""
Prepare a data folder: tables, styles, and at first a sign-in and a paper.

Runs in a process of its own, so that the parent never loads Django and a set-up
can be stopped at any moment. What it found out goes to standard output as JSON; what
it is doing, and why it could not, to standard error.
"""

import argparse
import contextlib
import json
import logging
import os
import secrets
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from dateline.config.serving import lifeline
from dateline.config.serving.folder import unusable
from dateline.config.serving.refusals import Refused
from dateline.config.settings import options

log = logging.getLogger("dateline.preparation")
REFUSED = 3
# Letters that cannot be mistaken for one another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
STAFF_NAME = "editor"


def main(argv: list[str]) -> int:
    """Prepare the data folder; return 0, or 3 after a sentence that says why not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parent", type=int)
    parser.add_argument("--demo", action="store_true")
    asked = parser.parse_args(argv)
    lifeline.die_with(asked.parent)
    chosen = options.read()
    try:
        report = _prepare(chosen, with_demo=asked.demo)
    except Refused as refusal:
        say(str(refusal))
        return REFUSED
    except OSError as error:
        log.debug("preparation failed", exc_info=True)
        say(unusable(chosen.data, error))
        return REFUSED
    json.dump(report, sys.stdout)
    return 0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _prepare(chosen: options.Options, *, with_demo: bool) -> dict[str, str]:
    make_secret_key(chosen.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings.base")
    django.setup()
    _refuse_newer_tables()
    with _restored_on_failure(chosen):
        _migrate()
        _step("Topics", _sync_topics)
    _collect_static()
    # The sign-in comes last: until there is one, a set-up that was cut short is
    # not done, and the next start goes through all of it again.
    if with_demo and not _has_sign_in():
        _step("The demonstration paper", _load_demonstration)
    return _first_sign_in()


def make_secret_key(data: Path) -> None:
    """Make the key that signs sessions, once, for our eyes only."""
    path = data / options.SECRET_KEY_FILE
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
            out.flush()
            os.fsync(out.fileno())


def _step(name: str, work: Callable[[], object]) -> None:
    say(f"  {name} …")
    work()


def _refuse_newer_tables() -> None:
    """Refuse a database with migrations that this version does not know."""
    from django.db import OperationalError, connection
    from django.db.migrations.loader import MigrationLoader

    try:
        loader = MigrationLoader(connection, ignore_no_migrations=True)
    except OperationalError as error:
        raise Refused(f"The database does not answer: {error}.") from error
    ours = loader.migrated_apps
    unknown = {
        name
        for name in set(loader.applied_migrations) - set(loader.disk_migrations)
        if name[0] in ours and name not in loader.replacements
    }
    if unknown:
        app, name = sorted(unknown)[0]
        raise Refused(
            "The data folder was used by a newer version of Dateline "
            f"({app}.{name} is not known here): install that version or a later one."
        )


@contextlib.contextmanager
def _restored_on_failure(chosen: options.Options) -> Iterator[None]:
    """
    Keep a copy of the database beside it until its tables are changed.

    Where a copy is found, an upgrade was cut off: it begins again from the copy.
    """
    file = Path(chosen.database["NAME"])
    kept = file.with_name(f"{file.name}.before-upgrade")
    if chosen.database_url or not file.exists():
        yield
        return
    if kept.exists():
        _put_back(kept, file)
    _copy_database(file, kept)
    try:
        yield
    except BaseException:
        _put_back(kept, file)
        raise
    kept.unlink()


def _put_back(kept: Path, file: Path) -> None:
    from django.db import connections

    connections.close_all()
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    kept.replace(file)


def _copy_database(file: Path, kept: Path) -> None:
    needed = file.stat().st_size * 2
    free = shutil.disk_usage(file.parent).free
    if free < needed:
        raise Refused(
            f"The disk of {file.parent} has {free // 1_000_000} MB left, and the "
            f"upgrade needs {needed // 1_000_000} MB: make room."
        )
    draft = kept.with_name(f"{kept.name}.new")
    draft.unlink(missing_ok=True)
    source = sqlite3.connect(file)
    target = sqlite3.connect(draft)
    with contextlib.closing(source), contextlib.closing(target):
        source.backup(target)
    draft.replace(kept)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        _step("Tables", lambda: call_command("migrate", verbosity=0, interactive=False))
    except OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise Refused("The disk is full: make room.") from error
        raise


def _sync_topics() -> None:
    from dateline.articles.mediatopics_sync import sync_topics

    sync_topics()


def _collect_static() -> None:
    from django.core.management import call_command

    _step(
        "Styles and scripts",
        lambda: call_command("collectstatic", verbosity=0, interactive=False),
    )


def _first_sign_in() -> dict[str, str]:
    """Make the first member of staff, where there is none; return the sign-in."""
    from dateline.people.models import User

    if _has_sign_in():
        return {}
    password = make_password()
    User.objects.create_superuser(STAFF_NAME, password=password)
    return {"name": STAFF_NAME, "password": password}


def _has_sign_in() -> bool:
    """Tell whether somebody can sign in; the demonstration's staff cannot."""
    from dateline.people.models import User

    return User.objects.filter(is_superuser=True).exists()


def make_password() -> str:
    """Return a password of 79 bits that can be read out over a telephone."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _load_demonstration() -> None:
    from dateline.demo.actions import load_demonstration

    load_demonstration()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
