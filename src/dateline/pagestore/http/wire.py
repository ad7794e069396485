"""What goes over the wire before a body: pure, but for the date."""

from collections.abc import Iterable
from email.utils import formatdate
from http import HTTPStatus

_REASONS = {status.value: status.phrase for status in HTTPStatus}
END = b"\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
NO_CONTENT = 204
WITHOUT_BODY = frozenset({NO_CONTENT, 304})


def opening(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    """
    Return status line and headers, as far as they are the same at every moment.

    :raises ValueError: a header holds the end of a line, and could begin another
    """
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, '')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    text = "\r\n".join(lines)
    if text.count("\n") >= len(lines) or text.count("\r") >= len(lines):
        msg = "A header of an answer holds the end of a line."
        raise ValueError(msg)
    return f"{text}\r\n".encode("latin-1")


class Dates:
    """The Date header (RFC 9110, 6.6.1), written once a second, with the head's end."""

    def __init__(self) -> None:
        self._second = -1
        self._line = b""

    def line(self, now: float) -> bytes:
        second = int(now)
        if second != self._second:
            self._second = second
            self._line = f"date: {formatdate(second, usegmt=True)}\r\n\r\n".encode()
        return self._line
