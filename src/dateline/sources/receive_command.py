"""The command ``dateline receive``: paths and addresses in, wire items out."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.recognition import Original, read_wire_items
from dateline.sources.wire.refusals import (
    OriginalEmpty,
    OriginalMissing,
    OriginalTooLarge,
    ReceiveRefusal,
)

REFUSED = 1


def receive_command(argv: Sequence[str]) -> int:
    """Receive each path or address; return 1 if any was refused."""
    asked = _parser().parse_args(list(argv))
    records: list[dict[str, Any]] = []
    is_refused = False
    for place in asked.places:
        try:
            records += _receive(place, is_dry=asked.dry_run)
        except ReceiveRefusal as refusal:
            is_refused = True
            sys.stderr.write(f"{place}: {refusal.code}: {refusal}\n")
    _print(records, as_json=asked.json)
    return REFUSED if is_refused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline receive",
        description="Receive web pages, their bare text, feeds and ninjs as wire items.",
    )
    parser.add_argument("places", nargs="+", metavar="PATH|URL")
    parser.add_argument("--json", action="store_true", help="print the items as JSON")
    parser.add_argument(
        "--dry-run", action="store_true", help="store nothing; needs no data folder"
    )
    return parser


def _receive(place: str, *, is_dry: bool) -> list[dict[str, Any]]:
    original = _read(place)
    drafts = read_wire_items(original)
    return [{**draft.as_record(), "received_from": place} for draft in drafts]


def _read(place: str) -> Original:
    path = Path(place)
    try:
        with path.open("rb") as file:
            content = file.read(DEFAULT_LIMITS.original_bytes + 1)
    except (OSError, ValueError):
        raise OriginalMissing from None
    if len(content) > DEFAULT_LIMITS.original_bytes:
        raise OriginalTooLarge
    if not content:
        raise OriginalEmpty
    return Original(content)


def _print(records: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        return
    for record in records:
        sys.stdout.write(
            f"{record['received_from']}: {record['headline'] or '(no headline)'}\n"
        )
