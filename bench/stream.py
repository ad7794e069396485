"""
One event to everybody: `python -m bench.stream [CLIENTS] [ROUNDS]`.

Opens a server with the live stream alone, has a process of its own connect 9,500
clients over loopback, and publishes from a third. Prints how long after the publisher
began the clients had the event, how much memory each costs the server's process, and
how long the server takes to stop with all of them listening.
"""

import asyncio
import multiprocessing
import os
import resource
import select
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from dateline.pagestore.channels import LocalChannels
from dateline.pagestore.front.stopping import at_stop
from dateline.pagestore.front.stream import Streams

CLIENTS = 9_500
ROUNDS = 20
CLIENTS_OF_AN_ADDRESS = 475
PORT = 8977
FOLDER = "STREAM_BENCH_FOLDER"
# What a browser sends; the server keeps some of it for as long as the client stays.
REQUEST = (
    "GET /events/{channel}?last=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101\r\n"
    "Accept: text/event-stream\r\nAccept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nSec-Fetch-Dest: empty\r\n"
    "Sec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\n"
    "Referer: http://127.0.0.1/en/2026/11/22/the-harbor-light/\r\n\r\n"
)


class Application:
    def __init__(self) -> None:
        self.streams = Streams(LocalChannels(Path(os.environ[FOLDER])))

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.streams.start(loop)
        at_stop(loop, self.streams.close)

    def __rsgi__(self, scope: Any, proto: Any) -> Awaitable[None]:
        # Not awaited here: for as long as the client stays, the request would too.
        return self.streams.serve(scope, proto)


def application() -> Application:
    return Application()


def serve() -> None:
    Server(
        "bench.stream:application",
        factory=True,
        port=PORT,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=4096,
        backpressure=20_000,
        workers_kill_timeout=3,
        log_level=LogLevels.error,
    ).serve()


def main(count: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        os.environ[FOLDER] = folder
        channels = LocalChannels(Path(folder))
        command = [sys.executable, "-c", "import bench.stream as b; b.serve()"]
        server = subprocess.Popen(command)
        try:
            worker = wait_for_worker(server.pid)
            empty = memory_of(worker)
            ours, theirs = multiprocessing.Pipe()
            clients = multiprocessing.Process(
                target=listen, args=(theirs, channels.address("everybody"), count)
            )
            clients.start()
            print(f"{ours.recv():,} clients connected")
            full = memory_of(worker)
            print(f"{(full - empty) / count:.1f} KiB a client ({full:,} KiB in all)")
            publish(channels, ours, rounds)
            print(f"{(memory_of(worker) - empty) / count:.1f} KiB a client afterwards")
        finally:
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            server.wait()
            print(f"stopped in {time.monotonic() - began:.2f} s with all listening")


def publish(channels: LocalChannels, clients: Connection, rounds: int) -> None:
    middle, late, last = [], [], []
    for number in range(rounds):
        began = time.monotonic()
        channels.publish("everybody", f"{number:>6} " + "x" * 200)
        took = sorted(arrived - began for arrived in clients.recv())
        middle.append(took[len(took) // 2])
        late.append(took[int(len(took) * 0.99)])
        last.append(took[-1])
    for name, times in (("p50", middle), ("p99", late), ("last", last)):
        median, worst = statistics.median(times), max(times)
        print(f"{name:>5} {median * 1e3:7.1f} ms  (worst round {worst * 1e3:.1f} ms)")


def listen(told: Connection, channel: str, count: int) -> None:
    """Connect, then report for each event when each client had it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    poll = select.epoll()
    sockets = {}
    for number in range(count):
        source = f"127.0.0.{10 + number // CLIENTS_OF_AN_ADDRESS}"
        opened = socket.create_connection(("127.0.0.1", PORT), 30, (source, 0))
        opened.sendall(REQUEST.format(channel=channel).encode())
        poll.register(opened, select.EPOLLIN)
        sockets[opened.fileno()] = opened
    hear(poll, sockets, b"retry:")
    told.send(len(sockets))
    number = 0
    while heard := hear(poll, sockets, b"data: %6d " % number):
        told.send(heard)
        number += 1


def hear(
    poll: select.epoll, sockets: dict[int, socket.socket], what: bytes
) -> list[float]:
    """Wait until each client was told it; return the times."""
    heard: dict[int, float] = {}
    while len(heard) < len(sockets):
        for descriptor, _ in poll.poll():
            data = sockets[descriptor].recv(65_536)
            if not data:
                # The server closes; before that it sends nobody away.
                return []
            if what in data:
                heard[descriptor] = time.monotonic()
    return list(heard.values())


def wait_for_worker(parent: int) -> int:
    while True:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        try:
            socket.create_connection(("127.0.0.1", PORT), 1).close()
        except OSError:
            time.sleep(0.05)
            continue
        time.sleep(1)
        return max(int(child) for child in children)


def memory_of(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


if __name__ == "__main__":
    chosen = [int(argument) for argument in sys.argv[1:]]
    main(*(chosen + [CLIENTS, ROUNDS][len(chosen) :]))
