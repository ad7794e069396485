"""What readers hear of while they have a page open."""

import json
from uuid import UUID

from dateline.pagestore.opened import house_channels


def channel(uid: UUID | str) -> str:
    """Name the channel of an article, in whatever version it is shown."""
    return f"article-{uid}"


def events_address(uid: UUID | str) -> str:
    """Return where a page hears of acts on its article, or nothing."""
    channels = house_channels()
    return f"/events/{channels.address(channel(uid))}" if channels else ""


def tell_readers(uid: UUID | str, *, act: str, entry: int) -> None:
    """
    Tell whoever has an article open of an act on it.

    No word of the article is told, and no address: both may hold what is removed
    later, while the event is still kept.
    """
    if channels := house_channels():
        told = {"act": act, "entry": entry}
        channels.publish(channel(uid), json.dumps(told))
