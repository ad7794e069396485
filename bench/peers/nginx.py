"""nginx with gzip_static, serving files of the same bytes: the limit of a machine."""

import gzip
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.newsroom import STATE
from bench.serving import free_port

MOST_FILES = 30_000
CONFIGURATION = """
daemon off;
worker_processes {workers};
worker_rlimit_nofile {files};
pid {folder}/nginx.pid;
error_log {folder}/error.log error;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max={kept_open} inactive=10m;
  open_file_cache_valid 10m;
  default_type text/html;
  charset utf-8;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    root {folder}/pages;
    gzip_static on;
    gzip_vary on;
    add_header Cache-Control "public, max-age=0, must-revalidate";
  }}
}}
"""


@contextmanager
def opened(pages: Mapping[str, bytes], *, workers: str = "auto") -> Iterator[str]:
    """Serve these pages, given gzipped by path; yield the address."""
    folder = STATE / "nginx"
    shutil.rmtree(folder, ignore_errors=True)
    for path, gzipped in pages.items():
        file = folder / "pages" / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True)
        file.write_bytes(gzip.decompress(gzipped))
        file.with_name("index.html.gz").write_bytes(gzipped)
    port = free_port()
    configuration = folder / "nginx.conf"
    # Each worker keeps files open, and needs some descriptors for its connections.
    files = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], MOST_FILES)
    told = CONFIGURATION.format(
        folder=folder,
        port=port,
        workers=workers,
        files=files,
        kept_open=files - files // 4,
    )
    if os.geteuid() == 0:
        told = f"user root;\n{told}"
    configuration.write_text(told)
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([binary, "-c", str(configuration), "-p", str(folder)])
    try:
        time.sleep(0.5)
        if process.poll() is not None:
            sys.exit(f"nginx did not start: see {folder / 'error.log'}.")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
