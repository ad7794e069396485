"""
A thousand quotations with one word changed, and a thousand honest ones.

    python -m bench.quotations [COUNT [SEED]]
"""

import sys
import time
from collections import Counter

from dateline.publishing.quotations.comparing import compare
from dateline.publishing.quotations.sources import SourceText
from tests.publishing.quotation_cases import Case, changed_words, honest_ones


def main(count: int = 1000, seed: int = 4) -> None:
    for name, cases, should_pass in (
        ("one word changed", changed_words(count, seed), False),
        ("honest", honest_ones(count, seed), True),
    ):
        judged(name, list(cases), should_pass=should_pass)


def judged(name: str, cases: list[Case], *, should_pass: bool) -> None:
    wrong, doubts, slowest = [], Counter(), 0.0
    for case in cases:
        source = SourceText.of(case.source, case.code)
        began = time.perf_counter()
        verdict = compare(case.quotation, source)
        slowest = max(slowest, time.perf_counter() - began)
        doubts.update(doubt.name for doubt in verdict.doubts)
        if verdict.is_found is not should_pass:
            wrong.append((case, verdict))
    passed = len(cases) - len(wrong) if should_pass else len(wrong)
    print(f"{name}: {len(cases)} tried, {passed} passed, {len(cases) - passed} refused")
    print(f"  slowest {slowest * 1000:.1f} ms; doubts {dict(doubts)}")
    for case, verdict in wrong[:20]:
        print(f"  WRONG {case.code} {case.done}: {case.quotation} | {verdict}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
