"""
One event to everybody: `python -m bench.stream [CLIENTS] [ROUNDS]`.

Opens a newsroom, has a process of its own connect 9,500 clients to its front over
loopback, and publishes from a third. Prints how long after the publisher began the
clients had the event, how much memory each costs the front's process, and how long the
newsroom takes to stop with all of them listening.
"""

import contextlib
import multiprocessing
import resource
import select
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from multiprocessing.connection import Connection
from pathlib import Path

from bench.results import at_most, write
from dateline.pagestore.channels import LocalChannels

CLIENTS = 9_500
ROUNDS = 20
MOST_MS, MOST_KIB = 250, 25
CLIENTS_OF_AN_ADDRESS = 475
PORT = 8977
# What a browser sends; the server keeps some of it for as long as the client stays.
REQUEST = (
    "GET /events/{channel}?last=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101\r\n"
    "Accept: text/event-stream\r\nAccept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nSec-Fetch-Dest: empty\r\n"
    "Sec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\n"
    "Referer: http://127.0.0.1/en/2026/11/22/the-harbor-light/\r\n\r\n"
)


def main(count: int = CLIENTS, rounds: int = ROUNDS) -> None:
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        data = Path(folder) / "data"
        command = [sys.executable, "-m", "dateline.config.cli", "serve", "--no-demo"]
        newsroom = subprocess.Popen(
            [*command, "--data", str(data), "--port", str(PORT)],
            stdout=subprocess.DEVNULL,
        )
        try:
            measure(LocalChannels(data / "pages"), fronts_of(newsroom), count, rounds)
        finally:
            began = time.monotonic()
            newsroom.send_signal(signal.SIGTERM)
            newsroom.wait()
            print(f"stopped in {time.monotonic() - began:.2f} s with all listening")


def measure(
    channels: LocalChannels, fronts: list[int], count: int, rounds: int
) -> None:
    empty = memory_of(fronts)
    ours, theirs = multiprocessing.Pipe()
    channel = channels.address("everybody")
    clients = multiprocessing.Process(target=listen, args=(theirs, channel, count))
    clients.start()
    print(f"{ours.recv():,} clients connected")
    print(f"{(memory_of(fronts) - empty) / count:.1f} KiB a client")
    late = publish(channels, ours, rounds)
    full = memory_of(fronts)
    print(f"{(full - empty) / count:.1f} KiB a client afterwards, {full:,} in all")
    what = f"{count:,} stream clients, one event to all"
    each = "memory of the fronts' processes for each of them"
    write(
        "stream",
        [
            at_most(f"{what}, p99", late * 1e3, MOST_MS, "ms"),
            at_most(each, (full - empty) / count, MOST_KIB, "KiB"),
        ],
    )


def publish(channels: LocalChannels, clients: Connection, rounds: int) -> float:
    """Return the median over the rounds of when 99 of 100 clients had the event."""
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
    return statistics.median(late)


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


def fronts_of(newsroom: "subprocess.Popen[bytes]") -> list[int]:
    """Wait until the newsroom is open; return the processes of its fronts."""
    while newsroom.poll() is None:
        # Django answers last.
        with contextlib.suppress(OSError):
            urllib.request.urlopen(
                f"http://127.0.0.1:{PORT}/healthz", timeout=5
            ).close()
            return [
                child
                for child in children_of(newsroom.pid)
                if b"serving.front" in Path(f"/proc/{child}/cmdline").read_bytes()
            ]
        time.sleep(0.1)
    sys.exit("The newsroom did not open.")


def children_of(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in tasks.read_text().split()]


def memory_of(processes: list[int]) -> int:
    statuses = [Path(f"/proc/{one}/status").read_text() for one in processes]
    return sum(int(one.partition("VmRSS:")[2].split()[0]) for one in statuses)


if __name__ == "__main__":
    chosen = [int(argument) for argument in sys.argv[1:]]
    main(*(chosen + [CLIENTS, ROUNDS][len(chosen) :]))
