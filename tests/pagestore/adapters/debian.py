"""Debian's Varnish and nginx as processes of the test's own, set up by the manual."""

import contextlib
import gzip
import http.client
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.repository import ROOT
from tests.operations.newsroom import free_port

MANUAL = ROOT / "docs" / "operations"
LONGEST_START = 15.0
HOST = "news.example"


@dataclass
class Front:
    """A cache that runs: readers come in at one port, purges at the other."""

    port: int
    purges: int
    origin: int

    def get(
        self, path: str, *, method: str = "GET", host: str = HOST, **headers: str
    ) -> tuple[str, str]:
        """Return what a reader gets, and whether it was a hit."""
        _, body, kept = ask(self.port, method, path, host=host, **headers)
        return body, kept


def ask(
    port: int, method: str, path: str, *, host: str = HOST, **headers: str
) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": host, **fields})
        answer = connection.getresponse()
        body = answer.read()
        if answer.headers["Content-Encoding"] == "gzip":
            body = gzip.decompress(body)
        return answer.status, body.decode(), (answer.headers["X-Cache"] or "").lower()


@contextlib.contextmanager
def varnish(folder: Path, origin: int) -> Iterator[Front]:
    """Start a Varnish with the VCL that the manual ships."""
    front = Front(free_port(), free_port(), origin)
    vcl = folder / "dateline.vcl"
    text = (MANUAL / "varnish.vcl").read_text("utf-8")
    vcl.write_text(_with(text, '.port = "8000"', f'.port = "{origin}"'))
    command = [
        *("varnishd", "-F", "-n", str(folder / "varnish"), "-f", str(vcl)),
        *("-a", f"readers=127.0.0.1:{front.port}"),
        *("-a", f"purges=127.0.0.1:{front.purges}"),
        *("-s", "malloc,64M", "-j", "none", "-T", "none"),
        # Not the 100 threads that a machine of its own would start with.
        *("-p", "thread_pool_min=10", "-p", "thread_pools=1"),
    ]
    with _running(command, front):
        yield front


@contextlib.contextmanager
def nginx(folder: Path, origin: int) -> Iterator[Front]:
    """Start an nginx with the configuration that the manual ships."""
    front = Front(free_port(), free_port(), origin)
    shipped = (MANUAL / "nginx.conf").read_text("utf-8")
    shipped = _with(shipped, "127.0.0.1:8000", f"127.0.0.1:{origin}")
    shipped = _with(shipped, "listen 8080", f"listen 127.0.0.1:{front.port}")
    shipped = _with(
        shipped, "listen 127.0.0.1:6084", f"listen 127.0.0.1:{front.purges}"
    )
    shipped = _with(shipped, "/var/cache/nginx/dateline", str(folder / "kept"))
    (folder / "dateline.conf").write_text(shipped)
    whole = folder / "nginx.conf"
    whole.write_text(
        "load_module /usr/lib/nginx/modules/ngx_http_cache_purge_module.so;\n"
        "daemon off; worker_processes 1;\n"
        f"pid {folder}/pid; error_log {folder}/errors;\n"
        f"{_user()}events {{ worker_connections 64; }}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"include {folder}/dateline.conf; }}\n"
    )
    command = [
        "nginx",
        "-p",
        str(folder),
        "-e",
        str(folder / "errors"),
        "-c",
        str(whole),
    ]
    with _running(command, front):
        yield front


def _user() -> str:
    """Let its workers read the test's own folder, where the test runs as root."""
    return "" if os.getuid() else "user root;\n"


def _with(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"The manual's file has {old} not once."
    return text.replace(old, new)


@contextlib.contextmanager
def _running(command: list[str], front: Front) -> Iterator[None]:
    program = shutil.which(command[0], path="/usr/sbin:/usr/bin:/usr/local/sbin")
    assert program, f"{command[0]} is missing: scripts/check installs it as root."
    process = subprocess.Popen(
        [program, *command[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        _wait_for(front, process)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=15)


def _wait_for(front: Front, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + LONGEST_START
    for port in (front.port, front.purges):
        while True:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", port), 1),
            ):
                break
            if process.poll() is not None or time.monotonic() > until:
                process.kill()
                said = process.communicate()[0].decode("utf-8", "replace")
                raise AssertionError(f"It did not start:\n{said}")
            threading.Event().wait(0.02)
