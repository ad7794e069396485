"""The commands that fill and keep a newsroom: demo, verify, backup, restore, check."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline import __version__
from dateline.config.serving import folder as folders
from dateline.config.serving.refusals import Refused
from dateline.config.settings import options
from dateline.plumbing import backup, restoring

WRONG = 1
LEAST_FREE_BYTES = 1_000_000_000


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def back_up_to(target: Path) -> int:
    """
    Write the newsroom to `target`.

    :raises backup.BackupRefused: it cannot be done
    """
    chosen = options.read()
    if chosen.database_url:
        raise backup.BackupRefused(
            "The database is PostgreSQL's to keep: take a pg_dump of it first, then "
            f"copy the folder {chosen.data}; docs/operations/backup.md says how."
        )
    database = Path(chosen.database["NAME"])
    summary = backup.back_up(
        chosen.data, database, target.absolute(), version=__version__
    )
    say(f"{target}: {summary.files} files, {summary.size:,} bytes.")
    return 0


def restore_from(source: Path) -> int:
    """
    Put the backup into the data folder, which must be empty.

    :raises backup.BackupRefused: it cannot be done; the folder is left empty
    """
    chosen = options.read()
    if not source.is_file():
        raise backup.BackupRefused(f"There is no file {source}.")
    folder = folders.take(chosen.data, to_restore=True)
    try:
        summary = restoring.restore(source, folder.path, version=__version__)
    finally:
        os.close(folder.lock)
    say(f"{folder.path}: {summary.files} files, {summary.size:,} bytes restored.")
    return 0


def load_demonstration() -> int:
    """
    Load the demonstration paper.

    :raises Refused: the newsroom has articles of its own
    """
    _load(options.read())
    from dateline.demo import actions as demo

    try:
        was_loaded = demo.load_demonstration()
    except demo.NewsroomNotEmpty as error:
        raise Refused(str(error)) from error
    say("The paper is loaded." if was_loaded else "The paper was there already.")
    return 0


def verify(against: str | None) -> int:
    """Walk the log, and say how far it holds."""
    _load(options.read())
    from dateline.publishing import verification

    try:
        verdict = verification.verify(against)
    except ValueError as error:
        raise Refused(str(error)) from error
    say(f"{verdict.entries} entries; head {verdict.head}")
    say("The log holds." if verdict.holds else f"BROKEN {verdict.broken}")
    return 0 if verdict.holds else WRONG


def write_evidence(
    named: str, target: Path, *, version: int | None, chain_from: int | None
) -> int:
    """
    Write an article's kit of evidence to `target`.

    :raises Refused: there is no such article or version, or the log is broken
    """
    _load(options.read())
    from dateline.publishing.evidence import finding, making

    try:
        asked = making.Asked(version=version, chain_from=chain_from)
        summary = making.make_kit(named, target.absolute(), asked)
    except finding.EvidenceRefused as error:
        raise Refused(str(error)) from error
    say(f"{target}: {summary}")
    return 0


def check() -> int:
    """Examine every part that an operator answers for."""
    chosen = options.read()
    _load(chosen)
    wrong = 0
    for name, examine in _EXAMINATIONS.items():
        faults = list(examine(chosen))
        wrong += len(faults)
        say(f"{name}: {'; '.join(faults) or 'ok'}")
    return WRONG if wrong else 0


def _load(chosen: options.Options) -> None:
    if not (chosen.data / folders.STAMP).exists():
        raise Refused(f"There is no newsroom in {chosen.data}: name it with --data.")
    import django

    django.setup()


def _software(chosen: options.Options) -> Iterator[str]:
    del chosen
    from django.core import checks

    for found in checks.run_checks(include_deployment_checks=False):
        if found.level >= checks.WARNING:
            yield f"{found.id} {found.msg}"


def _tables(chosen: options.Options) -> Iterator[str]:
    del chosen
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield f"the database does not answer: {error}"
        return
    if due:
        yield f"{len(due)} migrations are due: `dateline serve` carries them out"


def _parts(chosen: options.Options) -> Iterator[str]:
    del chosen
    from dateline.plumbing import health

    for part, verdict in health.examine().items():
        # The worker is up only while the newsroom is open.
        if verdict != "ok" and part != health.WORKER:
            yield f"{part} {verdict}"


def _disk(chosen: options.Options) -> Iterator[str]:
    free = shutil.disk_usage(chosen.data).free
    if free < LEAST_FREE_BYTES:
        yield f"only {free // 1_000_000} MB are left on the disk of {chosen.data}"


def _rights(chosen: options.Options) -> Iterator[str]:
    for path in sorted((chosen.data / "keys").glob("*")):
        if path.stat().st_mode & 0o077:
            yield f"others may read {path}: chmod 600"


def _log(chosen: options.Options) -> Iterator[str]:
    del chosen
    from dateline.publishing import verification

    verdict = verification.verify()
    if not verdict.holds:
        yield f"BROKEN {verdict.broken}"


_EXAMINATIONS: dict[str, Callable[[options.Options], Iterator[str]]] = {
    "software": _software,
    "tables": _tables,
    "parts": _parts,
    "disk": _disk,
    "keys": _rights,
    "log of publications": _log,
}
