"""
Pages of invented agencies and papers, and what must come out of each.

``tests/wire_samples/<agency>/<format>-<case>`` stands beside ``….json``.
"""

import json
from pathlib import Path

import pytest

from dateline.sources.wire.recognition import Original, read_wire_items

SAMPLES = Path(__file__).parent.parent / "wire_samples"
PAGES = sorted(p for p in SAMPLES.rglob("*") if p.is_file() and p.suffix != ".json")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_sample_is_read_as_its_paper_meant_it(page):
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    expected = expected if isinstance(expected, list) else [expected]

    drafts = read_wire_items(Original(page.read_bytes()))

    read = [draft.as_record() for draft in drafts]
    assert [
        {name: record[name] for name in want}
        for record, want in zip(read, expected, strict=True)
    ] == expected


def test_there_are_samples_in_many_scripts():
    languages = {
        json.loads(p.with_suffix(".json").read_text(encoding="utf-8")).get("language")
        for p in PAGES
        if p.name.startswith("bare_text-")
    }
    assert {"uk", "ar", "es", "zh", "fr", "de", "hi", "ja", "ko"} <= languages
