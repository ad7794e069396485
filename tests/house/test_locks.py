"""The locks name exact versions and hashes, and the larger one holds the smaller."""

import re

import pytest

from tests.house.repository import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+?)(?: ; .*)? \\$", re.MULTILINE)


def _pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_a_pin_or_a_hash(name):
    lines = (ROOT / name).read_text().splitlines()
    odd = [
        line
        for line in lines
        if not PIN.match(f"{line}\n") and not re.match(r"^    --hash=sha256:", line)
    ]
    assert odd == []
    assert len(_pins(name)) > 50


def test_the_tests_run_on_what_the_newsroom_runs_on():
    runtime, development = (_pins(name) for name in LOCKS)
    assert {name: development.get(name) for name in runtime} == runtime
