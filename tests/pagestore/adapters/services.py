"""
Purging services as their documentation has them, on a port of the test's own.

Fastly: `POST /service/{id}/purge`, `Fastly-Key`, at most 256 keys of at most 1,024
bytes in `{"surrogate_keys": […]}`, `Fastly-Soft-Purge: 1` for a soft one.
Cloudflare: `POST /client/v4/zones/{id}/purge_cache`, a bearer token, `{"tags": […]}`
with at most 100 entries, each printable ASCII without commas and at most 1,024 bytes.
What does not keep to it is answered as they would, and purges nothing.
"""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "a-token-of-the-test"
LONGEST_KEY = 1_024


@dataclass
class Service:
    """What it purged, in which calls; `refusals` are given before anything else."""

    calls: list[tuple[list[str], bool]] = field(default_factory=list)
    refusals: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    def purged(self) -> set[str]:
        return {key for keys, _ in self.calls for key in keys}


def fastly(service: Service, request: BaseHTTPRequestHandler, body: Any) -> Any:
    if request.path != "/service/SU1Z0isxPaozGVKXdv0eY/purge":
        return 404, {"msg": "Record not found"}
    if request.headers["Fastly-Key"] != TOKEN:
        return 401, {"msg": "Provided credentials are missing or invalid"}
    keys = body.get("surrogate_keys")
    if not keys or len(keys) > 256 or any(not _fits(key, " ") for key in keys):
        return 400, {"msg": "Bad request"}
    service.calls.append((keys, request.headers["Fastly-Soft-Purge"] == "1"))
    return 200, {key: f"108-{number}" for number, key in enumerate(keys)}


def cloudflare(service: Service, request: BaseHTTPRequestHandler, body: Any) -> Any:
    if request.path != "/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache":
        return 404, {"success": False, "errors": [{"code": 7003}]}
    if request.headers["Authorization"] != f"Bearer {TOKEN}":
        return 403, {"success": False, "errors": [{"code": 9109}]}
    tags = body.get("tags")
    if set(body) != {"tags"} or not tags or len(tags) > 100:
        return 400, {"success": False, "errors": [{"code": 1094}]}
    if any(not _fits(tag, ", ") for tag in tags):
        return 400, {"success": False, "errors": [{"code": 1094}]}
    service.calls.append((tags, False))
    return 200, {"success": True, "errors": [], "result": {"id": "9a7806061c88"}}


def _fits(key: str, refused: str) -> bool:
    plain = key.isascii() and key.isprintable() and not set(key) & set(refused)
    return plain and 0 < len(key) <= LONGEST_KEY


@contextlib.contextmanager
def opened(answer: Any) -> Iterator[Service]:
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service, answer))
    server.daemon_threads = True
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(service: Service, answer: Any) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            if service.refusals:
                status, headers, body = service.refusals.pop(0)
            else:
                status, said = answer(service, self, json.loads(sent))
                headers, body = {}, json.dumps(said).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
