"""What readers would newly get: the public text beside the draft, word by word."""

import html
import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from dateline.languages import marking

_TAG = re.compile(r"<[^>]*>")
FIELDS = {
    "headline": "Headline",
    "lede": "Lede",
    "byline": "Byline",
    "byline_note": "Note on the byline",
    "dateline": "Dateline",
    "section": "Section",
    "story": "Story",
    "place": "Place",
    "topics": "Topics",
    "genre": "Genre",
    "urgency": "Urgency",
    "slug": "Address",
    "language": "Language",
    "picture": "Lead picture",
    "attributions": "Sources",
}


@dataclass(frozen=True)
class Difference:
    """One place that differs, as marked-up text."""

    place: str
    label: str
    text: SafeString


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Return every place in which two public snapshots differ."""
    found = [
        Difference(name, label, marked(_said(old.get(name)), _said(new.get(name))))
        for name, label in FIELDS.items()
        if old.get(name) != new.get(name)
    ]
    return found + _blocks(old["body"], new["body"])


def _blocks(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Difference]:
    before = {block["id"]: block for block in old}
    after = {block["id"]: block for block in new}
    found = []
    for number, block in enumerate(new, start=1):
        was = before.get(block["id"])
        if was != block:
            text = marked(_said(was and was["value"]), _said(block["value"]))
            found.append(Difference("body", f"{_kind(block)} {number}", text))
    found += [
        Difference("body", f"{_kind(block)} removed", marked(_said(block["value"]), ""))
        for block in old
        if block["id"] not in after
    ]
    kept = [block["id"] for block in old if block["id"] in after]
    if kept != [block["id"] for block in new if block["id"] in before]:
        found.append(Difference("body", "Order", mark_safe("Passages were moved.")))
    return found


def _kind(block: dict[str, Any]) -> str:
    return str(block["type"]).replace("_", " ").capitalize()


def _said(value: Any) -> str:
    if isinstance(value, str):
        return html.unescape(_TAG.sub("", value)).strip()
    if isinstance(value, dict):
        return "\n".join(filter(None, (_said(value[key]) for key in sorted(value))))
    if isinstance(value, list):
        return "\n".join(filter(None, map(_said, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def marked(old: str, new: str) -> SafeString:
    """Return marked-up text in the form that Django's templates take for safe."""
    return SafeString(marking.marked(old, new))
