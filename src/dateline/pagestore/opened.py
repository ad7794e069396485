"""The store and the channels of this house, as its settings have them."""

from functools import cache
from pathlib import Path

from django.conf import settings

from dateline.pagestore.channels import Channels, LocalChannels
from dateline.pagestore.store import Store


def page_store() -> Store | None:
    """Return the house's page store; None where pages are not kept."""
    folder = settings.DATELINE_PAGES
    return None if folder is None else _open(folder, settings.DATELINE_PAGES_BYTES)


def house_channels() -> Channels | None:
    """Return the house's channels; None where pages are not kept."""
    folder = settings.DATELINE_PAGES
    return None if folder is None else _open_channels(folder)


@cache
def _open(folder: Path, largest_bytes: int) -> Store:
    return Store(folder, largest_bytes=largest_bytes)


@cache
def _open_channels(folder: Path) -> Channels:
    return LocalChannels(folder)
