"""The pictures that an article shows."""

from collections.abc import Iterator, Mapping
from typing import Any


def shown_pictures(content: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield each picture of a snapshot, by its number, with the place it stands in."""
    for picture, place in pictures_in(content):
        yield picture["id"], place


def pictures_in(content: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each picture of a snapshot as it stands there, and its place."""
    if content.get("picture"):
        yield content["picture"], "lead_picture"
    for block in content["body"]:
        if block["type"] == "picture":
            yield block["value"], str(block["id"])
        elif block["type"] == "gallery":
            for picture in block["value"]["pictures"]:
                yield picture, str(block["id"])
