"""
The server process: Granian with Django as WSGI, one process, several threads.

It listens on a Unix socket, and the fronts alone speak to it.
"""

import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from dateline.config.serving import lifeline
from dateline.config.serving.seat import ALIVE, fronts_of, places_of_each_front
from dateline.config.settings import options
from dateline.pagestore.front.handing import OFFERED
from dateline.plumbing import logs

log = logging.getLogger(__name__)
KILL_SECONDS = 3
COURTESY = 10
"""Where the processor is short, who is answered with a kept page goes first."""
SPARE_THREADS = 2
"""Threads beyond those that the fronts keep at work: one hears `/alive` then."""
_FORWARDED = "HTTP_X_FORWARDED_FOR"

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class BehindTheFront:
    """
    The application, told by the front whom it speaks for.

    The front ends X-Forwarded-For with the address that it heard: that is taken off
    again and becomes REMOTE_ADDR, as if the client had come here itself. What stands
    before it is the word of others, and believed as far as `trusted_proxies` says.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(
        self, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] == ALIVE:
            start_response("204 No Content", [])
            return []
        before, _, peer = environ.pop(_FORWARDED, "").rpartition(",")
        environ["REMOTE_ADDR"] = peer.strip()
        environ[OFFERED] = True
        if before:
            environ[_FORWARDED] = before
        return self._application(environ, start_response)


def open_application() -> Application:
    """Return the application, in a worker that will not outlive its server."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        lifeline.die_with(parent.pid)
    from dateline.config.wsgi import application

    _apply_purges()
    return BehindTheFront(application)


def _apply_purges() -> None:
    """Apply what a stop has left over, so that kept pages may be served."""
    from django.db import DatabaseError

    from dateline.pagestore.actions import apply_due

    try:
        apply_due()
    except DatabaseError:
        log.exception("purges were not applied; the worker will try again")


def main(parent: int, socket: Path) -> None:
    """Serve until told to stop."""
    lifeline.die_with(parent)
    os.nice(COURTESY)
    chosen = options.read()
    places = fronts_of(chosen) * places_of_each_front(chosen)
    # A server that was killed has left it behind.
    socket.unlink(missing_ok=True)
    Server(
        "dateline.config.serving.web:open_application",
        factory=True,
        uds=socket,
        uds_permissions=0o600,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=places + SPARE_THREADS,
        workers_kill_timeout=KILL_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=logs.configuration(chosen.log_level),
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
