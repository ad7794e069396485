"""A newsroom that is open while it is measured, and what its processes take."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.newsroom import STATE

OPENS_WITHIN, CLOSES_WITHIN = 240, 20
OK = 200


@dataclass(frozen=True)
class Server:
    """A `dateline serve` that answers."""

    folder: Path
    port: int
    pid: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def processes(self) -> dict[int, str]:
        """Return every process of the newsroom with the command it runs."""
        return {pid: _command(pid) for pid in _family(self.pid)}

    def memory(self) -> dict[int, int]:
        """Return each process's share of the memory (PSS) in bytes."""
        return {pid: _pss(pid) for pid in self.processes()}

    def cpu_seconds(self) -> float:
        """Return the processor time that all processes have taken so far."""
        return sum(_cpu_seconds(pid) for pid in self.processes())


@contextmanager
def opened(folder: Path, **settings: str) -> Iterator[Server]:
    """Open a newsroom on a free port; close it at the end."""
    port = free_port()
    environ = os.environ | {
        "DATELINE_LOG_LEVEL": "error",
        "DATELINE_LOG_REQUESTS": "false",
        "DATELINE_SITE_URL": f"http://127.0.0.1:{port}",
        **settings,
    }
    command = [sys.executable, "-m", "dateline.config.cli", "serve", "--no-demo"]
    command += ["--port", str(port), "--data", str(folder)]
    log = (STATE / "server.log").open("ab")
    process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        _wait_until_open(process, port)
        yield Server(folder, port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(CLOSES_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_open(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if _answers(port):
            return
        time.sleep(0.1)
    sys.exit(f"The newsroom did not open: see {STATE / 'server.log'}.")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == OK
    except OSError:
        return False
    finally:
        connection.close()


def _family(pid: int) -> list[int]:
    try:
        threads = Path(f"/proc/{pid}/task").iterdir()
        told = [(thread / "children").read_text().split() for thread in threads]
    except OSError:
        return []
    children = [int(child) for found in told for child in found]
    return [pid, *(found for child in children for found in _family(child))]


def _command(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return " ".join(words[1:4])


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
