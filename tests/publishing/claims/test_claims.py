"""
Pairs of statements that differ, and pairs that only look so.

All are invented: in each file as many pairs that differ as pairs that do not, or
nearly, half of them English, the rest Ukrainian, Arabic, Spanish, French, Chinese and
Hindi. `held_out` was written before the rules, by their author, and only counted once
they were done: 14 of 15 were found, none falsely. `later` and `last` were written when
the rules stood, and the rules were mended by them: at first sight 17 of 22 were found
with three false, then 10 of 15 with two false. What to expect of unseen news lies
between.
"""

import json
from pathlib import Path

import pytest

from dateline.articles.statements.vocabulary import Part, Statement
from dateline.publishing.claims import differ, read_claim
from dateline.publishing.rules.contradictions import Attributed, find_pairs

HERE = Path(__file__).parent


def named(row: dict) -> bool:
    """Tell whether the two statements of a row are named as a pair."""
    ids: dict[str, int] = {}
    found = []
    for handle in ("first", "second"):
        side = row[handle]
        source = ids.setdefault(side["source"], len(ids))
        statement = Statement(handle, Part.SENTENCE, handle, side["text"], 0, 0)
        found.append(Attributed(statement, ((handle, source),), side["source"]))
    return bool(find_pairs(found, row["language"]))


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("developed", 1.0, 1.0),
        ("held_out", 1.0, 0.9),
        ("later", 1.0, 0.95),
        ("last", 1.0, 0.85),
    ],
)
def test_false_alarms_are_rarer_than_pairs_that_are_missed(name, precision, recall):
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    right = sum(named(row) for row in rows if row["differ"])
    wrong = [row["first"]["text"] for row in rows if named(row) and not row["differ"]]
    assert right / (right + len(wrong)) >= precision, wrong
    assert right / sum(row["differ"] for row in rows) >= recall


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "Forty thousand people and twenty-five dogs came.", [40_000, 25]),
        ("en", "Two hundred and twelve ships, 1,250 boats.", [212, 1_250]),
        ("en", "On 12 May 2024 at 10:30 she bought 3.5 tonnes.", [3.5]),
        ("fr", "Trente-huit tonnes et 12 000 litres.", [38, 12_000]),
        ("es", "Treinta y cinco personas y 3.000 perros.", [35, 3_000]),
        ("hi", "बाढ़ में 1,25,000 मकान और ३ लाख पेड़ गिरे।", [125_000, 300_000]),
        ("ar", "وصل ٤٠ ألف شخص.", [40_000]),
        ("zh-CN", "约1.2万人和三百二十艘船。", [12_000, 320]),
        ("my", "လူ ၁၂၀ ရောက်လာသည်။", [120]),
    ],
)
def test_numbers_are_read_as_a_language_writes_them(code, text, values):
    assert [one.value for one in read_claim(text, code).quantities] == values


@pytest.mark.parametrize(
    "text",
    [
        "Forty-sixty people came, sixty-forty-two left.",
        "a " * 500 + "12 people died.",
        "1" * 400 + " people died.",
        "٪" * 300,
        "万" * 300,
        "三" * 300 + "人死亡",
        "",
    ],
)
def test_odd_texts_are_read_to_their_end(text):
    for code in ("en", "zh-CN", "no-such"):
        claim = read_claim(text, code)
        assert differ(claim, claim) is None
        assert all(one.value < float("inf") for one in claim.quantities)
