"""A kill -9 at any moment leaves no act by half, and no page from before it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(("module", "rounds"), [("kill9", "12"), ("kill9_pages", "5")])
def test_acts_and_purges_survive_kill_9(module, rounds):
    done = subprocess.run(
        [sys.executable, "-m", f"tests.operations.{module}", rounds],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
