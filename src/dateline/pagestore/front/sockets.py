"""
The kernel's end of a connection: how much waits there unread, and how to cut it.

The server that holds the connections tells neither. Both are asked of the kernel, by
the address of the other end, among the sockets that this process has open.
"""

import asyncio
import contextlib
import fcntl
import os
import socket
import struct
import sys
import termios

_AT_A_TIME = 200
_RESET_AT_ONCE = struct.pack("ii", 1, 0)


class Sockets:
    """The connections of this process, as :meth:`look` found them."""

    def __init__(self) -> None:
        self._by_peer: dict[str, int] = {}

    async def look(self) -> None:
        """Find them all; it takes a moment, and others have their turn meanwhile."""
        found: dict[str, int] = {}
        for turn, name in enumerate(os.listdir("/dev/fd"), 1):  # noqa: PTH208  (numbers, not paths)
            if peer := _peer_of(int(name)):
                found[peer] = int(name)
            if turn % _AT_A_TIME == 0:
                await asyncio.sleep(0)
        self._by_peer = found

    def knows(self, peer: str) -> bool:
        number = self._by_peer.get(peer)
        return number is not None and _peer_of(number) == peer

    def unsent(self, peer: str) -> int | None:
        """Return the bytes that the other end has not taken yet; None if unknown."""
        if not self.knows(peer):
            return None
        answer = bytearray(4)
        try:
            fcntl.ioctl(self._by_peer[peer], termios.TIOCOUTQ, answer)
        except OSError:
            return None
        return int.from_bytes(answer, sys.byteorder, signed=True)

    def cut(self, peer: str) -> None:
        """End a connection without waiting for the other end to read anything."""
        try:
            # A number of our own: the server may close its own, and open another
            # connection under it, between our look and our cut.
            number = os.dup(self._by_peer[peer])
        except (KeyError, OSError):
            return
        with socket.socket(fileno=number) as held, contextlib.suppress(OSError):
            if _name(held.getpeername()) == peer:
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
                held.shutdown(socket.SHUT_RDWR)


def _peer_of(number: int) -> str | None:
    """Return address and port of a connection's other end, as the server writes it."""
    try:
        # The family is named, or opening it would ask the kernel three questions more.
        looked_at = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=number)
    except OSError:
        return None
    try:
        return _name(looked_at.getpeername())
    except OSError:
        return None
    finally:
        looked_at.detach()


def _name(peer: object) -> str | None:
    match peer:
        case (str(host), int(port), *_):
            return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return None
