"""
The kernel's end of a connection: how much waits there unread, and how to cut it.

The server that holds the connections tells neither. Both are asked of the kernel, by
the address of the other end, among the sockets that this process has open.
"""

import contextlib
import fcntl
import os
import socket
import struct
import termios
from collections.abc import Iterator

_RESET_AT_ONCE = struct.pack("ii", 1, 0)


class Sockets:
    """The connections of this process, as they were a moment ago."""

    def __init__(self) -> None:
        self._by_peer = dict(_open_sockets())

    def unsent(self, peer: str) -> int | None:
        """Return the bytes that the other end has not taken yet; None if unknown."""
        number = self._by_peer.get(peer)
        if number is None or _peer_of(number) != peer:
            return None
        answer = bytearray(4)
        try:
            fcntl.ioctl(number, termios.TIOCOUTQ, answer)
        except OSError:
            return None
        return int.from_bytes(answer, "little", signed=True)

    def cut(self, peer: str) -> None:
        """End a connection without waiting for the other end to read anything."""
        number = self._by_peer.get(peer)
        with contextlib.suppress(OSError):
            # A number of our own: the server may close its own, and open another
            # connection under it, between our look and our cut.
            held = socket.socket(fileno=os.dup(number if number is not None else -1))
            with held:
                if _name(held.getpeername()) == peer:
                    held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
                    held.shutdown(socket.SHUT_RDWR)


def _open_sockets() -> Iterator[tuple[str, int]]:
    for name in os.listdir("/dev/fd"):  # noqa: PTH208  (numbers, not paths)
        if peer := _peer_of(int(name)):
            yield peer, int(name)


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
