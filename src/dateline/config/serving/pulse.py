"""Whether a process still answers: one that lives and does not is no use to anybody."""

import http.client
import logging
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dateline.config.serving.children import Child
from dateline.pagestore.store import Store

log = logging.getLogger(__name__)
BETWEEN_SECONDS = 2.0
STARTING_SECONDS = 0.25
ANSWER_SECONDS = 3.0
MOST_SILENCES = 5
"""In a row; then it is ended, and started again like any other that ended."""
LONGEST_START = 180.0


@dataclass
class Patience:
    """How long the silence of one process is borne: pure, with the clock handed in."""

    began: float
    has_answered: bool = False
    silences: int = 0

    @property
    def pause(self) -> float:
        """Seconds until it is asked again: few until it has answered once."""
        return BETWEEN_SECONDS if self.has_answered else STARTING_SECONDS

    def is_over(self, *, answers: bool, now: float) -> bool:
        """Note whether it answered just now; tell whether to wait no longer."""
        if answers:
            self.has_answered = True
            self.silences = 0
            return False
        if not self.has_answered:
            return now - self.began > LONGEST_START
        self.silences += 1
        return self.silences >= MOST_SILENCES


@dataclass
class Pulse:
    """Asks a child again and again, and ends one that has fallen silent."""

    child: Child
    answers: Callable[[], bool]
    closing: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._patience = Patience(time.monotonic())

    def was_heard(self) -> None:
        """Note that the child has answered somebody else: its start is over."""
        self._patience.has_answered = True

    def feel(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._feel, daemon=True).start()

    def _feel(self) -> None:
        process = self.child.process
        while not self.closing.wait(self._patience.pause):
            if process is not self.child.process:
                process = self.child.process
                self._patience = Patience(time.monotonic())
            if self._patience.is_over(answers=self.answers(), now=time.monotonic()):
                self._end()

    def _end(self) -> None:
        process = self.child.process
        if process is None or process.poll() is not None or self.closing.is_set():
            return
        log.error("does not answer, ending it", extra={"child": self.child.name})
        # What it has started itself dies with it (`lifeline`).
        process.kill()


def front_beats(store: Store, child: Child) -> bool:
    """
    Tell whether a front still does what it does each second.

    It says so in the shared numbers: several share the port, and a question there
    would reach any one of them.
    """
    if child.process is None:
        return False
    store.look()
    beaten = store.shared.last_beat(child.process.pid)
    return beaten is not None and time.monotonic() - beaten < ANSWER_SECONDS


def server_answers(path: Path, alive: str) -> bool:
    """Tell whether Django's server has a thread that answers."""
    connection = _OverSocket(path)
    try:
        connection.request("GET", alive, headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


class _OverSocket(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=ANSWER_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))
