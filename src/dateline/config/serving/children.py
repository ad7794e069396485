"""The processes of a newsroom, minded: started, started again, stopped."""

import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from dateline.config.serving.refusals import Refused

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
# A server that ends this often before it ever answered will not start at all.
MOST_FALSE_STARTS = 3
# A child that has lived this long starts its waits from the beginning.
SETTLED_SECONDS = 60.0

Notice = tuple[str, "Child | None"]


@dataclass(eq=False)
class Child:
    """One process: the module it runs, and how it has fared."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    wait: float = FIRST_WAIT

    def start(self, notices: "queue.SimpleQueue[Notice]") -> None:
        """Start the process in a session of its own, and watch for its end."""
        command = [sys.executable, "-m", self.module, str(os.getpid())]
        command += self.arguments
        # A session of its own: Ctrl-C in a terminal reaches the parent alone,
        # which then stops the others in order.
        self.process = subprocess.Popen(command, start_new_session=True)  # noqa: S603
        self.born = time.monotonic()
        threading.Thread(
            target=self._watch, args=(self.process, notices), daemon=True
        ).start()

    def _watch(
        self,
        process: subprocess.Popen[bytes],
        notices: "queue.SimpleQueue[Notice]",
    ) -> None:
        process.wait()
        notices.put(("ended", self))

    def next_wait(self) -> float:
        """Return how long to wait before starting again: longer each time."""
        if time.monotonic() - self.born > SETTLED_SECONDS:
            self.wait = FIRST_WAIT
        wait, self.wait = self.wait, min(self.wait * 2, LONGEST_WAIT)
        return wait


@dataclass
class Minder:
    """Keeps the children running until it is told to stop."""

    children: Sequence[Child] = ()
    notices: "queue.SimpleQueue[Notice]" = field(default_factory=queue.SimpleQueue)
    again: dict[str, float] = field(default_factory=dict)
    is_stopping: bool = False
    is_open: bool = False
    false_starts: int = 0

    def listen(self) -> None:
        """Take SIGINT, SIGTERM and a lost terminal as the wish to close."""
        signal.signal(signal.SIGINT, self._asked_to_stop)
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        # Under nohup the operator has said that the terminal may go.
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._asked_to_stop)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.is_stopping = True
        self.notices.put(("stop", None))

    def start(self) -> None:
        for child in self.children:
            child.start(self.notices)

    def mind(self, answers: Callable[[], bool]) -> None:
        """
        Watch until asked to stop; ask often whether it `answers` until it does.

        :raises Refused: the server ends again and again without ever answering
        """
        while not self.is_stopping:
            notice = self._next_notice()
            if notice is not None and notice[1] is not None:
                self._ended(notice[1])
            self._start_due()
            if not self.is_open:
                self.is_open = answers()

    def _next_notice(self) -> Notice | None:
        now = time.monotonic()
        wait = min([due - now for due in self.again.values()], default=3600.0)
        try:
            return self.notices.get(timeout=max(0.0, wait if self.is_open else 0.05))
        except queue.Empty:
            return None

    def _ended(self, child: Child) -> None:
        if self.is_stopping or child.process is None:
            return
        self.false_starts += not self.is_open
        if self.false_starts >= MOST_FALSE_STARTS:
            raise Refused(f"The {child.name} does not start; the lines above say why.")
        wait = child.next_wait()
        status = child.process.returncode
        log.error(
            "process ended, starting it again",
            extra={"child": child.name, "status": status, "wait_seconds": wait},
        )
        self.again[child.name] = time.monotonic() + wait

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if self.again.get(child.name, now + 1) <= now and not self.is_stopping:
                del self.again[child.name]
                child.start(self.notices)

    def stop(self) -> None:
        """End every child: asked first, made to after four seconds."""
        running = [child.process for child in self.children if child.process]
        for process in running:
            # To the child alone: Granian hangs when its whole group is told.
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
