"""A real newsroom for the tests: real processes, a real port, a real folder."""

import contextlib
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

COMMAND = (sys.executable, "-m", "dateline.config.cli")
LONGEST_START = 90.0
SOURCE = Path(__file__).resolve().parents[2] / "src"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """Return the environment of an operator who has set nothing."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"PYTHONPATH": str(SOURCE)} | more


def run(*arguments: str, command: tuple[str, ...] = COMMAND, **more: str):
    """Run a command of `dateline` to its end."""
    return subprocess.run(
        [*command, *arguments],
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass
class Newsroom:
    data: Path
    arguments: tuple[str, ...] = ("--no-demo",)
    command: tuple[str, ...] = COMMAND
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str]" = field(init=False)
    environ: dict[str, str] = field(default_factory=environment)
    said: str = ""

    def open(self) -> None:
        """Start it; return once it says that it is open."""
        self.process = subprocess.Popen(
            [
                *self.command,
                "serve",
                "--data",
                str(self.data),
                "--port",
                str(self.port),
                *self.arguments,
            ],
            env=self.environ,
            cwd=self.data.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Ctrl-C"):
                return
        self.process.communicate()
        raise AssertionError(f"It did not open:\n{self.said}")

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def wait_until_well(self) -> None:
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/healthz").status == http.HTTPStatus.OK:
                    return
            threading.Event().wait(0.05)
        raise AssertionError("It did not get well.")

    def children(self) -> list[int]:
        """Return the ids of all processes that it has started."""
        return descendants(self.process.pid)

    def close(self, by: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        rest, _ = self.process.communicate(timeout=20)
        self.said += rest
        return self.process.returncode


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid for child in children for pid in (int(child), *descendants(int(child)))]


def wait_until_gone(pids: list[int]) -> list[int]:
    """Give each process ten seconds to end; return those that did not."""
    return [pid for pid in pids if not _ends(pid)]


def _ends(pid: int) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


@contextlib.contextmanager
def opened(data: Path, *, with_demo: bool = False, **more) -> Iterator[Newsroom]:
    newsroom = Newsroom(data, () if with_demo else ("--no-demo",), **more)
    newsroom.open()
    try:
        yield newsroom
    finally:
        if newsroom.process.poll() is None:
            newsroom.close()
