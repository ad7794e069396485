"""A server: who is connected, how many may be, and the end."""

import asyncio
import socket
import time
from collections.abc import Callable

from dateline.pagestore.http.connections import Connection
from dateline.pagestore.http.exchanges import Application

BACKLOG = 4_096
LOOK_SECONDS = 5.0
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n"
    b"content-length: 0\r\n\r\n"
)


class Server:
    """
    Serves an application to many connections in one loop.

    `recall` returns the whole answer to a head that was remembered under what the
    application knows it by (:attr:`Exchange.hit`), or None; `remember` is told of one.
    """

    def __init__(
        self,
        application: Application,
        *,
        recall: Callable[[bytes], bytes | None] = lambda _: None,
        remember: Callable[[bytes, tuple[str, int]], None] = lambda _, __: None,
        most_connections: int = 10_000,
        logs_requests: bool = False,
    ) -> None:
        self.application = application
        self.recall = recall if not logs_requests else lambda _: None
        self.remember = remember
        self.logs_requests = logs_requests
        self.is_closing = False
        self.now = time.perf_counter
        self._most = most_connections
        self._connections: set[Connection] = set()
        self._listening: asyncio.Server | None = None
        self._looking: asyncio.Task[None] | None = None
        self._empty = asyncio.Event()

    @property
    def connected(self) -> int:
        """How many clients there are."""
        return len(self._connections)

    async def listen(self, host: str, port: int) -> int:
        """
        Begin to serve, on any port if it is 0; return the port.

        Others may listen on the same port beside us.

        :raises OSError: nobody can listen there
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        listening = socket.socket(found[0][0], socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if hasattr(socket, "SO_REUSEPORT"):
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listening.bind(found[0][4])
        except OSError:
            listening.close()
            raise
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(
            lambda: Connection(self), sock=listening, backlog=BACKLOG
        )
        self._looking = loop.create_task(self._look())
        return int(listening.getsockname()[1])

    async def close(self, within: float) -> None:
        """Take nobody any more; whoever is being answered has so many seconds."""
        self.is_closing = True
        if self._listening is not None:
            self._listening.close()
        if self._looking is not None:
            self._looking.cancel()
        for connection in tuple(self._connections):
            connection.close_if_idle()
        if self._connections:
            try:
                async with asyncio.timeout(within):
                    await self._empty.wait()
            except TimeoutError:
                for connection in tuple(self._connections):
                    connection.transport.abort()

    def joined(self, connection: Connection) -> None:
        self._connections.add(connection)
        if len(self._connections) > self._most or self.is_closing:
            connection.transport.write(_FULL)
            connection.transport.close()

    def left(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if self.is_closing and not self._connections:
            self._empty.set()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = self.now()
            for connection in tuple(self._connections):
                connection.look(now)
