"""The client against a real server on loopback, which each test has to allow."""

import contextlib
import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.plumbing import fetching
from dateline.plumbing.fetching import FetchLimits, addresses_outside, fetch

LOOPBACK = ("127.0.0.1/32",)
PAGE = "Сніг зупинив паром.".encode()


class _Paper(BaseHTTPRequestHandler):
    """Answers each path in its own good or bad way."""

    over = threading.Event()

    def do_GET(self):
        getattr(self, "path_" + self.path.strip("/").split("/")[0])()

    def _answer(self, body=b"", status=200, **headers):
        self.send_response(status)
        for name, value in {"Content_Type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def path_page(self):
        self._answer(PAGE, X_Host=self.headers["Host"])

    def path_packed(self):
        self._answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def path_deflated(self):
        self._answer(zlib.compress(PAGE), Content_Encoding="deflate")

    def path_bomb(self):
        self._answer(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip")

    def path_torn(self):
        self._answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip")

    def path_brotli(self):
        self._answer(PAGE, Content_Encoding="br")

    def path_large(self):
        self._answer(bytes(2_000_000))

    def path_picture(self):
        self._answer(b"\x89PNG", Content_Type="image/png")

    def path_gone(self):
        self._answer(status=410)

    def path_round(self):
        self._answer(status=302, Location="/round")

    def path_inside(self):
        self._answer(status=302, Location="http://127.0.0.2/page")

    def path_elsewhere(self):
        self._answer(status=302, Location="file:///etc/hostname")

    def path_onward(self):
        self._answer(status=301, Location="/page")

    def path_endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while not self.over.is_set():
            self.wfile.write(b"more " * 10_000)

    def path_dripping(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.over.wait(0.02):
            self.wfile.write(b"X-Drip: drop\r\n")

    def log_message(self, *args):
        pass

    def handle(self):
        # The client that refuses hangs up, and rightly so.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().handle()


@pytest.fixture(scope="module")
def paper() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Paper)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    _Paper.over.set()
    server.shutdown()
    server.server_close()


def test_page_is_fetched_where_the_network_is_allowed(paper):
    answer = fetch(f"{paper}/page", allowed_networks=LOOPBACK)

    assert answer.content == PAGE
    assert answer.content_type == "text/html"


@pytest.mark.parametrize("path", ["packed", "deflated"])
def test_packed_answer_arrives_unpacked(paper, path):
    assert fetch(f"{paper}/{path}", allowed_networks=LOOPBACK).content == PAGE


def test_redirect_is_followed_and_the_last_address_told(paper):
    answer = fetch(f"{paper}/onward", allowed_networks=LOOPBACK)

    assert (answer.address, answer.content) == (f"{paper}/page", PAGE)


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("bomb", fetching.AnswerUnpacksTooLarge),
        ("torn", fetching.AnswerDamaged),
        ("brotli", fetching.AnswerDamaged),
        ("large", fetching.AnswerTooLarge),
        ("endless", fetching.AnswerTooLarge),
        ("dripping", fetching.AnswerTooSlow),
        ("picture", fetching.AnswerTypeUnsupported),
        ("gone", fetching.AnswerRefused),
        ("round", fetching.TooManyRedirects),
        ("inside", fetching.AddressInsideNetwork),
        ("elsewhere", fetching.AddressMalformed),
    ],
)
def test_bad_answer_is_refused_by_name(paper, path, refusal):
    # Only what never ends may meet the clock: a busy machine is slow at the rest.
    seconds = 0.5 if refusal is fetching.AnswerTooSlow else 60.0
    limits = FetchLimits(answer_bytes=1_000_000, seconds=seconds, redirects=3)

    with pytest.raises(refusal):
        fetch(
            f"{paper}/{path}",
            allowed_networks=LOOPBACK,
            content_types=("text/",),
            limits=limits,
        )


def test_address_inside_is_refused_unless_allowed(paper):
    with pytest.raises(fetching.AddressInsideNetwork):
        fetch(f"{paper}/page")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "10.1.2.3",
        "0.0.0.0",  # noqa: S104  (an address to be refused)
        "172.20.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[ff02::1]",
        "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]", "[64:ff9b::a00:1]",
        "[2002:7f00:1::]", "[2002:a00:1::]",
    ],
)  # fmt: skip
def test_every_spelling_of_an_inner_address_is_refused(host):
    with pytest.raises(fetching.AddressInsideNetwork):
        fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"]
)
def test_address_outside_passes(address):
    assert [str(a) for a in addresses_outside(address, 443, [])] == [address]


def test_name_with_one_inner_address_among_outer_ones_is_refused(monkeypatch):
    answers = [("8.8.8.8", 80), ("10.0.0.7", 80)]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", a) for a in answers]
    )
    with pytest.raises(fetching.AddressInsideNetwork):
        fetch("http://two-faced.example/")


def test_connection_goes_to_the_address_that_was_checked(paper, monkeypatch):
    """A name server that answers otherwise the second time is not asked again."""
    asked, real = [], socket.getaddrinfo

    def answer(host, port, *args, **kwargs):
        if host == "127.0.0.1":
            return real(host, port, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    port = paper.rsplit(":", 1)[1]

    fetched = fetch(f"http://paper.example:{port}/page", allowed_networks=LOOPBACK)

    assert asked == ["paper.example"]
    assert fetched.headers["x-host"] == f"paper.example:{port}"


@pytest.mark.parametrize(
    "address",
    ["", "paper.example", "ftp://paper.example/", "file:///etc/passwd", "http://",
     "http://user:word@paper.example/", "gopher://x", "http://[::1", "javascript:1"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(address):
    with pytest.raises(fetching.AddressMalformed):
        fetch(address)


def test_machine_that_does_not_answer_is_named_so():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(fetching.AnswerUnreachable):
        fetch(f"http://127.0.0.1:{port}/", allowed_networks=LOOPBACK)
