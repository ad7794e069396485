"""The command ``dateline receive``: paths and addresses in, wire items out."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.plumbing.fetching import FetchRefusal
from dateline.sources.wire.limits import DEFAULT_LIMITS
from dateline.sources.wire.recognition import Original, read_wire_items
from dateline.sources.wire.refusals import (
    NewsroomMissing,
    OriginalMissing,
    OriginalTooLarge,
    ReceiveRefusal,
)

REFUSED = 1
Record = dict[str, Any]


def receive_command(argv: Sequence[str]) -> int:
    """Receive each path or address; return 1 if any was refused."""
    asked = _parser().parse_args(list(argv))
    records: list[Record] = []
    refused = 0
    for place in asked.places:
        try:
            records += _receive(place, is_dry=asked.dry_run)
        except (ReceiveRefusal, FetchRefusal) as refusal:
            refused += 1
            sys.stderr.write(f"{place}: {refusal.code}: {refusal}\n")
    _print(records, as_json=asked.json)
    return REFUSED if refused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline receive",
        description="Receive web pages, bare text, feeds and ninjs as wire items.",
        epilog="Standard error says what was refused and why; the exit code is then 1.",
    )
    parser.add_argument("places", nargs="+", metavar="PATH|URL")
    parser.add_argument("--json", action="store_true", help="print the items as JSON")
    parser.add_argument(
        "--dry-run", action="store_true", help="store nothing; needs no data folder"
    )
    parser.add_argument("--data", metavar="DIR", help="the data folder")
    return parser


def _receive(place: str, *, is_dry: bool) -> list[Record]:
    original = _fetched(place) if _is_address(place) else _read(place)
    if is_dry:
        drafts = read_wire_items(original)
        return [{**draft.as_record(), "received_from": place} for draft in drafts]
    return _store(original, place)


def _is_address(place: str) -> bool:
    return "://" in place[:20]


def _read(place: str) -> Original:
    try:
        with Path(place).open("rb") as file:
            content = file.read(DEFAULT_LIMITS.original_bytes + 1)
    except (OSError, ValueError):
        raise OriginalMissing from None
    if len(content) > DEFAULT_LIMITS.original_bytes:
        raise OriginalTooLarge
    return Original(content)


def _fetched(place: str) -> Original:
    from django.conf import settings

    from dateline.sources.fetched import fetch_original

    return fetch_original(place, allowed_networks=settings.DATELINE_ALLOWED_NETWORKS)


def _store(original: Original, place: str) -> list[Record]:
    _open_newsroom()
    from dateline.sources.actions import receive_original

    return [
        {
            "id": received.item.pk,
            "outcome": received.outcome.value,
            **received.draft.as_record(),
            "received_from": place,
        }
        for received in receive_original(original, received_from=place)
    ]


def _open_newsroom() -> None:
    """
    Make the newsroom's database ready for use.

    :raises NewsroomMissing: the data folder has none
    """
    import django
    from django.db import DatabaseError, connection

    django.setup()
    from dateline.sources.models import WireItem

    try:
        is_there = WireItem._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        is_there = False
    if not is_there:
        raise NewsroomMissing


def _print(records: list[Record], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        return
    for record in records:
        headline = record["headline"] or "(no headline)"
        sys.stdout.write(f"{record.get('outcome', 'read')}: {headline}\n")
