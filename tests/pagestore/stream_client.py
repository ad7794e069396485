"""A server of the stream and its clients, for tests: real processes, real sockets."""

import contextlib
import http.client
import json
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.pagestore.channels import LocalChannels
from tests.operations.newsroom import free_port

LONGEST = 30.0


@dataclass
class Server:
    folder: Path
    limits: dict[str, Any] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes]" = field(init=False)
    clients: "list[Client]" = field(default_factory=list)

    def open(self) -> None:
        command = [sys.executable, "-m", "tests.pagestore.stream_server"]
        arguments = [str(self.port), str(self.folder), json.dumps(self.limits)]
        self.process = subprocess.Popen([*command, *arguments])
        until(self.answers)

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 5).close()
            return True
        return False

    def totals(self) -> dict[str, int]:
        return json.loads(self.get("/totals").body)

    def get(self, path: str, method: str = "GET", **headers: str) -> "Answer":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        with contextlib.closing(connection):
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())

    def client(self, path: str, source: str = "", **headers: str) -> "Client":
        """Open a stream; it is closed with the server, if not before."""
        self.clients.append(Client(self.port, path, source, **headers))
        return self.clients[-1]

    def close(self) -> float:
        """Ask it to stop; return after how many seconds it had."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(LONGEST)
        return time.monotonic() - began


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """One connection to a stream, read as events come."""

    def __init__(self, port: int, path: str, source: str = "", **headers: str) -> None:
        bound = (source, 0) if source else None
        self.socket = socket.create_connection(("127.0.0.1", port), LONGEST, bound)
        lines = [f"GET {path} HTTP/1.1", "Host: localhost"]
        lines += [f"{k.replace('_', '-')}: {v}" for k, v in headers.items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.file = self.socket.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        self.headers = dict(self._headers())

    def _headers(self) -> Iterator[tuple[str, str]]:
        while line := self.file.readline().decode().strip():
            name, _, value = line.partition(": ")
            yield name.lower(), value

    def events(self) -> Iterator[dict[str, str]]:
        """Yield each block of the stream as its fields, a comment under ""."""
        block: dict[str, str] = {}
        for line in self._lines():
            if not line:
                yield block
                block = {}
            else:
                name, _, value = line.partition(":")
                value = value.removeprefix(" ")
                block[name] = f"{block[name]}\n{value}" if name in block else value

    def told(self, count: int) -> list[dict[str, str]]:
        """Return the next events with data."""
        with_data = (event for event in self.events() if "data" in event)
        return [next(with_data) for _ in range(count)]

    def _lines(self) -> Iterator[str]:
        rest = b""
        while size := int(self.file.readline(), 16):
            rest += self.file.read(size)
            self.file.readline()
            *lines, rest = rest.split(b"\n")
            yield from (line.decode() for line in lines)

    def is_ended(self) -> bool:
        """Read on; tell whether the server has ended the stream as it should."""
        return all(
            line.startswith(("retry", "id", ":")) for line in self._lines() if line
        )

    def is_cut(self) -> bool:
        """Read on; tell whether the connection ends before its stream does."""
        try:
            for _ in self._lines():
                pass
        except (OSError, ValueError):
            return True
        return False

    def close(self) -> None:
        self.file.close()
        self.socket.close()


def until(truth: Callable[[], object]) -> None:
    """Wait until it is true."""
    end = time.monotonic() + LONGEST
    while not truth():
        assert time.monotonic() < end, "It never came true."
        select.select([], [], [], 0.02)


@contextlib.contextmanager
def stream_server(folder: Path, **limits: Any) -> Iterator[Server]:
    server = Server(folder, limits)
    server.open()
    try:
        yield server
    finally:
        for client in server.clients:
            client.close()
        if server.process.poll() is None:
            server.close()


def channels_in(folder: Path) -> LocalChannels:
    return LocalChannels(folder)
