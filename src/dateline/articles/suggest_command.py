"""The command ``dateline attributions``: who says it, sentence by sentence."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.articles.suggesting import suggest
from dateline.articles.suggesting.passages import Passage, read_passages
from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.recognition import Original
from dateline.sources.wire.refusals import (
    OriginalMissing,
    OriginalTooLarge,
    ReceiveRefusal,
)

REFUSED = 1
Record = dict[str, Any]


def suggest_command(argv: Sequence[str]) -> int:
    """Print whom each sentence of the files cites; return 1 if any was refused."""
    asked = _parser().parse_args(list(argv))
    records: list[Record] = []
    refused = 0
    for name in asked.files:
        try:
            records += _of_file(name, asked.language)
        except ReceiveRefusal as refusal:
            refused += 1
            sys.stderr.write(f"{name}: {refusal.code}: {refusal}\n")
    _print(records, as_json=asked.json)
    return REFUSED if refused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline attributions",
        description="Say of each sentence whether it cites someone, and whom.",
        epilog="Standard error says what was refused and why; the exit code is then 1.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--suggest", action="store_true", required=True, help="find them in the text"
    )
    parser.add_argument("--json", action="store_true", help="print a list in JSON")
    parser.add_argument(
        "--language", metavar="CODE", help="the language, where the file tells none"
    )
    parser.add_argument("--data", metavar="DIR", help="is not needed")
    return parser


def _of_file(name: str, language: str | None) -> list[Record]:
    records: list[Record] = []
    for number, article in enumerate(read_passages(_original(name), language)):
        found = suggest([p.text for p in article.passages], article.code)
        for passage, suggestions in zip(article.passages, found, strict=True):
            records += [
                {**_placed(s.as_record(), passage), "file": name, "item": number}
                for s in suggestions
            ]
    return records


def _placed(record: Record, passage: Passage) -> Record:
    """Count from the start of the article's text, not of the paragraph."""
    return {
        **record,
        "start": record["start"] + passage.start,
        "end": record["end"] + passage.start,
        "part": passage.part,
    }


def _original(name: str) -> Original:
    try:
        with Path(name).open("rb") as file:
            content = file.read(DEFAULT_LIMITS.original_bytes + 1)
    except (OSError, ValueError):
        raise OriginalMissing from None
    if len(content) > DEFAULT_LIMITS.original_bytes:
        raise OriginalTooLarge
    return Original(content)


def _print(records: list[Record], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        return
    for record in records:
        whom = record["source"] or "someone unnamed" if record["cites"] else "no one"
        sys.stdout.write(f"{whom}: {record['text']}\n")
