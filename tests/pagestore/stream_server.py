"""A server with nothing but the stream: `python -m tests.pagestore.stream_server`."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import uvloop

from dateline.pagestore.channels import LocalChannels
from dateline.pagestore.front.stream import Limits, Streams
from dateline.pagestore.http.server import Server

TOTALS = "/totals"


def application(streams: Streams):
    async def answer(head, exchange) -> None:
        if head.path != TOTALS:
            await streams.serve(head, exchange)
            return
        status = Path("/proc/self/status").read_text()
        kilobytes = int(status.partition("VmRSS:")[2].split()[0])
        totals = streams.totals
        told = {name: getattr(totals, name) for name in totals.__slots__}
        told |= {"memory": kilobytes, "process": os.getpid()}
        exchange.is_last = True
        exchange.response_str(200, [], json.dumps(told))

    return answer


async def main(port: int, folder: str, limits: str) -> None:
    chosen = Limits(**json.loads(limits))
    channels = LocalChannels(Path(folder))
    streams = Streams(channels, chosen, trusted=("127.0.0.9",))
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    streams.start(loop)
    server = Server(application(streams), most_connections=20_000)
    await server.listen("127.0.0.1", port)
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    await stopping.wait()
    streams.close()
    await server.close(2)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
