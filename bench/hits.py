"""
Hits a second against nginx, and hits while pages render: `python -m bench.hits`.

Ten thousand pages, made from real articles of a newsroom and told apart by a number in
them, are put into the page store of an open newsroom, and the same gzipped bytes into
nginx with gzip_static. wrk asks for one of them, and for all of them at random, with 64
connections, of one and the other in turn. `busy` does the same with our server alone
while two further clients ask, one request after the other, for articles that nobody has
asked for before. There wrk takes one thread: it keeps up with the front, and a second
would share two cores with front and renders, so that p99 told how Linux divides them.
"""

import gzip
import hashlib
import http.client
import statistics
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bench.loading import Load, load
from bench.newsroom import newsroom
from bench.peers import nginx
from bench.results import Figure, at_least, at_most, spelled, write
from bench.serving import Server, opened
from dateline.pagestore.store import Store
from dateline.pagestore.vocabulary import Outcome, Page

SIZE = 100_000
PAGES, BASES = 10_000, 40
ROUNDS = 5
RATIO, BUSY_RATIO, BUSY_P99_MS = 0.45, 0.6, 5
RENDERS = 2
OK = 200
HEADERS = (
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "public, max-age=0, must-revalidate"),
)


def main() -> None:
    with opened(newsroom(SIZE)) as server:
        pages = fill(server)
        with nginx.opened(pages) as theirs:
            ask_all(int(theirs.rpartition(":")[2]), pages)
            figures = beside_nginx(server, theirs, list(pages))
    sizes = [len(gzip.decompress(page)) for page in list(pages.values())[:100]]
    packed = statistics.mean(map(len, pages.values()))
    about = f"{statistics.mean(sizes) / 1000:.1f} kB, {packed / 1000:.1f} kB gzipped"
    write("hits", [*figures, Figure(what="mean page", measured=about)])


def busy() -> None:
    with opened(newsroom(SIZE)) as server:
        paths = list(fill(server))
        articles = unasked(server)
        quiet, beside = [], []
        rendered = 0
        load(server.address, paths, seconds=3)
        for _ in range(ROUNDS):
            quiet.append(load(server.address, paths, threads=1))
            with rendering(server, articles) as count:
                beside.append(load(server.address, paths, threads=1))
            rendered += len(count)
    rates = [one.rate for one in quiet], [one.rate for one in beside]
    share = statistics.median(b / q for q, b in zip(*rates, strict=True))
    text = f"{share:.2f} ({_rates(beside)} of {_rates(quiet)} a second)"
    p99 = statistics.median(one.p99 for one in beside)
    what = "hits with two renders always in flight"
    seconds = ROUNDS * 6
    write(
        "busy",
        [
            at_least(f"{what}, of the rate without", share, BUSY_RATIO, text),
            at_most(f"{what}, p99", p99, BUSY_P99_MS, "ms"),
            Figure(
                what="p99 without renders",
                measured=f"{statistics.median(one.p99 for one in quiet):.2f} ms",
            ),
            Figure(
                what="renders a second meanwhile",
                measured=f"{rendered / seconds:.0f}",
            ),
        ],
    )


def fill(server: Server) -> dict[str, bytes]:
    """Put the pages into the server's store; return them gzipped, by path."""
    bases = [_plain(server, path) for path in _articles(server, BASES)]
    store = Store(server.folder / "pages")
    pages = {}
    for number in range(PAGES):
        mark = f"<!-- {hashlib.sha256(str(number).encode()).hexdigest()} -->"
        plain = bases[number % BASES].replace(b"</main>", mark.encode() + b"</main>")
        path = f"/en/2001/01/{number % 28 + 1:02}/measured-{number}/"
        page = Page(
            status=OK,
            headers=HEADERS,
            etag=hashlib.blake2b(plain, digest_size=16).hexdigest(),
            gzip=gzip.compress(plain, 6, mtime=0),
        )
        kept = store.keep(path, page, [f"measured:{number}"], begun=store.begin())
        if kept is not Outcome.KEPT or page.gzip is None:
            raise SystemExit(f"the store did not keep a page: {kept}")
        pages[path] = page.gzip
    store.close()
    ask_all(server.port, pages)
    return pages


def ask_all(port: int, paths: Iterable[str]) -> None:
    """Ask for each page once, as a busy hour would have done."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for path in paths:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        if len(connection.getresponse().read()) == 0:
            raise SystemExit(f"{path} was empty")
    connection.close()


def beside_nginx(server: Server, theirs: str, paths: list[str]) -> list[Figure]:
    figures = []
    asked = {"one page": paths[:1], f"{len(paths):,} random pages": paths}
    for what, chosen in asked.items():
        for address in (server.address, theirs):
            load(address, chosen, seconds=3)
        runs = [
            (load(server.address, chosen), load(theirs, chosen)) for _ in range(ROUNDS)
        ]
        ours = [run[0] for run in runs]
        nginxs = [run[1] for run in runs]
        _refuse_errors(ours)
        ratio = statistics.median(a.rate / b.rate for a, b in runs)
        text = f"{ratio:.2f} ({_rates(ours)} against {_rates(nginxs)} a second)"
        figures += [
            at_least(f"hits, {what}, to nginx's", ratio, RATIO, text),
            Figure(
                what=f"hits, {what}, p50 / p99",
                measured=f"{_middle(ours, 'p50')} / {_middle(ours, 'p99')} ms",
            ),
        ]
    return figures


@contextmanager
def rendering(server: Server, articles: Iterator[str]) -> Iterator[list[str]]:
    """Have two renders in flight all the while; yield what was rendered."""
    done: list[str] = []
    over = threading.Event()
    turn = threading.Lock()

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        while not over.is_set():
            with turn:
                path = next(articles)
            connection.request("GET", path)
            if connection.getresponse().read():
                done.append(path)

    threads = [threading.Thread(target=ask) for _ in range(RENDERS)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        over.set()
        for thread in threads:
            thread.join()


def unasked(server: Server) -> Iterator[str]:
    """Yield articles that nobody has asked this server for."""
    yield from _articles(server, 20_000)[BASES:]


def _articles(server: Server, count: int) -> list[str]:
    """Return the oldest: what an earlier run has published is short."""
    import sqlite3

    file = server.folder / "dateline.sqlite3"
    rows = sqlite3.connect(f"file:{file}?mode=ro", uri=True).execute(
        "SELECT language, replace(date, '-', '/'), slug FROM publishing_publication "
        "WHERE form = 'article' AND state = 'public' ORDER BY id LIMIT ?",
        [count],
    )
    return [f"/{code}/{date}/{slug}/" for code, date, slug in rows]


def _plain(server: Server, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != OK:
        raise SystemExit(f"{path} answered {answer.status}")
    return body


def _refuse_errors(loads: list[Load]) -> None:
    if wrong := sum(one.errors for one in loads):
        raise SystemExit(f"{wrong} answers were errors")


def _rates(loads: list[Load]) -> str:
    return spelled(statistics.median(one.rate for one in loads))


def _middle(loads: list[Load], name: str) -> str:
    return f"{statistics.median(getattr(one, name) for one in loads):.2f}"


if __name__ == "__main__":
    main()
    busy()
