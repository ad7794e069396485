"""What a monitor is told, read as strictly as Prometheus does."""

import re

import pytest

from dateline.pagestore.front.metrics import Metric, counted, may_read, text
from dateline.pagestore.front.vocabulary import Count
from tests.pagestore.heads import a_head

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
HELP = re.compile(rf"# HELP ({NAME}) ((?:[^\\\n]|\\\\|\\n)*)")
TYPE = re.compile(rf"# TYPE ({NAME}) (counter|gauge|histogram|summary|untyped)")
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\n|\\")*"'
SAMPLE = re.compile(
    rf"({NAME})(\{{{LABEL}(?:,{LABEL})*\}})? (-?[0-9.]+(?:e[+-]?[0-9]+)?)"
)


def strictly_read(page):
    """Return the samples; fail where the format 0.0.4 is not kept to."""
    assert page.endswith(b"\n")
    families, samples, open_family = {}, {}, None
    for line in page.decode().removesuffix("\n").split("\n"):
        if helped := HELP.fullmatch(line):
            open_family = helped[1]
            assert open_family not in families, "a family in two places"
            families[open_family] = None
        elif typed := TYPE.fullmatch(line):
            assert typed[1] == open_family
            assert families[open_family] is None
            families[open_family] = typed[2]
        else:
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert sample[1] == open_family
            assert families[open_family] is not None
            key = sample[1] + (sample[2] or "")
            assert key not in samples, "a sample twice"
            samples[key] = float(sample[3])
    return families, samples


def test_the_page_is_what_prometheus_reads():
    counts = [0] * len(Count)
    counts[Count.QUICK_2XX] = 3
    counts[Count.QUICK_4XX] = 1
    counts[Count.HITS] = counts[Count.ANSWERS_3XX] = 2
    families, samples = strictly_read(text(counted(counts)))
    assert samples['dateline_requests_total{way="hit"}'] == 6
    assert samples['dateline_answers_total{class="2xx"}'] == 3
    assert samples['dateline_answers_total{class="3xx"}'] == 2
    assert samples['dateline_answers_total{class="4xx"}'] == 1
    assert {kind for name, kind in families.items() if name.endswith("_total")} == {
        "counter"
    }


def test_whatever_a_label_holds_it_stays_in_its_quotes():
    odd = Metric("odd", "gauge", 'a\\b\n"c"', "of", {'x"\n\\': 1.5, "y": 1e20})
    _, samples = strictly_read(text([odd]))
    assert list(samples.values()) == [1.5, 1e20]


def _from(peer, **headers):
    return a_head("/metrics", peer=peer, **headers)


@pytest.mark.parametrize(
    ("head", "token", "may"),
    [
        (_from("127.0.0.1", host="localhost:8000"), "", True),
        (_from("::1", host="[::1]:8000"), "", True),
        (_from("203.0.113.9", host="localhost"), "", False),
        (_from("127.0.0.1", host="news.example"), "", False),
        (_from("127.0.0.1"), "", False),
        (
            a_head(
                "/metrics",
                peer="127.0.0.1",
                host="localhost",
                x_forwarded_for="1.2.3.4",
            ),
            "",
            False,
        ),
        (
            _from("127.0.0.1", host="localhost", forwarded="for=x"),
            "",
            False,
        ),
        (_from("127.0.0.1", host="localhost"), "secret", False),
        (
            _from("203.0.113.9", authorization="Bearer secret"),
            "secret",
            True,
        ),
        (
            _from("203.0.113.9", authorization="Bearer ſecret"),
            "secret",
            False,
        ),
        (
            _from("203.0.113.9", authorization="secret"),
            "secret",
            False,
        ),
    ],
)
def test_metrics_are_for_the_machine_or_for_who_has_the_token(head, token, may):
    assert may_read(head, token) is may
