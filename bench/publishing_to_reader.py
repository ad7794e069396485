"""
From the act's request to readers: `python -m bench.publishing_to_reader`.

An editor's browser posts the desk's form that publishes a draft. As soon as the desk
has answered, a reader asks for the article; after another act six readers at once ask
for the front, the section, the topic, the contributor, the feed and the index of
sitemaps, all of which were kept before, and ask again until they get one that shows the
article. The clock runs from the first byte of the form to the last byte of the answer
(of the last of the six).
"""

import gzip
import http.client
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bench.drafting import Drafts, drafts_in
from bench.newsroom import newsroom
from bench.results import Figure, at_most, write
from bench.serving import Server, opened

SIZE, SMALL, LARGE = 100_000, 10_000, 1_000_000
TURNS, FEW, ROUNDS, UNCOUNTED = 100, 12, 4, 5
CSRF = "a" * 32
FOUND = 302
OK = 200
AGAIN_SECONDS = 0.004
GIVES_UP_SECONDS = 30
ARTICLE_MS, LISTS_MS, LISTS_P99_MS, GROWTH = 60, 150, 400, 1.3


class Desk:
    """An editor at one newsroom, and its readers."""

    def __init__(self, folder: Path, server: Server, count: int) -> None:
        self.port = server.port
        self.drafts: Drafts = drafts_in(folder, count)
        self.left = iter(self.drafts.drafts)
        self.acts: list[float] = []
        self.last_act = 0.0
        self.known: dict[str, str] = {}
        self.editor = http.client.HTTPConnection("127.0.0.1", self.port)
        self.readers = [
            http.client.HTTPConnection("127.0.0.1", self.port) for _ in range(6)
        ]
        self.pool = ThreadPoolExecutor(len(self.readers))

    def open(self) -> None:
        """Ask for every page, so that each is kept before the first act."""
        for number, path in enumerate(self.drafts.pages):
            self.known[path] = self._get(number, path)[0]

    def come_back(self) -> None:
        """Connect anew: while the other newsroom had its turn the front hung up."""
        for connection in (self.editor, *self.readers):
            connection.close()

    def to_article(self) -> float:
        """Publish one draft; return milliseconds until a reader has the article."""
        draft = next(self.left)
        began = self._publish(draft)
        day = datetime.now(ZoneInfo(self.drafts.zone))  # noqa: TID251  (today's address)
        path = f"/en/{day:%Y/%m/%d}/{draft['slug']}/"
        sign = draft["slug"].encode()
        self._until(0, path, sign)
        ended = time.perf_counter()
        # The next act begins when the lists have come to rest.
        self._until_listed(sign)
        return (ended - began) * 1000

    def to_lists(self) -> float:
        """Publish one draft; return milliseconds until all six pages show it."""
        draft = next(self.left)
        began = self._publish(draft)
        return (self._until_listed(draft["slug"].encode()) - began) * 1000

    def _until_listed(self, slug: bytes) -> float:
        def ask(number: int) -> float:
            path = self.drafts.pages[number]
            # The index names days, and its ETag alone tells that it is another one.
            self._until(number, path, b"" if path.startswith("/sitemap") else slug)
            return time.perf_counter()

        return max(self.pool.map(ask, range(len(self.readers))))

    def _publish(self, draft: dict[str, object]) -> float:
        form = {"csrfmiddlewaretoken": CSRF, "seen_revision": draft["revision"]}
        headers = {
            "Cookie": f"{self.drafts.cookie}; dateline_csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        path = f"/desk/articles/{draft['id']}/publish/"
        # The index of sitemaps tells seconds: two acts in one would be one to it.
        time.sleep(max(0.0, self.last_act + 1.001 - time.time()))
        began = time.perf_counter()
        self.editor.request("POST", path, urlencode(form), headers)
        answer = self.editor.getresponse()
        said = answer.read()
        self.acts.append((time.perf_counter() - began) * 1000)
        # From its end: a slow act and a quick one after it may share a second else.
        self.last_act = time.time()
        if answer.status != FOUND:
            raise SystemExit(f"the act answered {answer.status}: {said[:2000]!r}")
        return began

    def _get(self, number: int, path: str) -> tuple[str, bytes]:
        """Return a page's ETag and its bytes as they came."""
        reader = self.readers[number]
        reader.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = reader.getresponse()
        body = answer.read()
        return (answer.headers["ETag"], body) if answer.status == OK else ("", b"")

    def _until(self, number: int, path: str, sign: bytes) -> None:
        """Ask for a page until it is another one than before and has the sign."""
        until = time.perf_counter() + GIVES_UP_SECONDS
        known = self.known.get(path, "")
        while True:
            etag, body = self._get(number, path)
            if etag not in {"", known} and sign in gzip.decompress(body):
                self.known[path] = etag
                return
            time.sleep(AGAIN_SECONDS)
            if time.perf_counter() > until:
                raise SystemExit(f"{path} never showed what was published")


def main() -> None:
    measured = [*at_one_size()]
    write("acts", measured)
    write("acts", [*measured, *growth()])


def at_one_size() -> list[Figure]:
    folder = newsroom(SIZE)
    with opened(folder) as server:
        desk = Desk(folder, server, 2 * TURNS + 2 * UNCOUNTED)
        desk.open()
        articles = [desk.to_article() for _ in range(TURNS + UNCOUNTED)][UNCOUNTED:]
        lists = [desk.to_lists() for _ in range(TURNS + UNCOUNTED)][UNCOUNTED:]
    of = f"{SIZE:,} articles"
    six = "to front, section, topic, contributor, feed and sitemap at once"
    return [
        at_most(f"act to article, {of}, p50", median(articles), ARTICLE_MS, "ms"),
        told("act to article, p99", p99(articles)),
        told("of that the act itself, p50", median(desk.acts)),
        at_most(f"act {six}, {of}, p50", median(lists), LISTS_MS, "ms"),
        at_most(f"act {six}, p99", p99(lists), LISTS_P99_MS, "ms"),
    ]


def growth() -> list[Figure]:
    """Measure a small and a large newsroom in turn."""
    with ExitStack() as stack:
        desks = []
        for size in (SMALL, LARGE):
            folder = newsroom(size)
            server = stack.enter_context(opened(folder))
            desks.append(Desk(folder, server, 2 * (FEW * ROUNDS + UNCOUNTED)))
        for desk in desks:
            desk.open()
            for _ in range(UNCOUNTED):
                desk.to_article(), desk.to_lists()
        turns: list[list[list[float]]] = [[[], []], [[], []]]
        for _ in range(ROUNDS):
            for desk, (articles, lists) in zip(desks, turns, strict=True):
                desk.come_back()
                articles += [desk.to_article() for _ in range(FEW)]
                lists += [desk.to_lists() for _ in range(FEW)]
    figures = []
    for what, small, large in zip(("article", "six pages"), *turns, strict=True):
        figures += [
            at_most(
                f"act to {what}, {LARGE:,} articles to {SMALL:,}",
                median(large) / median(small),
                GROWTH,
            ),
            told(f"act to {what}, {SMALL:,} articles, p50", median(small)),
            told(f"act to {what}, {LARGE:,} articles, p50", median(large)),
        ]
    return figures


def told(what: str, value: float) -> Figure:
    return Figure(what=what, measured=f"{value:.1f} ms")


def median(times: Iterable[float]) -> float:
    return statistics.median(times)


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


if __name__ == "__main__":
    main()
