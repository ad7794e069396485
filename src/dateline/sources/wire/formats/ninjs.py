"""IPTC ninjs 3.x. The names of 1.x and 2.x are understood as well."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from lxml.html import fragment_fromstring

from dateline.plumbing.markup import clean
from dateline.sources.wire.drafts import Block, WireItemDraft
from dateline.sources.wire.html_lines import blocks_of, lines_of
from dateline.sources.wire.limits import WireLimits
from dateline.sources.wire.refusals import (
    FeedWithoutItems,
    NinjsUnreadable,
    NinjsWithoutUri,
    OriginalTooLarge,
)
from dateline.sources.wire.spoken import language_of
from dateline.sources.wire.told_times import parse_machine_time

_PUBSTATUSES = frozenset({"usable", "withheld", "canceled"})
_URGENCIES = range(1, 10)
_MARKUP_TYPES = ("html", "xml")


def read_ninjs(text: str, limits: WireLimits) -> list[WireItemDraft]:
    """
    Return the item, or each of a list of items.

    :raises NinjsUnreadable: it is not JSON, or its properties are of wrong types
    :raises NinjsWithoutUri: an item cannot be told from others
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NinjsUnreadable("The JSON is broken.") from None
    items = list(_items(data))
    if not items:
        raise FeedWithoutItems
    if len(items) > limits.items:
        raise OriginalTooLarge(f"It has more than {limits.items} items.")
    return [_draft(_lower_names(item)) for item in items]


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        data = data["items"]
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            raise NinjsUnreadable
        yield item


def _lower_names(item: dict[str, Any]) -> dict[str, Any]:
    """Return the item under one spelling: 3.x capitalizes where 2.x did not."""
    return {name.lower().replace("_", ""): value for name, value in item.items()}


def _draft(item: dict[str, Any]) -> WireItemDraft:
    uri = _text(item, "uri")
    if not uri:
        raise NinjsWithoutUri
    blocks = _blocks(item)
    return WireItemDraft(
        format="ninjs",
        headline=_valued(item, "headlines")
        or _text(item, "headline")
        or _text(item, "title"),
        byline=_text(item, "by") or _text(item, "byline"),
        published_at=_published(item),
        language=_text(item, "language") or _heard(blocks),
        section=_section(item),
        standfirst=_valued(item, "descriptions") or _text(item, "descriptiontext"),
        blocks=blocks,
        uri=uri[:500],
        version=_text(item, "version"),
        version_created_at=_moment(item, "versioncreated"),
        embargoed_until_at=_moment(item, "embargoeduntil")
        or _moment(item, "embargoed"),
        pubstatus=_pubstatus(item),
        urgency=_urgency(item),
        rights=_rights(item),
        publisher=_publisher(item),
        address=uri if uri.startswith(("http://", "https://")) else None,
    )


def _text(item: dict[str, Any], name: str) -> str | None:
    value = item.get(name)
    if value is None:
        return None
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise NinjsUnreadable(f"Its {name} is not text.")
    return " ".join(str(value).split()) or None


def _entries(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = item.get(name, [])
    if not isinstance(value, list) or not all(
        isinstance(entry, dict) for entry in value
    ):
        raise NinjsUnreadable(f"Its {name} is not a list of objects.")
    return [_lower_names(entry) for entry in value]


def _valued(item: dict[str, Any], name: str) -> str | None:
    """Return the value whose role is main, else the first."""
    entries = [e for e in _entries(item, name) if _text(e, "value")]
    main = [e for e in entries if _text(e, "role") == "main"]
    return _text((main or entries)[0], "value") if entries else None


def _blocks(item: dict[str, Any]) -> tuple[Block, ...]:
    bodies = _entries(item, "bodies")
    marked = [b for b in bodies if _is_markup(b)]
    if bodies:
        chosen = (marked or bodies)[0]
        return _read_body(str(chosen.get("value") or ""), is_markup=bool(marked))
    markup = item.get("bodyhtml") or item.get("bodyxhtml")
    plain = item.get("bodytext")
    return _read_body(str(markup or plain or ""), is_markup=bool(markup))


def _is_markup(body: dict[str, Any]) -> bool:
    told = _text(body, "contenttype") or ""
    return any(kind in told.lower() for kind in _MARKUP_TYPES)


def _read_body(value: str, *, is_markup: bool) -> tuple[Block, ...]:
    if not is_markup:
        return tuple(Block(line.strip()) for line in value.splitlines() if line.strip())
    cleaned = clean(value)
    if not cleaned.strip():
        return ()
    return blocks_of(lines_of(fragment_fromstring(cleaned, create_parent="div")))


def _published(item: dict[str, Any]) -> date | None:
    told = (
        _text(item, n) for n in ("firstcreated", "contentcreated", "versioncreated")
    )
    return next((m for t in told if (m := parse_machine_time(t))), None)


def _moment(item: dict[str, Any], name: str) -> datetime | None:
    moment = parse_machine_time(_text(item, name))
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _pubstatus(item: dict[str, Any]) -> str:
    told = (_text(item, "pubstatus") or "usable").lower()
    if told not in _PUBSTATUSES:
        # An unknown word could mean "do not use": it must not pass for usable.
        raise NinjsUnreadable(f"Its pubStatus “{told[:40]}” is unknown.")
    return told


def _urgency(item: dict[str, Any]) -> int | None:
    value = item.get("urgency")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value not in _URGENCIES:
        raise NinjsUnreadable("Its urgency is not a number from 1 to 9.")
    return value


def _rights(item: dict[str, Any]) -> str | None:
    told = (
        _text(item, n) for n in ("copyrightnotice", "copyrightholder", "usageterms")
    )
    return "\n".join(dict.fromkeys(filter(None, told)))[:2000] or None


def _publisher(item: dict[str, Any]) -> str | None:
    sources = _entries(item, "infosources") + _entries(item, "infosource")
    named = [s for s in sources if _text(s, "name")]
    return _text(named[0], "name") if named else None


def _section(item: dict[str, Any]) -> str | None:
    subjects = _entries(item, "subjects") + _entries(item, "subject")
    return next((_text(s, "name") for s in subjects if s.get("rel") == "section"), None)


def _heard(blocks: tuple[Block, ...]) -> str | None:
    return language_of(" ".join(b.text for b in blocks))
