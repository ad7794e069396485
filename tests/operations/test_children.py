import os
import signal

import pytest

from dateline.config.serving import children
from dateline.config.serving.children import Child, Minder
from dateline.config.serving.refusals import Refused


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    monkeypatch.setattr(children, "FIRST_WAIT", 0.01)


def test_a_server_that_never_answers_is_given_up(monkeypatch):
    minder = Minder((Child("server", "dateline.config.serving.none", wait=0.01),))
    minder.start()
    with pytest.raises(Refused, match="The server does not start"):
        minder.mind(lambda: False)
    minder.stop()


def test_a_child_that_keeps_dying_is_started_less_and_less_often():
    child = Child("worker", "this", born=float("inf"))
    waits = [child.next_wait() for _ in range(8)]
    assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_a_child_that_had_settled_is_started_again_soon():
    child = Child("worker", "this", born=float("-inf"), wait=30)
    assert child.next_wait() == children.FIRST_WAIT


def test_a_child_that_ignores_the_wish_to_stop_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr(children, "STOP_SECONDS", 0.1)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    os.mkfifo(tmp_path / "deaf")
    (tmp_path / "stubborn.py").write_text(
        "import pathlib, signal\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(tmp_path / 'deaf')!r}).write_text('deaf')\n"
        "signal.pause()\n"
    )
    child = Child("server", "stubborn")
    minder = Minder((child,))
    minder.start()
    assert (tmp_path / "deaf").read_text() == "deaf"
    minder.stop()
    assert child.process.returncode == -signal.SIGKILL
