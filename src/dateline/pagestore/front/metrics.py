"""What the front tells a monitor: Prometheus' text format, version 0.0.4."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from dateline.pagestore.front.vocabulary import Count, Gauge
from dateline.pagestore.http.vocabulary import Head

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "dateline"
NOW = {
    Gauge.WORKING: ("queue_working", "Requests that Django works on."),
    Gauge.WAITING: ("queue_waiting", "Requests that wait for Django."),
    Gauge.MEMORY_PAGES: ("memory_pages", "Pages in the fronts' memory."),
    Gauge.MEMORY_BYTES: ("memory_bytes", "Bytes of the fronts' memory."),
    Gauge.STREAM_CLIENTS: ("stream_clients", "Who listens."),
}
"""Name and meaning of each thing that is so now."""
# Whoever sends one of these speaks for somebody else.
_OF_PROXIES = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
)
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class Metric:
    """One family of samples; a label's value for each where there are several."""

    name: str
    kind: str
    says: str
    label: str = ""
    samples: Mapping[str, float] = field(default_factory=dict)

    def lines(self) -> Iterable[str]:
        name = f"{_PREFIX}_{self.name}"
        yield f"# HELP {name} {_escaped(self.says)}"
        yield f"# TYPE {name} {self.kind}"
        for value, number in self.samples.items():
            labels = f'{{{self.label}="{_quoted(value)}"}}' if self.label else ""
            yield (
                f"{name}{labels} {number:g}"
                if number % 1
                else (f"{name}{labels} {int(number)}")
            )


def counter(name: str, says: str, number: float) -> Metric:
    """Return a family of one sample that only grows."""
    return Metric(name, "counter", says, samples={"": number})


def gauge(name: str, says: str, number: float) -> Metric:
    """Return a family of one sample."""
    return Metric(name, "gauge", says, samples={"": number})


def text(metrics: Iterable[Metric]) -> bytes:
    """Return the page that a monitor reads."""
    lines = [line for metric in metrics for line in metric.lines()]
    return "".join(f"{line}\n" for line in lines).encode()


def counted(counts: list[int]) -> list[Metric]:
    """Return what was counted as metrics."""
    quick = counts[Count.QUICK_2XX] + counts[Count.QUICK_3XX] + counts[Count.QUICK_4XX]
    ways = {
        "hit": counts[Count.HITS] + quick,
        "stale": counts[Count.STALE],
        "miss": counts[Count.MISSES],
        "passed": counts[Count.PASSED],
    }
    gone = {
        "stuck": float(counts[Count.STREAM_STUCK]),
        "refused": float(counts[Count.STREAM_REFUSED]),
    }
    refusals = {
        "busy": counts[Count.TURNED_AWAY],
        "down": counts[Count.UNANSWERED],
    }
    return [
        Metric(
            "requests_total", "counter", "Requests by how they were met.", "way", ways
        ),
        Metric(
            "answers_total", "counter", "Answers by status.", "class", _classes(counts)
        ),
        Metric(
            "unavailable_total",
            "counter",
            "Requests answered with 503 by the front, by the reason.",
            "reason",
            refusals,
        ),
        counter("stream_sent_total", "Pieces sent.", counts[Count.STREAM_SENT]),
        Metric("stream_away_total", "counter", "Who was sent away.", "why", gone),
    ]


def _classes(counts: list[int]) -> dict[str, float]:
    return {
        "1xx": counts[Count.ANSWERS_1XX],
        "2xx": counts[Count.ANSWERS_2XX] + counts[Count.QUICK_2XX],
        "3xx": counts[Count.ANSWERS_3XX] + counts[Count.QUICK_3XX],
        "4xx": counts[Count.ANSWERS_4XX] + counts[Count.QUICK_4XX],
        "5xx": counts[Count.ANSWERS_5XX],
    }


def may_read(head: Head, token: str) -> bool:
    """
    Tell whether a request may read the metrics.

    With a token set, who sends it; without, who asks on this very machine by one of
    its own names, with no proxy speaking for others.
    """
    if token:
        said = head.header("authorization")
        return hmac.compare_digest(said.encode(), f"Bearer {token}".encode())
    if any(head.header(name) for name in _OF_PROXIES):
        return False
    return _is_loopback(head.peer) and _host(head) in _OWN_NAMES


def _host(head: Head) -> str:
    host = head.header("host")
    name, _, port = host.rpartition(":")
    return name if name and port.isdigit() else host


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("\n", r"\n")


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', r"\"")
