"""A server with nothing but the stream: `python -m tests.pagestore.stream_server`."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from dateline.pagestore.channels import LocalChannels
from dateline.pagestore.front.stream import Limits, Streams

TOTALS = "/totals"


def application(streams: Streams):
    async def answer(scope, proto) -> None:
        if scope.path != TOTALS:
            await streams.serve(scope, proto)
            return
        status = Path("/proc/self/status").read_text()
        kilobytes = int(status.partition("VmRSS:")[2].split()[0])
        totals = streams.totals
        told = {name: getattr(totals, name) for name in totals.__slots__}
        told |= {"memory": kilobytes, "process": os.getpid()}
        proto.response_str(200, [("connection", "close")], json.dumps(told))

    return answer


async def main(port: int, folder: str, limits: str) -> None:
    chosen = Limits(**json.loads(limits))
    channels = LocalChannels(Path(folder))
    streams = Streams(channels, chosen, trusted=("127.0.0.9",))
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    streams.start(loop)
    server = Server(
        application(streams),
        address="127.0.0.1",
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=4096,
        backpressure=20_000,
        log_level=LogLevels.error,
    )
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    serving = asyncio.create_task(server.serve())
    await stopping.wait()
    streams.close()
    server.stop()
    await serving


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
