"""A newsroom's front, with real processes that are stopped, killed and misused."""

import contextlib
import gzip
import http.client
import os
import re
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.operations.newsroom import (
    demonstration,
    environment,
    opened,
    run,
    wait_until_gone,
)

pytestmark = pytest.mark.slow

BROWSER = {"Accept-Encoding": "gzip, deflate", "Accept-Language": "en"}
LINK = re.compile(r'(?:href|src)="(/[^"#]*)"')
STYLED = re.compile(r"url\(\"?([^\")]+)\"?\)")


@pytest.fixture
def data(tmp_path):
    """A data folder with the demonstration paper."""
    demonstration(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An open newsroom for tests that leave it as they found it."""
    data = tmp_path_factory.mktemp("open") / "data"
    demonstration(data)
    with opened(data, environ=environment(DATELINE_FRONTS="2")) as newsroom:
        newsroom.wait_until_well()
        yield newsroom


def told(newsroom, name, **labels):
    """Return one figure of the metrics."""
    said = "".join(f'{{{key}="{value}"}}' for key, value in labels.items())
    wanted = f"dateline_{name}{said} "
    lines = newsroom.get("/metrics").body.decode().splitlines()
    return float(next(line for line in lines if line.startswith(wanted)).split()[-1])


def read_like_a_browser(newsroom, path):
    """Read a page with all that it shows, and return every answer by its address."""
    page = newsroom.get(path, **BROWSER)
    answers = {path: page}
    text = gzip.decompress(page.body).decode()
    for link in LINK.findall(text):
        if link.startswith(("/static/", "/pictures/")) and link not in answers:
            answers[link] = newsroom.get(link, **BROWSER)
    return answers


def articles_of(newsroom, path="/en/latest/"):
    text = gzip.decompress(newsroom.get(path, **BROWSER).body).decode()
    return list(dict.fromkeys(re.findall(r'href="(/en/20[^"]+/)"', text)))


# With Django stopped


@pytest.mark.parametrize("blow", [signal.SIGSTOP, signal.SIGKILL])
def test_what_was_rendered_is_served_while_django_is_down(data, blow):
    with opened(data) as newsroom:
        newsroom.wait_until_well()
        first, *others = articles_of(newsroom)
        before = read_like_a_browser(newsroom, "/en/")
        before |= read_like_a_browser(newsroom, first)
        # Killed again as often as it is started: it stays down.
        with struck(newsroom, blow):
            for path, answer in before.items():
                now = newsroom.get(path, **BROWSER)
                assert (now.status, now.body) == (200, answer.body), path
            refused = newsroom.get(others[-1], **BROWSER)
            assert refused.status == 503
            assert int(refused.headers["Retry-After"]) > 0
            assert refused.headers["Cache-Control"] == "no-store"
            assert "Content-Security-Policy" in refused.headers
            assert b'lang="en"' in refused.body
            assert b'lang="uk"' in newsroom.get("/uk/latest/").body
            head = newsroom.ask("HEAD", others[-1], BROWSER)
            assert (head.status, head.body) == (503, b"")
            assert newsroom.get("/desk/").status == 503
        newsroom.wait_until_well()
        assert newsroom.get(others[-1], **BROWSER).status == 200


class struck:  # noqa: N801  (reads as a verb where it is used)
    """Django's server, struck down again whenever it comes back."""

    def __init__(self, newsroom, blow):
        self.newsroom = newsroom
        self.blow = blow
        self.over = threading.Event()
        self.striking = threading.Thread(target=self.strike, daemon=True)

    def strike(self):
        while not self.over.wait(0.02):
            for pid in self.newsroom.processes("web"):
                os.kill(pid, self.blow)

    def __enter__(self):
        self.striking.start()
        self.newsroom.wait_until(lambda: told(self.newsroom, "up") == 0)

    def __exit__(self, *_):
        self.over.set()
        self.striking.join()
        for pid in self.newsroom.processes("web"):
            os.kill(pid, signal.SIGCONT)


def test_a_django_that_hangs_is_ended_and_started_again(data):
    with opened(data) as newsroom:
        newsroom.wait_until_well()
        pids = newsroom.processes("web")
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        assert wait_until_gone(pids, seconds=60) == []
        newsroom.wait_until_well()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_a_front_that_ends_is_started_again(data, blow):
    with opened(data) as newsroom:
        newsroom.wait_until_well()
        fronts = newsroom.processes("front")
        for front in fronts:
            os.kill(front, blow)
        assert wait_until_gone(fronts) == []
        refused = run("serve", "--data", f"{data}2", "--port", str(newsroom.port))
        assert "is in use" in refused.stderr
        newsroom.wait_until_well()
        assert newsroom.get("/en/", **BROWSER).status == 200


def test_a_front_that_hangs_is_ended_and_the_other_goes_on(data):
    with opened(data, environ=environment(DATELINE_FRONTS="2")) as newsroom:
        newsroom.wait_until_well()
        hanging, other = newsroom.processes("front")
        os.kill(hanging, signal.SIGSTOP)
        assert wait_until_gone([hanging], seconds=60) == []
        newsroom.wait_until(lambda: len(newsroom.processes("front")) == 2)
        assert other in newsroom.processes("front")
        newsroom.wait_until_well()


def test_everything_ends_in_time_when_all_processes_are_told_at_once(data):
    with opened(data) as newsroom:
        newsroom.wait_until_well()
        with socket.create_connection(("127.0.0.1", newsroom.port)) as reading:
            reading.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            pids = newsroom.children()
            for pid in [newsroom.process.pid, *pids]:
                os.kill(pid, signal.SIGTERM)
            newsroom.process.communicate(timeout=5)
        assert wait_until_gone(pids) == []
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", newsroom.port))


def test_a_stranger_who_shares_the_port_is_found(tmp_path):
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = str(stranger.getsockname()[1])
        result = run("serve", "--data", str(tmp_path / "new"), "--port", port)
    assert result.returncode == 1
    assert f"Port {port} is in use" in result.stderr


# Kept pages


def test_two_hundred_readers_of_a_new_page_make_one_render(house):
    path = articles_of(house)[3] + "versions/"
    before = told(house, "renders_total")
    with ThreadPoolExecutor(200) as readers:
        answers = list(readers.map(lambda _: house.get(path, **BROWSER), range(200)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert told(house, "renders_total") == before + 1


def test_query_strings_make_no_further_pages(house):
    path = articles_of(house)[0]
    plain = house.get(path, **BROWSER)
    before = told(house, "renders_total")
    for query in ("utm_source=x", "a=1&b=2", "%00", "x" * 500):
        answer = house.get(f"{path}?{query}", **BROWSER)
        assert (answer.status, answer.body) == (200, plain.body)
    assert told(house, "renders_total") == before


def test_conditional_head_and_coding_of_a_kept_page(house):
    full = house.get("/en/", **BROWSER)
    etag = full.headers["ETag"]
    assert full.headers["Content-Encoding"] == "gzip"
    same = house.get("/en/", **BROWSER, **{"If-None-Match": etag})
    assert (same.status, same.body) == (304, b"")
    assert same.headers["ETag"] == etag
    head = house.ask("HEAD", "/en/", BROWSER)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(full.body))
    plain = house.get("/en/")
    assert plain.headers.get("Content-Encoding") is None
    assert plain.body == gzip.decompress(full.body)
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_reader_gets_no_cookie_and_no_page_of_a_foreign_host(house):
    assert "Set-Cookie" not in house.get("/en/", **BROWSER).headers
    assert house.get("/en/", Host="elsewhere.example").status == 400


def test_behind_a_proxy_with_https_a_kept_page_is_served_and_http_is_led_away(data):
    environ = environment(
        DATELINE_SITE_URL="https://news.example", DATELINE_TRUSTED_PROXIES="127.0.0.1"
    )
    proxied = BROWSER | {"Host": "news.example", "X-Forwarded-For": "203.0.113.9"}
    with opened(data, environ=environ) as newsroom:
        newsroom.wait_until_well()
        rendered = newsroom.get("/en/", **proxied, **{"X-Forwarded-Proto": "https"})
        kept = newsroom.get("/en/", **proxied, **{"X-Forwarded-Proto": "https"})
        assert (kept.status, kept.body) == (rendered.status, rendered.body)
        assert kept.status == 200
        assert "Strict-Transport-Security" in kept.headers
        led = newsroom.get("/en/", **proxied, **{"X-Forwarded-Proto": "http"})
        assert led.status == 301
        assert led.headers["Location"] == "https://news.example/en/"


# Everything else goes to Django, whole


def signed_in_form(newsroom):
    """Return the sign-in page's form token with its cookie."""
    page = newsroom.get("/desk/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)[1]
    cookie = page.headers["Set-Cookie"].split(";")[0]
    return token.decode(), cookie


def test_cookies_come_through_each_by_itself(house):
    answer = house.get("/desk/login/")
    assert answer.status == 200
    assert any(
        c.startswith("dateline_csrf=") for c in answer.headers.get_all("Set-Cookie")
    )


def form_with_file(token, size):
    """Return the head and the foot of a form, with so many bytes of file between."""
    field = b'--cut\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    fields = {b"csrfmiddlewaretoken": token.encode(), b"username": b"nobody"}
    head = b"".join(field % pair for pair in fields.items())
    head += b'--cut\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    foot = b"\r\n--cut--\r\n"
    pieces = [head, *[b"x" * 1_000_000] * (size // 1_000_000), foot]
    return pieces, sum(len(piece) for piece in pieces)


def test_a_body_of_thirty_megabytes_is_passed_on(house):
    token, cookie = signed_in_form(house)
    pieces, length = form_with_file(token, 30_000_000)
    headers = {
        "Cookie": cookie,
        "Content-Type": "multipart/form-data; boundary=cut",
        "Content-Length": str(length),
    }
    answer = house.ask("POST", "/desk/login/", headers, iter(pieces))
    # It has read the whole form, and asks for the password that is not in it.
    assert answer.status == 200
    assert b"nobody" in answer.body


def test_bodies_without_length_or_bound_are_refused(house):
    for headers, status in (
        ({"Transfer-Encoding": "chunked"}, 411),
        ({"Content-Length": "100000001"}, 413),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
        connection.putrequest("POST", "/desk/login/")
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        assert connection.getresponse().status == status
        connection.close()


def test_half_a_request_and_a_giant_one_keep_nobody_waiting(house):
    with (
        socket.create_connection(("127.0.0.1", house.port)) as half,
        socket.create_connection(("127.0.0.1", house.port)) as giant,
    ):
        half.sendall(b"POST /desk/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Le")
        giant.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Much: ")
        with contextlib.suppress(OSError):
            giant.sendall(b"x" * 100_000)
        assert b" 431 " in giant.recv(100)
        assert house.get("/en/", **BROWSER).status == 200
        assert house.get("/desk/login/").status == 200


def test_a_slow_body_takes_no_place_from_others(house):
    slow = []
    for _ in range(20):
        connection = socket.create_connection(("127.0.0.1", house.port))
        connection.sendall(
            b"POST /desk/login/ HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Length: 500000\r\n\r\nslow"
        )
        slow.append(connection)
    assert house.get("/desk/login/").status == 200
    assert house.get("/en/corrections/", **BROWSER).status == 200
    for connection in slow:
        connection.close()


def filed(newsroom, path, content):
    """File a document as the desk does; return its address."""
    path.write_bytes(content)
    script = (
        "from django.core.files import File\n"
        "from dateline.sources.media import address\n"
        "from dateline.sources.models import MediaFile\n"
        f"with open({str(path)!r}, 'rb') as opened:\n"
        "    made = MediaFile(title='Noise', file=File(opened, 'noise.pdf'))\n"
        "    made.save()\n"
        "print(address(made))\n"
    )
    made = run(
        "manage", "shell", "-v", "0", "-c", script, DATELINE_DATA=str(newsroom.data)
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.split()[-1]


def test_a_part_of_a_file_is_passed_on(data):
    with opened(data) as newsroom:
        newsroom.wait_until_well()
        content = bytes(range(256)) * 2_000
        path = filed(newsroom, data.parent / "noise.pdf", content)
        part = newsroom.get(path, Range="bytes=10-19")
        assert (part.status, part.body) == (206, content[10:20])
        assert part.headers["Content-Range"] == f"bytes 10-19/{len(content)}"
        whole = newsroom.get(path)
        assert whole.body == content


# Metrics


def test_metrics_are_for_this_machine_alone(house):
    assert house.get("/metrics").status == 200
    for headers in (
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Host": "news.example"},
    ):
        assert house.get("/metrics", **headers).status in {400, 404}
