"""
The memory of an open newsroom at rest: `python -m bench.memory`.

The proportional set size (PSS) of every process, half a minute after the demonstration
has opened and its fronts, some articles and the desk's door have been asked for.
"""

import http.client
import time

from bench.newsroom import demonstration
from bench.results import Figure, at_most, write
from bench.serving import Server, opened

REST_SECONDS = 30
MOST_MB = 450
ASKED = ("/en/", "/uk/", "/ar/", "/en/latest/", "/en/feed.rss", "/desk/login/")


def main() -> None:
    with opened(demonstration()) as server:
        for path in ASKED:
            _ask(server, path)
        time.sleep(REST_SECONDS)
        commands = server.processes()
        held = server.memory()
    total = sum(held.values()) / 1e6
    figures = [
        Figure(what=f"`{commands[pid]}`", measured=f"{size / 1e6:.0f} MB")
        for pid, size in held.items()
    ]
    whole = at_most("memory at rest, all processes (PSS)", total, MOST_MB, "MB")
    write("memory", [whole, *figures])


def _ask(server: Server, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path)
    connection.getresponse().read()
    connection.close()


if __name__ == "__main__":
    main()
