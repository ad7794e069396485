"""What every test stands on: a database of its own, and no test left out."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import django
import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

RAN = pytest.StashKey[Path]()
# Nothing is asserted about time: a busy machine is no defect.
hypothesis.settings.register_profile("house", deadline=None, max_examples=60)
hypothesis.settings.load_profile("house")
# Collected as seldom as this, rubbish costs a tenth less of the whole run.
RUBBISH = (100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """
    Name the settings to the processes that run tests, where no ini file did.

    `scripts/test` keeps Django from the process that only hands tests out to them: it
    would take two seconds before the first of them is started.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings.test")
    if not session.config.pluginmanager.hasplugin("dsession") and not apps.ready:
        django.setup()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("dateline")
    group.addoption("--ran", type=Path, help="add the names of the tests that ran")
    group.addoption(
        "--with-database", action="store_true", help="only tests that use the database"
    )


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Copy a migrated database instead of migrating one (see `tests/databases`)."""
    from django.db import connections

    from tests import databases

    with django_db_blocker.unblock():
        databases.prepare(renew=django_db_createdb)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(scope="class")
def class_db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """
    Have rows that the tests of a class share: a fixture asks for this.

    What a test of the class itself writes is taken back after it, as ever.
    """
    # What a test fetches by name alone would stand in the test's own transaction.
    assert not connection.in_atomic_block, "Ask for it before the test's transaction."
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# A test that commits is followed by a fresh copy of the database, below. Django's own
# way, emptying every table, would also take what the migrations wrote, and the log
# of publications lets nobody take anything.
TransactionTestCase._fixture_teardown = lambda _self: None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    # Of the processes that each begin with a share of the tests, one makes the migrated
    # database while the first runs what needs none. Where a browser has been driven,
    # Django asks no database in that process any more.
    items.sort(key=lambda item: (_drives_browser(item), _needs_database(item)))
    if config.getoption("--with-database"):
        away = [item for item in items if not _uses_database(item)]
        config.hook.pytest_deselected(items=away)
        items[:] = [item for item in items if _uses_database(item)]


def _drives_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _needs_database(item: pytest.Item) -> bool:
    kind = getattr(item, "cls", None)
    return (
        _uses_database(item)
        or "django_db_setup" in getattr(item, "fixturenames", ())
        or (kind is not None and issubclass(kind, TransactionTestCase))
    )


def _uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & {"db", "transactional_db", "live_server"}) or (
        item.get_closest_marker("django_db") is not None
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    yield
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server", "django_db_serialized_rollback"}
    if names & commits or (marker and marker.kwargs.get("transaction")):
        from tests import databases

        with item.config.stash[blocking_manager_key].unblock():
            databases.restore()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RUBBISH)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and _ran_into is not None and not report.skipped:
        with _ran_into.open("a", encoding="utf-8") as out:
            out.write(f"{report.nodeid}\n")


_ran_into: Path | None = None


def pytest_configure(config: pytest.Config) -> None:
    global _ran_into  # noqa: PLW0603  (a report knows nothing of its session)
    if not hasattr(config, "workerinput"):
        _ran_into = config.getoption("--ran")


def pytest_unconfigure() -> None:
    # A test process that xdist ends has no exit of its own to clean up at.
    if settings.configured:
        shutil.rmtree(settings.DATELINE_DATA, ignore_errors=True)


def _left_out(config: pytest.Config) -> list[str]:
    """Name what was collected or started and yet did not run."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return []
    return [
        f"{outcome}: {report.nodeid}"
        for outcome in ("skipped", "xfailed", "xpassed")
        for report in reporter.stats.get(outcome, ())
    ]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a session that left something out: a skipped test proves nothing."""
    if _left_out(session.config) and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in _left_out(config):
        terminalreporter.write_line(f"LEFT OUT {line}", red=True)
