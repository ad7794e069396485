"""A house with a few pages, for real caches to stand in front of."""

import contextlib
import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dateline.pagestore.adapters.marks import fields_for, not_kept
from dateline.pagestore.adapters.vocabulary import Cache

HOST = "news.example"


@dataclass
class Origin:
    """Pages by address (as in the request line), each with the tags of what it read."""

    caches: tuple[Cache, ...]
    pages: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    lifetime: int = 3600
    is_overtaken: bool = False
    holds: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def __post_init__(self) -> None:
        self.holds.set()

    def fields(self, tags: tuple[str, ...]) -> list[tuple[str, str]]:
        told = fields_for(
            tags, self.caches, lifetime=self.lifetime, lifetime_by_address=600
        )
        fields = [
            ("cache-control", "public, max-age=0, must-revalidate"),
            *((name.lower(), value) for name, value in told.items()),
        ]
        return not_kept(fields) if self.is_overtaken else fields


def _handler(origin: Origin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            origin.asked.append(self.path)
            origin.holds.wait(10)
            text, tags = origin.pages.get(self.path, ("nothing here", ()))
            body = text.encode()
            packs = "gzip" in self.headers.get("Accept-Encoding", "")
            body = gzip.compress(body, mtime=0) if packs else body
            self.send_response(200 if self.path in origin.pages else 404)
            for name, value in origin.fields(tags):
                self.send_header(name, value)
            if packs:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            # No thread of ours answers after the house is closed.
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815  (as http.server names it)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@contextlib.contextmanager
def opened(*caches: Cache) -> Iterator[Origin]:
    origin = Origin(caches)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(origin))
    server.daemon_threads = True
    origin.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield origin
    finally:
        origin.holds.set()
        server.shutdown()
        server.server_close()
        thread.join()
