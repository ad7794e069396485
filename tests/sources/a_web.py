"""A small web on loopback: pages that answer each in their own good or bad way."""

import contextlib
import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PAGE = """<!doctype html><html lang="uk"><head><title>Пором стоїть</title>
<script>fetch('https://spy.example/')</script></head><body onload="spy()">
<h1>Пором стоїть</h1><p>«Лід тримає пором», — сказала Іна Брук.</p>
<iframe src="https://spy.example/"></iframe></body></html>"""


class _Web(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    over = threading.Event()

    def do_GET(self):
        self.server.asked.append(self.path)
        getattr(self, "path_" + self.path.strip("/").split("/")[0])()

    def _answer(self, body=b"", status=200, **headers):
        self.send_response(status)
        told = {"Content_Type": "text/html; charset=utf-8", **headers}
        for name, value in told.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def path_page(self):
        self._answer(PAGE.encode(), ETag='"berth"', Set_Cookie="who=you")

    def path_packed(self):
        self._answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def path_bomb(self):
        self._answer(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip")

    def path_large(self):
        self._answer(bytes(20_000_001))

    def path_onward(self):
        self._answer(b"Over there.", status=301, Location="/page")

    def path_round(self):
        self._answer(status=302, Location="/round")

    def path_inside(self):
        self._answer(status=302, Location="http://127.0.0.2/page")

    def path_gone(self):
        self._answer(b"Gone.", status=410)

    def path_busy(self):
        self._answer(status=503, Retry_After="86400")

    def path_report(self):
        self._answer(b"%PDF-1.7 \x00\x01", Content_Type="application/pdf")

    def path_chunked(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (b"Two of five ", b"berths close."):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def path_flood(self):
        self.send_response(302)
        self.send_header("Location", "/page")
        self.send_header("Connection", "close")
        self.end_headers()
        while not self.over.is_set():
            self.wfile.write(b"more " * 10_000)

    def log_message(self, *args):
        pass

    def handle(self):
        # The client that refuses hangs up, and rightly so.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()


class Web(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Web)
        self.asked = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def web(settings) -> Iterator[Web]:
    """The web, and a newsroom that may fetch from it."""
    settings.DATELINE_ALLOWED_NETWORKS = ("127.0.0.1/32",)
    server = Web()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    _Web.over.set()
    server.shutdown()
    server.server_close()
    _Web.over.clear()
