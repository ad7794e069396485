"""What changed between two versions, word by word, in every script."""

import difflib
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from markupsafe import Markup

from dateline.languages.marking import marked
from dateline.website import ledger
from dateline.website.pages import Difference

_TAG = re.compile(r"<[^>]*>")
_TEXTS = (
    "title",
    "text",
    "speaker",
    "role",
    "original",
    "caption",
    "alt",
    "url",
    "credit",
)


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, Markup]]:
    """Yield every passage of either version: what it is, and its text with marks."""
    for name in ("headline", "lede"):
        if old[name] or new[name]:
            yield name, marked(old[name], new[name])
    before, after = _passages(old), _passages(new)
    matcher = difflib.SequenceMatcher(
        None,
        [key for key, _, _ in before],
        [key for key, _, _ in after],
        autojunk=False,
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for (_, kind, was), (_, _, now) in zip(
                before[a:b], after[c:d], strict=True
            ):
                yield kind, marked(was, now)
        else:
            yield from ((kind, marked(was, "")) for _, kind, was in before[a:b])
            yield from ((kind, marked("", now)) for _, kind, now in after[c:d])


def _passages(content: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return key, kind and words of each block: a moved block keeps its key."""
    differing = ledger.differences(content)
    found = []
    for block in content["body"]:
        words = "\n".join(_words(block["value"]))
        found.append((block["id"], block["type"], words))
        found += [
            (f"differ {row.question}", "contradiction", _differing(row))
            for row in differing.get(block["id"], ())
        ]
    return found


def _differing(row: Difference) -> str:
    answers = [f"{answer.says} ({answer.name})" for answer in row.answers]
    return "\n".join(filter(None, (row.question, *answers, row.settled_because)))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        text = _TAG.sub("", value.replace("</p>", "\n").replace("</li>", "\n"))
        if text := unescape(text).strip():
            yield text
    elif isinstance(value, Mapping):
        ordered = [*(k for k in _TEXTS if k in value), "items", "rows", "pictures"]
        for key in ordered:
            yield from _words(value.get(key))
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
