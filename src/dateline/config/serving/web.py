"""The server process: Granian with Django as WSGI, one process, several threads."""

import multiprocessing
import sys
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from dateline.config.serving import lifeline
from dateline.config.settings import options
from dateline.plumbing import logs

KILL_SECONDS = 3
REQUEST_LINE = "%(method)s %(path)s %(status)d %(dt_ms).1fms"


def open_application() -> Callable[..., Any]:
    """Return the application, in a worker that will not outlive its server."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        lifeline.die_with(parent.pid)
    from dateline.config.wsgi import application

    return application


def main(parent: int) -> None:
    """Serve until told to stop."""
    lifeline.die_with(parent)
    chosen = options.read()
    Server(
        "dateline.config.serving.web:open_application",
        factory=True,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=chosen.threads,
        workers_kill_timeout=KILL_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=logs.configuration(
            chosen.log_level, requests=chosen.log_requests
        ),
        log_access=chosen.log_requests,
        log_access_format=REQUEST_LINE,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
