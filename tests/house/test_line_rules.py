"""Rules about single lines: each is a pattern, with a line it must let pass and one
it must catch."""

import re
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.house import repository


@dataclass(frozen=True)
class Rule:
    says: str
    pattern: str
    good: str
    bad: str
    where: str = "*"
    comment_above_tells: bool = False
    told_for_the_file: str = ""

    def breaks(self, line: str, above: str = "") -> bool:
        if self.comment_above_tells and above.lstrip().startswith("#"):
            return False
        return re.search(self.pattern, line) is not None

    def broken_lines(self, path: Path) -> list[str]:
        text = repository.text(path)
        if self.told_for_the_file and self.told_for_the_file in text:
            return []
        return [
            f"{path}:{number}: {line.strip()}"
            for number, (above, line) in enumerate(_pairs(text), 1)
            if self.breaks(line, above)
        ]


# The bad lines are spelled in pieces, or this file would break the rules it states.
RULES = {
    "index": Rule(
        "No address of a package index stands in the repository.",
        r"--(?:extra-)?index-url(?!\s*\\?$)[ =]|\bpypi\.org/simple|/simple/?[\"'\s]*$",
        good="uv pip compile --no-emit-index-url --universal",
        bad="pip install --index" + "-url https://index.example/simple django",
    ),
    "machine": Rule(
        "No path of one machine stands in the repository.",
        r"(?<![\w.~-])/(?:root|work|Users|home/[a-z]\w*)/",
        good="See /desk/work/queue and homework/root/ for more.",
        bad="cd /wo" + "rk/main",
    ),
    "skips": Rule(
        "No test is skipped: what cannot run here is installed by scripts/check.",
        r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|unittest\.skip",
        good="pytestmark = pytest.mark.slow",
        bad="@pytest.mark.sk" + "ip(reason='flaky')",
        where="tests/*.py",
    ),
    "mocks": Rule(
        "Our own code is not mocked: tests use it as its callers do.",
        r"unittest(?:\.| import )mock|\bMagicMock\b|\bmocker\b",
        good="from unittest import TestCase",
        bad="from unittest import mo" + "ck",
        where="tests/*.py",
    ),
    "sleeps": Rule(
        "No test waits by the clock: it waits for what it needs.",
        r"\btime\.sleep\(",
        good="newsroom.wait_until_well()",
        bad="time.sl" + "eep(2)",
        where="tests/*/test_*.py",
    ),
    "noqa": Rule(
        "A lint rule is switched off for a reason, told on the line or above it.",
        r"#\s*noqa(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+\(.+\)?\s*$)",
        good="assert open  # noqa: S101  (the type checker needs it)",
        bad="assert open  # no" + "qa: S101",
        where="*.py",
        comment_above_tells=True,
    ),
    "ignores": Rule(
        "A type is overruled for a reason, told on the line, above it, or once for the "
        "file in a comment “# Types: …”.",
        r"#\s*type:\s*ignore(?!\[[a-z, -]+\]\s+(?:# )?\(.+\)?\s*$)",
        good="call()  # type: ignore[no-untyped-call]  (Wagtail has no types)",
        bad="call()  # type: ig" + "nore[no-untyped-call]",
        where="src/*.py",
        comment_above_tells=True,
        told_for_the_file="\n# Types: ",
    ),
    "todo": Rule(
        "What is left to do is an issue, not a comment.",
        r"#\s*(?:TODO|FIXME|XXX)\b",
        good="# The worker does this.",
        bad="# TO" + "DO: later",
        where="*.py",
    ),
    "signals": Rule(
        "Nothing hangs on model signals: subscribe to a named event.",
        r"\b(?:post|pre)_(?:save|delete)\b|m2m_changed",
        good="subscribe('article.published', witness_head)",
        bad="post_sa" + "ve.connect(reindex)",
        where="src/*.py",
    ),
}


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return each line with the one above it."""
    lines = text.splitlines()
    return list(zip(["", *lines], lines, strict=False))


@pytest.mark.parametrize("name", RULES)
def test_the_rule_tells_good_from_bad(name):
    rule = RULES[name]
    assert rule.breaks(rule.bad)
    assert not rule.breaks(rule.good)


@pytest.mark.parametrize("name", RULES)
def test_no_line_breaks_the_rule(name):
    rule = RULES[name]
    broken = [
        line
        for path in repository.files()
        if fnmatch(str(path), rule.where)
        for line in rule.broken_lines(path)
    ]
    assert broken == [], rule.says
