"""A server in a thread, with a small application, and clients that say any bytes."""

import asyncio
import contextlib
import gc
import socket
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import uvloop

from dateline.pagestore.http.server import Application, Server

LONGEST = 10.0


class Cut(Exception):
    """The connection ended before the answer did."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return dict(self.headers).get(name)


class Client:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), LONGEST)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def send(self, *pieces: bytes) -> "Client":
        """Send each piece by itself."""
        for piece in pieces:
            self.socket.sendall(piece)
        return self

    def end_sending(self) -> "Client":
        self.socket.shutdown(socket.SHUT_WR)
        return self

    def reset(self) -> None:
        """Go away without a word."""
        no_wait = b"\x01\0\0\0\0\0\0\0"
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_wait)
        self.close()

    def head(self) -> tuple[int, list[tuple[str, str]]]:
        """Read a head; of those that only ask for patience there are none."""
        version, status, *_ = self._line().split(" ")
        assert version == "HTTP/1.1"
        headers = []
        while line := self._line():
            name, _, value = line.partition(": ")
            headers.append((name, value))
        return int(status), headers

    def answer(self, method: str = "GET") -> Answer:
        """Read one answer as its head says that it is to be read."""
        status, headers = self.head()
        said = dict(headers)
        if method == "HEAD" or status in {204, 304}:
            body = b""
        elif said.get("transfer-encoding") == "chunked":
            body = self._chunks()
        elif "content-length" in said:
            body = self._exactly(int(said["content-length"]))
        else:
            body = self.rest()
        return Answer(status, headers, body)

    def answers(self) -> list[Answer]:
        """Read answers until the server closes the connection."""
        found = []
        while self.file.peek(1):
            found.append(self.answer())
        return found

    def rest(self) -> bytes:
        """Return all that comes until the connection ends as it should."""
        try:
            return self.file.read()
        except ConnectionResetError as error:
            raise Cut from error

    def is_ended(self) -> bool:
        """Wait for the end; tell whether nothing came before it."""
        with contextlib.suppress(Cut):
            return not self.rest()
        return True

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def _line(self) -> str:
        line = self.file.readline()
        if not line.endswith(b"\r\n"):
            raise Cut
        return line[:-2].decode("latin-1")

    def _exactly(self, count: int) -> bytes:
        body = self.file.read(count)
        if len(body) != count:
            raise Cut
        return body

    def _chunks(self) -> bytes:
        pieces = []
        while size := int(self._line(), 16):
            pieces.append(self._exactly(size))
            assert self._line() == ""
        assert self._line() == ""
        return b"".join(pieces)


@dataclass
class House:
    server: Server
    loop: asyncio.AbstractEventLoop
    port: int = 0
    clients: list[Client] = field(default_factory=list)
    troubles: list[dict[str, Any]] = field(default_factory=list)
    """What reached the loop because nobody else took it."""

    def client(self) -> Client:
        self.clients.append(Client(self.port))
        return self.clients[-1]

    def ask(self, *pieces: bytes) -> Answer:
        """Send them over a new connection; return the first answer."""
        return self.client().send(*pieces).answer()

    def begin(self, work: Coroutine[Any, Any, Any]) -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def wait_until_nobody_is_connected(self) -> None:
        self.begin(self._left()).result(LONGEST)

    async def _left(self) -> None:
        while self.server.connected:
            await asyncio.sleep(0.001)

    def stop(self, thread: threading.Thread) -> None:
        self.begin(self.server.close(LONGEST)).result(2 * LONGEST)
        gc.collect()
        self.loop.call_soon_threadsafe(self.loop.stop)
        thread.join(LONGEST)
        self.loop.close()

    def open(self, gate: asyncio.Event) -> None:
        self.loop.call_soon_threadsafe(gate.set)


@contextlib.contextmanager
def serving(application: Application, **how: Any) -> Iterator[House]:
    """Serve it; in the end nobody may be left, and nothing have failed unseen."""
    loop = uvloop.new_event_loop()
    house = House(Server(application, **how), loop)
    loop.set_exception_handler(lambda _, context: house.troubles.append(context))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        house.port = house.begin(house.server.listen("127.0.0.1", 0)).result(LONGEST)
        yield house
    finally:
        for client in house.clients:
            client.close()
        try:
            house.wait_until_nobody_is_connected()
        finally:
            house.stop(thread)
    assert house.troubles == []


def asked(
    target: str = "/", *headers: str, method: str = "GET", body: bytes | None = None
) -> bytes:
    """Return a request as it goes over the wire."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *headers]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (body or b"")
