"""The front's process: it has the newsroom's port. No Django here."""

import asyncio
import gc
import logging.config
import os
import resource
import signal
import sys
from pathlib import Path

import uvloop

from dateline.config.page_keys import PAGE_KEYS
from dateline.config.serving import lifeline
from dateline.config.serving.hosts import is_among
from dateline.config.serving.seat import (
    ALIVE,
    MEDIA,
    PAGES,
    TROUBLES,
    fronts_of,
    places_of_each_front,
)
from dateline.config.settings import options
from dateline.config.settings.options import Options
from dateline.pagestore.channels import LocalChannels
from dateline.pagestore.front import stream
from dateline.pagestore.front.application import Front
from dateline.pagestore.front.housekeeping import Housekeeping
from dateline.pagestore.front.troubles import Troubles
from dateline.pagestore.front.vocabulary import Plan
from dateline.pagestore.http.server import Server
from dateline.pagestore.store import Store
from dateline.plumbing import logs

STOP_SECONDS = 2.0
STAFF_PLACES = 2
"""Of those that all fronts have at Django."""
MOST_CONNECTIONS = 12_000
"""Readers and listeners to the stream at once."""


def main(parent: int, socket: Path) -> None:
    """Serve until told to stop."""
    lifeline.die_with(parent)
    chosen = options.read()
    logging.config.dictConfig(
        logs.configuration(chosen.log_level, requests=chosen.log_requests)
    )
    _raise_limits()
    uvloop.run(_serve(chosen, socket))
    # Whoever still reads has been given up by now.
    os._exit(0)


def _raise_limits() -> None:
    """Allow as many open connections as the machine lets us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _serve(chosen: Options, socket: Path) -> None:
    streams = stream.Streams(
        LocalChannels(chosen.data / PAGES), trusted=chosen.trusted_proxies
    )
    streams.start(asyncio.get_running_loop())
    front = open_front(chosen, socket, streams)
    server = Server(
        front,
        recall=front.recall,
        remember=front.remember,
        most_connections=MOST_CONNECTIONS,
        logs_requests=chosen.log_requests,
    )
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await server.listen(chosen.host, chosen.port)
    keeping = asyncio.create_task(Housekeeping(front).keep())
    gc.collect()
    gc.freeze()
    await stopping.wait()
    keeping.cancel()
    streams.close()
    await server.close(STOP_SECONDS)


def open_front(chosen: Options, socket: Path, streams: stream.Streams) -> Front:
    """Return one of the fronts of this newsroom: what it may take is its share."""
    count = fronts_of(chosen)
    places = places_of_each_front(chosen)
    plan = Plan(
        socket=socket,
        files=(chosen.data / MEDIA).resolve(),
        keys=PAGE_KEYS,
        is_ours=is_among(chosen.hosts),
        is_https=chosen.is_https,
        alive_path=ALIVE,
        metrics_token=chosen.metrics_token,
        memory_bytes=chosen.memory_megabytes * 1_000_000 // count,
        places=places,
        places_for_staff=min(max(1, STAFF_PLACES // count), places - 1),
    )
    folder = chosen.data / PAGES
    troubles = Troubles(folder / TROUBLES)
    return Front(
        plan,
        Store(folder),
        troubles=troubles,
        doors={stream.PREFIX: streams.serve},
        stream=streams.totals,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
