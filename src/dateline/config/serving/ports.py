"""Whether the port is free."""

import contextlib
import errno
import socket
import sys
from collections.abc import Iterator

from dateline.config.serving.refusals import Refused


def refuse_taken_port(host: str, port: int) -> None:
    """
    Make sure that nobody listens on the port yet.

    The front binds with SO_REUSEPORT: a second one would start without a word
    and take a share of the first one's requests. A plain bind tells.

    :raises Refused: the port is taken, or not ours to use
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # Without it, connections that are just closing would count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OSError as error:
        raise Refused(_sentence(host, port, error)) from error


@contextlib.contextmanager
def held_port(host: str, port: int) -> Iterator[None]:
    """
    Keep the port for this newsroom, also while its front is started again.

    The seat is bound and never listens, so that it takes no connection. Only where
    the kernel shares ports out among listeners (Linux) can the front sit beside it.
    """
    if sys.platform != "linux":
        yield
        return
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with socket.socket(family, socket.SOCK_STREAM) as seat:
        # With SO_REUSEADDR as well, others could bind beside a seat that is not heard.
        seat.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        # Where connections of some other server are just closing, we go without.
        with contextlib.suppress(OSError):
            seat.bind((host, port))
        yield


def _sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} is not ours to use: choose one above 1023 with --port."
    return f"Nothing can listen on {host}:{port}: {error.strerror}."
