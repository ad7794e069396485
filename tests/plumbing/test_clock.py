"""The clock stands where it is set, for as long as it is, and only the demo sets it."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

import dateline
from dateline.plumbing import clock

MOMENT = datetime(2001, 2, 3, 4, 5, tzinfo=UTC)
SOURCE = Path(dateline.__file__).parent


def test_it_stands_within_the_block_and_runs_on_after_it():
    with clock.set_to(MOMENT):
        assert clock.now() == MOMENT
    assert clock.now() > MOMENT


def test_it_runs_on_after_a_fault():
    with pytest.raises(KeyError), clock.set_to(MOMENT):
        raise KeyError
    assert clock.now() > MOMENT


def test_other_threads_keep_their_own_time():
    seen = []
    with clock.set_to(MOMENT):
        other = threading.Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] > MOMENT


def test_only_the_demonstration_paper_sets_it():
    users = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if "clock.set_to(" in path.read_text(encoding="utf-8")
    }
    assert users == {"demo"}
