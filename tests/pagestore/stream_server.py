"""A server with nothing but the stream: `python -m tests.pagestore.stream_server`."""

import asyncio
import json
import os
import sys
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from dateline.pagestore.channels import LocalChannels
from dateline.pagestore.front.stopping import at_stop
from dateline.pagestore.front.stream import Limits, Streams

TOTALS = "/totals"


class Application:
    def __init__(self, streams: Streams) -> None:
        self.streams = streams

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.streams.start(loop)
        at_stop(loop, self.streams.close)

    async def __rsgi__(self, scope, proto) -> None:
        if scope.path != TOTALS:
            await self.streams.serve(scope, proto)
            return
        status = Path("/proc/self/status").read_text()
        kilobytes = int(status.partition("VmRSS:")[2].split()[0])
        totals = self.streams.totals
        told = {name: getattr(totals, name) for name in totals.__slots__}
        told |= {"memory": kilobytes, "process": os.getpid()}
        proto.response_str(200, [("connection", "close")], json.dumps(told))


def application() -> Application:
    chosen = json.loads(os.environ["STREAM_LIMITS"])
    channels = LocalChannels(Path(os.environ["STREAM_FOLDER"]))
    return Application(Streams(channels, Limits(**chosen), trusted=("127.0.0.9",)))


def main(port: int) -> None:
    Server(
        "tests.pagestore.stream_server:application",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.RSGI,
        workers=1,
        http=HTTPModes.http1,
        websockets=False,
        backlog=4096,
        backpressure=20_000,
        workers_kill_timeout=3,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
