"""
Kill -9 any process of an open house: `python -m tests.operations.kill9_pages ROUNDS`.

Each round a process acts on articles, has each page read after each act, and tells of
the act once it has returned. At a random moment one process is killed: the one that
acts, the front, the server, the worker or the one that minds them. Then no page may
be older than the last act told of it, and a killed article may not be seen even once.
Exits with 1 where something does not hold.
"""

import contextlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.operations.newsroom import Newsroom, an_empty_newsroom, environment

LONGEST_STALE = 30.0
VICTIMS = ("actor", "front", "web", "worker", "house")
ROOT = Path(__file__).resolve().parents[2]
_ENTRY = re.compile(rb'data-entry="(\d+)"')
Told = tuple[str, int]


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="dateline-kill9-") as folder:
        house = Newsroom(Path(folder, "data"))
        an_empty_newsroom(house.data)
        house.open()
        bad, checked = 0, 0
        for number in range(1, rounds + 1):
            victim = VICTIMS[number % len(VICTIMS)]
            told = one_round(house, Path(folder), victim, number)
            checked += len(told)
            for fault in filter(None, (wrong(house, *one) for one in told.items())):
                bad += 1
                sys.stdout.write(f"round {number}, {victim} killed: {fault}\n")
        house.close()
        sys.stdout.write(f"kill9_pages: rounds={rounds} pages={checked} bad={bad}\n")
        return 1 if bad or not checked else 0


def one_round(
    house: Newsroom, folder: Path, victim: str, number: int
) -> dict[str, Told]:
    """Let somebody act, kill a process, and return the last act told of each page."""
    report = folder / f"told-{number}"
    actor = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, "act", str(house.port), report],
        env=environment(
            DATELINE_DATA=str(house.data),
            DATELINE_PORT=str(house.port),
            DJANGO_SETTINGS_MODULE="dateline.config.settings.base",
            PYTHONPATH=f"{ROOT / 'src'}:{ROOT}",
        ),
        cwd=ROOT,
    )
    until = time.monotonic() + 60
    while not report.exists() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(random.uniform(0.3, 1.5))  # noqa: S311  (a moment, not a secret)
    for pid in _victims(house, actor, victim):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    time.sleep(random.uniform(0, 0.2))  # noqa: S311  (a moment, not a secret)
    actor.kill()
    actor.wait()
    if victim == "house":
        house.process.communicate()
        house.open()
    return _last_told(report)


def _victims(
    house: Newsroom, actor: "subprocess.Popen[bytes]", victim: str
) -> list[int]:
    if victim == "actor":
        return [actor.pid]
    if victim == "house":
        return [house.process.pid]
    return house.processes(victim)


def _last_told(report: Path) -> dict[str, Told]:
    told: dict[str, Told] = {}
    for line in report.read_text().splitlines(keepends=True):
        # A line without its end was being written when the blow fell.
        if line.endswith("\n"):
            act, entry, path = line.split()
            told[path] = (act, int(entry))
    return told


def wrong(house: Newsroom, path: str, told: Told) -> str:
    """Say what is wrong with the page that readers get, once there is one."""
    act, entry = told
    if act == "seen":
        return f"{path} was seen when its kill had returned"
    until = time.monotonic() + LONGEST_STALE
    status, seen = 0, 0
    while time.monotonic() < until:
        status, seen = _seen(house, path)
        if status == http.HTTPStatus.OK and act == "kill":
            return f"{path} is seen after its kill"
        if status == http.HTTPStatus.GONE or (
            status == http.HTTPStatus.OK and seen >= entry
        ):
            return ""
        time.sleep(0.05)
    return f"{path} answers {status} with entry {seen}, and {act} {entry} was told"


def _seen(house: Newsroom, path: str) -> tuple[int, int]:
    try:
        answer = house.get(path)
    except (OSError, http.client.HTTPException):
        # The front is coming back.
        return 0, 0
    match = _ENTRY.search(answer.body)
    return answer.status, int(match[1]) if match else 0


def act_forever(port: int, report: Path) -> None:
    """Publish, update and kill, and have each page read after each act."""
    import django

    django.setup()
    from dateline.publishing import actions
    from tests.publishing.factories import a_draft, an_editor, redraft
    from tests.publishing.policies import begin_on_paper

    begin_on_paper()
    editor = an_editor()
    with report.open("a", buffering=1) as told:
        for turn in range(10_000):
            draft = a_draft(slug=f"ferry-{os.getpid()}-{turn}")
            made = actions.publish_article(draft, by=editor)
            path = made.path
            told.write(f"publish {made.entry_id} {path}\n")
            _read(port, path)
            redraft(draft, lede=f"Ferry {turn} is late.")
            made = actions.update_article(draft, by=editor)
            told.write(f"update {made.entry_id} {path}\n")
            _read(port, path)
            if turn % 2:
                stone = actions.kill_article(
                    draft, by=editor, desk="Desk", reason="There was no such ferry."
                )
                told.write(f"kill {stone.entry_id} {path}\n")
                if _read(port, path) == http.HTTPStatus.OK:
                    told.write(f"seen {stone.entry_id} {path}\n")
                    return


def _read(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with (
        contextlib.closing(connection),
        contextlib.suppress(OSError, http.client.HTTPException),
    ):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["act"]:
        act_forever(int(sys.argv[2]), Path(sys.argv[3]))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))
