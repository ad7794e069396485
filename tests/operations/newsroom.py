"""A real newsroom for the tests: real processes, a real port, a real folder."""

import contextlib
import fcntl
import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from dateline.config.serving.fingerprint import epoch
from dateline.config.settings.options import Options

COMMAND = (sys.executable, "-m", "dateline.config.cli")
LONGEST_START = 90.0
SOURCE = Path(__file__).resolve().parents[2] / "src"
KEPT = SOURCE.parent / ".state" / "newsrooms"
DAY_SECONDS = 86_400


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
        return self.ask("GET", path, headers)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: object = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def wait_until_well(self) -> None:
        self.wait_until(lambda: self.get("/healthz").status == http.HTTPStatus.OK)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if is_so():
                    return
            threading.Event().wait(0.05)
        raise AssertionError("It did not come to be so.")

    def children(self) -> list[int]:
        """Return the ids of all processes that it has started."""
        return descendants(self.process.pid)

    def processes(self, module: str) -> list[int]:
        """Return the ids of the processes that run a module of `serving`."""
        name = f"dateline.config.serving.{module}".encode()
        return [
            pid
            for pid in self.children()
            if name in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        ]

    def close(self, by: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(by)
        rest, _ = self.process.communicate(timeout=20)
        self.said += rest
        return self.process.returncode


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid for child in children for pid in (int(child), *descendants(int(child)))]


def wait_until_gone(pids: list[int], *, seconds: float = 10) -> list[int]:
    """Give each process its time to end; return those that did not."""
    return [pid for pid in pids if not _ends(pid, seconds)]


def _ends(pid: int, seconds: float) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def demonstration(data: Path) -> list[str]:
    """Put the demonstration paper at a path; return name and password of its desk."""
    return _copied(data, with_demo=True).partition("Sign in    ")[2].split()[:2]


def an_empty_newsroom(data: Path) -> str:
    """Put a newsroom without a word in it at a path; return what its start said."""
    return _copied(data, with_demo=False)


def _copied(data: Path, *, with_demo: bool) -> str:
    """Copy a folder that is set up once for each state of the software."""
    kept = KEPT / f"{'demo' if with_demo else 'empty'}-{epoch(Options())[:16]}"
    KEPT.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _set_up(kept, with_demo=with_demo)
    shutil.copytree(kept / "data", data)
    return (kept / "said").read_text()


def _set_up(kept: Path, *, with_demo: bool) -> None:
    for old in KEPT.iterdir():
        if time.time() - old.stat().st_mtime > DAY_SECONDS:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    draft = kept.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    with opened(draft / "data", with_demo=with_demo) as newsroom:
        said = newsroom.said
    (draft / "said").write_text(said)
    draft.rename(kept)


@contextlib.contextmanager
def opened(data: Path, *, with_demo: bool = False, **more) -> Iterator[Newsroom]:
    newsroom = Newsroom(data, () if with_demo else ("--no-demo",), **more)
    newsroom.open()
    try:
        yield newsroom
    finally:
        if newsroom.process.poll() is None:
            newsroom.close()
        if newsroom.process.stdout is not None:
            newsroom.process.stdout.close()
